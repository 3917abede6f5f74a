"""Words for what was done to an image before it is sent."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.images import ImageChange, ImageInput


def change_words(image: ImageInput, change: ImageChange) -> str:
    """One line, as "first of 12 frames · re-encoded: GIF → PNG"."""
    words = []
    if change.frames > 1:
        words.append(
            QCoreApplication.translate("images", "first of {count} frames").format(count=change.frames)
        )
    if change.turned:
        words.append(QCoreApplication.translate("images", "turned upright"))
    if change.from_type != image.media_type:
        words.append(
            QCoreApplication.translate("images", "re-encoded: {before} → {after}").format(
                before=_short(change.from_type), after=_short(image.media_type)
            )
        )
    if change.from_size:
        words.append(QCoreApplication.translate("images", "shrunk to fit the limit"))
    return " · ".join(words)


def _short(media_type: str) -> str:
    return media_type.removeprefix("image/").upper()
