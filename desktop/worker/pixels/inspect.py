"""The verbs about an image to attach: `inspect`, what is sent of it; `pages`, what it can be chosen from."""

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from desktop.domain.images import Paper, Size
from desktop.domain.limits import ImageLimits
from desktop.worker.pixels import container, encode, pieces
from desktop.worker.pixels.container import media_type
from desktop.worker.pixels.fit import fit
from desktop.worker.pixels.paper import laid, on_paper
from desktop.worker.pixels.picture import Developed, Document, Picture
from desktop.worker.pixels.pieces import Piece
from desktop.worker.pixels.scale import thumbnail, thumbnail_size
from desktop.worker.wire import Frame, Refusal


def inspect(facts: Mapping[str, Any], data: bytes) -> Iterator[Frame]:
    """First `image` with its facts and the thumbnail as payload; then `data`, if pixels were encoded anew.

    Without `data`, the fact `remains` tells which of the given bytes are to be sent. Facts: `page` (from
    0) and `limits`, the facts of `ImageLimits`. Refusals: unsupported, broken, too_large, too_narrow,
    no_such_page, wont_fit.

    Whatever is sent as it was has been decoded to its last byte before: the pixels of PNG and WebP in
    full, a JPEG's on the way to its thumbnail, for which its whole stream is read as well.
    """
    picture = Document(data).picture(facts["page"])
    yield from _inspected(picture, ImageLimits.from_facts(facts["limits"]))


def pages(facts: Mapping[str, Any], data: bytes) -> Iterator[Frame]:
    """`page` with a thumbnail as payload, for each of the first `most` frames or pages.

    One that cannot be shown has none: the others keep their numbers. Where none can be shown, the first
    one's refusal is raised.
    """
    document = Document(data)
    refusals: list[Refusal] = []
    count = min(document.frames, facts["most"])
    for number in range(count):
        try:
            yield Frame("page", {}, _thumbnail(document.picture(number)))
        except Refusal as refusal:
            refusals.append(refusal)
            yield Frame("page")
    if len(refusals) == count:
        raise refusals[0]


def _thumbnail(picture: Picture) -> bytes:
    small = thumbnail(picture.develop(thumbnail_size(picture.size)).image)
    return encode.png(on_paper(small), encode.PNG_STORED)


def _inspected(picture: Picture, limits: ImageLimits) -> Iterator[Frame]:
    own = _own_bytes(picture, limits)
    small_will_do = own is not None and not picture.is_coloured
    developed = picture.develop(thumbnail_size(picture.size) if small_will_do else None)
    if small_will_do and not developed.sound:
        developed = picture.develop()
    image, paper = laid(developed.image)
    if own is not None and paper is None and developed.sound and not developed.recoloured:
        yield _unchanged(picture, own, image)
    else:
        yield from _changed(picture, limits, developed._replace(image=image), paper)


def _own_bytes(picture: Picture, limits: ImageLimits) -> list[Piece] | None:
    """Of the given bytes those to send, if they are taken and nothing about the pixels speaks against it."""
    if picture.turned or not picture.header.plain or not _stands_alone(picture):
        return None
    own, kind = _without_metadata(picture), media_type(picture.document.format)
    size = Size(picture.size.width(), picture.size.height())
    return own if limits.take(kind, size, pieces.length(own)) else None


def _without_metadata(picture: Picture) -> list[Piece]:
    document, span = picture.document, picture.document.span_of(picture.page)
    return pieces.shifted(container.remains(document.format, document.data[slice(*span)]), span.start)


def _stands_alone(picture: Picture) -> bool:
    """A view of a JPEG is a file of its own, and an animated PNG without its chunks shows its first frame."""
    match picture.document.format:
        case "jpeg":
            return True
        case "png":
            return picture.page == 0
        case _:
            return picture.document.frames == 1


def _unchanged(picture: Picture, own: list[Piece], image: QImage) -> Frame:
    change = _change(picture) if picture.document.frames > 1 else None
    kind = media_type(picture.document.format)
    return _image_frame(image, kind, picture.size, change=change, remains=pieces.to_json(own))


def _changed(
    picture: Picture, limits: ImageLimits, developed: Developed, paper: Paper | None
) -> Iterator[Frame]:
    image, is_jpeg = developed.image, picture.document.format == "jpeg"
    sent = fit(image, limits, was_jpeg=is_jpeg)
    too_long = is_jpeg and pieces.length(_without_metadata(picture)) > limits.bytes_of("image/jpeg")
    change = _change(
        picture,
        paper=paper,
        recoloured=developed.recoloured,
        narrowed=developed.narrowed,
        lossy=sent.lossy and not is_jpeg,
        from_size=picture.size.toTuple() if sent.size != picture.size else None,
        limit=sent.limit or ("bytes" if too_long else None),
    )
    yield _image_frame(image, sent.media_type, sent.size, change=change, remains=None)
    yield Frame("data", {}, sent.data)


def _change(picture: Picture, **facts: object) -> dict[str, object]:
    return {
        "from_type": media_type(picture.document.format),
        "frames": picture.document.frames,
        "page": picture.page,
        "turned": picture.turned,
        **facts,
    }


def _image_frame(image: QImage, kind: str, size: QSize, **facts: object) -> Frame:
    about = {"media_type": kind, "width": size.width(), "height": size.height()}
    return Frame("image", about | facts, encode.png(thumbnail(image), encode.PNG_STORED))
