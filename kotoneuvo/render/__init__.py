"""Reports turned into something to read. Renderers read a report and decide nothing."""
