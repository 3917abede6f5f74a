"""Marks sentences for translation in rooms that must not know Qt."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: ARG001 - lupdate reads it
    """Give `text` back unchanged. Qt's `lupdate` collects translations by this very name."""
    return text
