"""The catalogue as files: reading it with every problem at once, and looking things up in it."""
