"""Why one image cannot be used; the others can.

ImageError
├── NotAFile · FileVanished · FileUnreadable · FileTooBig · EmptyFile · EmptyFolder    the file
├── UnsupportedImage · BrokenImage · ImageTooLarge · ImageTooNarrow · NoSuchPage       what is in it
├── DecoderCrashed · DecoderSlow · ImageWontFit                                       what became of it
├── TooManyImages                                                                   one too many
└── LinkError                                                                       a web address
    └── LinkNotSecure · LinkPrivate · LinkUnreachable · LinkNotAnImage · LinkTooBig · LinkSlow
"""

from desktop.domain.errors import AppError
from desktop.domain.text import QT_TRANSLATE_NOOP


class ImageError(AppError):
    """One image cannot be used. Facts: `name`."""

    kind = "image"
    sentence = QT_TRANSLATE_NOOP("errors", "“{name}” cannot be used.")


class NotAFile(ImageError):
    kind = "not_a_file"
    sentence = QT_TRANSLATE_NOOP("errors", "“{name}” is not a file. Drop the images themselves.")


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


class TooManyImages(ImageError):
    """Facts: `names` (of those left out), `limit` (images a request)."""

    kind = "too_many_images"
    sentence = QT_TRANSLATE_NOOP("errors", "A question takes at most {limit} images. Left out: {names}.")


# ── web addresses ───────────────────────────────────────────────────────────────────────────────


class LinkError(ImageError):
    """Nothing could be fetched from a web address. Facts: `name` (the address, shortened)."""

    kind = "link"
    sentence = QT_TRANSLATE_NOOP("errors", "{name} could not be fetched.")


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
