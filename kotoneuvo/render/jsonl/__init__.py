"""JSON documents of many people, put together from remembered pieces; the contract is that of `render.json`."""
