"""Text in, blocks out; no Qt."""
