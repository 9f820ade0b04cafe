"""The commands, one small module each: the only code that prints, exits, and reads the clock and the environment."""
