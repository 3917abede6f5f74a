"""Why one image cannot be used; the others can.

ImageError
├── NotAFile (IsAFolder) · FileElsewhere · FileVanished · FileUnreadable · FileTooBig · EmptyFile
│   · EmptyFolder                                                                      the file
├── UnsupportedImage · BrokenImage · ImageTooLarge · ImageTooNarrow · NoSuchPage       what is in it
├── DecoderCrashed · DecoderSlow · ImageWontFit                                       what became of it
├── ImagesSmallEnough                                               they cannot be sent any smaller
├── TooManyImages (FarTooManyImages)                                                one too many
├── SomeImagesRefused (ManyImagesRefused)                                           several at once
└── LinkError                                                                       a web address
    └── LinkTooLong · LinkNotSecure · LinkPrivate · LinkUnreachable · LinkNotAnImage · LinkTooBig · LinkSlow
"""

from collections.abc import Sequence

from desktop.domain.errors import AppError
from desktop.domain.text import QT_TRANSLATE_NOOP


class ImageError(AppError):
    """One image cannot be used. Facts: `name`."""

    kind = "image"
    sentence = QT_TRANSLATE_NOOP("errors", "“{name}” cannot be used.")


class NotAFile(ImageError):
    kind = "not_a_file"
    sentence = QT_TRANSLATE_NOOP("errors", "“{name}” is not a file. Drop the images themselves.")


class IsAFolder(NotAFile):
    """A folder stands there: what is in it may be meant."""

    kind = "is_a_folder"


class FileElsewhere(ImageError):
    """A file URL names another computer. Facts: `name`, `host`.

    It is not opened: Windows would send that computer what the user's password can be guessed from.
    """

    kind = "file_elsewhere"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "“{name}” lies on another computer, {host}. Copy it to this one, and add it from here."
    )


class FileVanished(ImageError):
    kind = "file_vanished"
    sentence = QT_TRANSLATE_NOOP("errors", "“{name}” cannot be found. Was it moved or deleted?")


class FileUnreadable(ImageError):
    kind = "file_unreadable"
    sentence = QT_TRANSLATE_NOOP("errors", "“{name}” could not be opened for reading.")


class FileTooBig(ImageError):
    """Facts: `name`, `limit` (MB)."""

    kind = "file_too_big"
    sentence = QT_TRANSLATE_NOOP("errors", "“{name}” is larger than {limit} MB.")


class EmptyFile(ImageError):
    kind = "empty_file"
    sentence = QT_TRANSLATE_NOOP("errors", "“{name}” is empty (0 bytes).")


class EmptyFolder(ImageError):
    kind = "empty_folder"
    sentence = QT_TRANSLATE_NOOP("errors", "The folder “{name}” holds no image that can be read here.")


class UnsupportedImage(ImageError):
    kind = "unsupported_image"
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "“{name}” is not an image that can be read here: PNG, JPEG, WebP, HEIC, AVIF, TIFF, GIF, BMP,"
        " JPEG 2000, TGA or PSD.",
    )


class BrokenImage(ImageError):
    kind = "broken_image"
    sentence = QT_TRANSLATE_NOOP("errors", "“{name}” is damaged or cut short.")


class ImageTooLarge(ImageError):
    """Facts: `name`, `width`, `height` (px, as declared), `limit` (megapixels)."""

    kind = "image_too_large"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "“{name}” says it has {width} × {height} pixels; the limit is {limit} megapixels."
    )


class ImageTooNarrow(ImageError):
    """Facts: `name`, `width`, `height` (px). The services refuse ≤ 10 px and over 200 : 1."""

    kind = "image_too_narrow"
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "“{name}” has {width} × {height} pixels. Models take more than 10 pixels a side and at most 200 : 1.",
    )


class DecoderCrashed(ImageError):
    kind = "decoder_crashed"
    sentence = QT_TRANSLATE_NOOP("errors", "Reading “{name}” failed. The other images are fine.")


class DecoderSlow(DecoderCrashed):
    """Facts: `name`, `seconds`."""

    kind = "decoder_slow"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "“{name}” was not read within {seconds} seconds. The other images are fine."
    )


class NoSuchPage(ImageError):
    """Facts: `name`, `page` (from 1), `pages` (how many there are)."""

    kind = "no_such_page"
    sentence = QT_TRANSLATE_NOOP("errors", "“{name}” has {pages} pages; there is no page {page}.")


