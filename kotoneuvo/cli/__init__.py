"""The commands: one small module each. The only place that prints, exits, reads the clock and the environment."""
