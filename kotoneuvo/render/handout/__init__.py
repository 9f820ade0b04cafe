"""The handout: what a client takes home on paper, in a language that they read, as HTML or PDF."""
