"""Words for what was done to an image before it is sent."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.images import ImageChange, ImageInput
from desktop.ui.format_words import DOCUMENTS, format_name

translate = QCoreApplication.translate


def change_words(image: ImageInput, change: ImageChange) -> str:
    """One line, as "first of 12 frames · re-encoded: GIF → PNG"; what weighs most comes first."""
    return " · ".join(
        (*_page(change), *_encoding(image, change), *_shrinking(change), *_pixels(change), *_channels(change))
    )


def described(image: ImageInput) -> str:
    """All there is to say of `image`, a line each: its name, its size, what was changed."""
    lines = [image.name, str(image.size)]
    return "\n".join([*lines, change_words(image, image.change)] if image.change else lines)


def page_words(number: int, pages: int) -> str:
    """For page `number` (from 0) of a document."""
    return translate("images", "page {number} of {count}").format(number=number + 1, count=pages)


def megabytes(count: int) -> str:
    """`count` bytes, as "0.4 MB" or "84 MB"; a MB is a million."""
    decimals = 0 if count >= _WHOLE_FROM else 1
    shown = max(count / _MB, 0.1) if count else 0.0
    return f"{QLocale().toString(shown, 'f', decimals)} MB"


_MB = 1_000_000
_WHOLE_FROM = 10 * _MB
"""From here on a decimal says nothing."""


def _page(change: ImageChange) -> Iterator[str]:
    if change.frames <= 1:
        return
    if change.from_type in DOCUMENTS:
        yield page_words(change.page, change.frames)
    elif change.page:
        yield translate("images", "frame {number} of {count}").format(
            number=change.page + 1, count=change.frames
        )
    else:
        yield translate("images", "first of {count} frames").format(count=change.frames)


def _encoding(image: ImageInput, change: ImageChange) -> Iterator[str]:
    after = format_name(image.media_type)
    if change.from_type != image.media_type:
        yield translate("images", "re-encoded: {before} → {after}").format(
            before=format_name(change.from_type), after=after
        )
    if change.lossy and change.limit:
        yield translate("images", "{after} at high quality: the limit of the server").format(after=after)
    elif change.lossy:
        yield translate("images", "{after} at high quality").format(after=after)


def _shrinking(change: ImageChange) -> Iterator[str]:
    match change.from_size, change.limit:
        case None, _:
            return
        case size, "pixels":
            yield translate("images", "shrunk from {size}: the limit in pixels").format(size=size)
        case size, "bytes":
            yield translate("images", "shrunk from {size}: the limit in bytes").format(size=size)
        case size, _:
            yield translate("images", "shrunk from {size}").format(size=size)


def _pixels(change: ImageChange) -> Iterator[str]:
    if change.turned:
        yield translate("images", "turned upright")
    if change.paper == "white":
        yield translate("images", "transparency on white")
    elif change.paper == "black":
        yield translate("images", "transparency on black")


def _channels(change: ImageChange) -> Iterator[str]:
    if change.recoloured:
        yield translate("images", "colours to sRGB")
    if change.narrowed:
        yield translate("images", "16 → 8 bits")
