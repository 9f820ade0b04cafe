"""The sheet that a person fills in: contacts to confirm or correct, new services; read back into a catalogue file."""
