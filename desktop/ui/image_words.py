"""Words for what was done to an image before it is sent."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.images import ImageChange, Limit, Picture
from desktop.ui.format_words import DOCUMENTS, format_name

translate = QCoreApplication.translate


def change_words(image: Picture, change: ImageChange) -> str:
    """One line, as "first of 12 frames · re-encoded: GIF → PNG", and never an empty one.

    What weighs most comes first.
    """
    return " · ".join(
        (*_page(change), *_shrinking(change), *_encoding(image, change), *_pixels(change), *_channels(change))
    )


def described(image: Picture) -> str:
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
_LOSSY = "image/jpeg"
"""Sent as one, an image that is not its own bytes has lost something."""
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


def _shrinking(change: ImageChange) -> Iterator[str]:
    if change.from_size is not None:
        words = translate("images", "shrunk from {size}").format(size=change.from_size)
        yield _because(change.limit, words)


def _encoding(image: Picture, change: ImageChange) -> Iterator[str]:
    """Losses are always named; a format that stayed without one only where it is all there is to say."""
    before, after = format_name(change.from_type), format_name(image.media_type)
    loses = change.lossy or image.media_type == _LOSSY
    if before != after and loses:
        words = translate("images", "re-encoded: {before} → {after}, high quality")
    elif before != after:
        words = translate("images", "re-encoded: {before} → {after}")
    elif loses and (change.frames == 1 or change.limit or _is_drawn_anew(change)):
        words = translate("images", "re-encoded as {after}, high quality")
    elif change.frames == 1 and not _is_drawn_anew(change):
        words = translate("images", "re-encoded as {after}")
    else:
        return
    is_explained = change.from_size is not None
    yield _because(None if is_explained else change.limit, words.format(before=before, after=after))


def _is_drawn_anew(change: ImageChange) -> bool:
    """Whether it says of itself why the original's bytes would not do."""
    altered = change.turned or change.paper or change.recoloured or change.narrowed
    return bool(altered or change.lossy or change.from_size)


def _because(limit: Limit | None, words: str) -> str:
    match limit:
        case None:
            return words
        case "pixels":
            return translate("images", "{what}: the limit in pixels").format(what=words)
        case "bytes":
            return translate("images", "{what}: the limit in bytes").format(what=words)


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
        yield translate("images", "to 8 bits a channel")
