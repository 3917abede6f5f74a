"""Text and codes out of pixels: where they stand, what they say, how they belong together."""
