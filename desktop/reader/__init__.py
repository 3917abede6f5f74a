"""The on-device reader: an image in, the same events out as from a provider."""