class ImageWontFit(ImageError):
    """Facts: `name`, `limit` (MB)."""

    kind = "image_wont_fit"
    sentence = QT_TRANSLATE_NOOP("errors", "“{name}” cannot be made to fit the server's limit of {limit} MB.")


class ImagesSmallEnough(ImageError):
    """No facts: it is of all images of a request."""

    kind = "images_small_enough"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "The images cannot be sent any smaller, or nothing could be read in them. Ask with fewer."
    )


class TooManyImages(ImageError):
    """Facts: `names` (of those left out, a tuple), `limit` (images a request)."""

    kind = "too_many_images"
    sentence = QT_TRANSLATE_NOOP("errors", "A question takes at most {limit} images. Left out: {names}.")


class FarTooManyImages(TooManyImages):
    """More than are named; `detail` has them all. Facts: `names`, `more` (how many others), `limit`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors", "A question takes at most {limit} images. Left out: {names} and {more} more."
    )


class SomeImagesRefused(ImageError):
    """Several of those that came together. Facts: `names` (a tuple), `count`.

    `refusals` holds why, one by one, and `detail` their sentences in English.
    """

    kind = "some_images_refused"
    sentence = QT_TRANSLATE_NOOP("errors", "{count} images cannot be used: {names}.")
    refusals: Sequence[AppError] = ()


class ManyImagesRefused(SomeImagesRefused):
    """More than are named. Facts: `names`, `more` (how many others), `count`."""

    sentence = QT_TRANSLATE_NOOP("errors", "{count} images cannot be used: {names} and {more} more.")


NAMED = 3
"""How many images a sentence names; of more it says how many."""


def too_many(names: Sequence[str], limit: int) -> TooManyImages:
    """The images called `names` came after a question had its `limit`."""
    shown, more = tuple(names[:NAMED]), len(names) - NAMED
    if more <= 0:
        return TooManyImages(names=shown, limit=limit)
    return FarTooManyImages(names=shown, more=more, limit=limit, detail="\n".join(names))


def refused_together(refusals: Sequence[AppError]) -> AppError:
    """One error for all `refusals`, of which there is at least one; a single one stays itself."""
    if len(refusals) == 1:
        return refusals[0]
    names = [str(refusal.facts.get("name", refusal)) for refusal in refusals]
    shown, more, count = tuple(names[:NAMED]), len(names) - NAMED, len(names)
    detail = "\n".join(str(refusal) for refusal in refusals)
    error = (
        SomeImagesRefused(names=shown, count=count, detail=detail)
        if more <= 0
        else ManyImagesRefused(names=shown, more=more, count=count, detail=detail)
    )
    error.refusals = tuple(refusals)
    return error


# ── web addresses ───────────────────────────────────────────────────────────────────────────────


class LinkError(ImageError):
    """Nothing could be fetched from a web address. Facts: `name` (the address, shortened)."""

    kind = "link"
    sentence = QT_TRANSLATE_NOOP("errors", "{name} could not be fetched.")


class LinkTooLong(LinkError):
    """Facts: `name`, `limit` (KB)."""

    kind = "link_too_long"
    sentence = QT_TRANSLATE_NOOP("errors", "The address of {name} is longer than {limit} KB.")


class LinkNotSecure(LinkError):
    kind = "link_not_secure"
    sentence = QT_TRANSLATE_NOOP("errors", "{name} is not fetched: only https addresses are.")


class LinkPrivate(LinkError):
    """The name leads into this machine or its network; a link from elsewhere has no business there."""

    kind = "link_private"
    sentence = QT_TRANSLATE_NOOP("errors", "{name} is not fetched: it leads into a private network.")


class LinkUnreachable(LinkError):
    kind = "link_unreachable"
    sentence = QT_TRANSLATE_NOOP("errors", "{name} cannot be reached, or gave no file.")


class LinkNotAnImage(LinkError):
    kind = "link_not_an_image"
    sentence = QT_TRANSLATE_NOOP("errors", "What lies at {name} is not an image.")


class LinkTooBig(LinkError):
    """Facts: `name`, `limit` (MB)."""

    kind = "link_too_big"
    sentence = QT_TRANSLATE_NOOP("errors", "What lies at {name} is larger than {limit} MB.")


class LinkSlow(LinkError):
    """Facts: `name`, `seconds`."""

    kind = "link_slow"
    sentence = QT_TRANSLATE_NOOP("errors", "{name} was not there within {seconds} seconds.")
