"""The settings window: one page a concern, each change kept at once."""
