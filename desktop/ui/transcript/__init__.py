"""The rich-text view of a conversation."""
