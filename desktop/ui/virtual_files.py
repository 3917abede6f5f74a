"""Files that a program on Windows offers without writing them to disk: mail and chat programs, browsers.

Such a drag holds a FILEGROUPDESCRIPTORW, which names the files, and each file's bytes, which Qt hands out by
their number.
"""

import struct
from collections.abc import Iterator

from PySide6.QtCore import QMimeData

from desktop.domain.image_formats import SUFFIXES
from desktop.domain.images import ImageBytes

_WINDOWS = 'application/x-qt-windows-mime;value="{name}"'
DESCRIPTOR = _WINDOWS.format(name="FileGroupDescriptorW")
CONTENTS = _WINDOWS.format(name="FileContents") + ";index={number}"

_COUNT = struct.Struct("<I")
_ENTRY = struct.Struct("<72x520s")
"""A FILEDESCRIPTORW: flags, sizes and times, then the name in UTF-16, filled up with zeros."""


def file_names(descriptor: bytes) -> list[str]:
    """The names in a FILEGROUPDESCRIPTORW, as many as there are whole ones."""
    if len(descriptor) < _COUNT.size:
        return []
    (count,) = _COUNT.unpack_from(descriptor)
    whole = (len(descriptor) - _COUNT.size) // _ENTRY.size
    starts = (_COUNT.size + number * _ENTRY.size for number in range(min(count, whole)))
    return [_name(*_ENTRY.unpack_from(descriptor, start)) for start in starts]


def image_names(mime: QMimeData) -> dict[int, str]:
    """The virtual files of `mime` that are named like images, by their numbers."""
    if not mime.hasFormat(DESCRIPTOR):
        return {}
    names = file_names(bytes(mime.data(DESCRIPTOR).data()))
    return {number: name for number, name in enumerate(names) if name.lower().endswith(tuple(SUFFIXES))}


def virtual_images(mime: QMimeData) -> Iterator[ImageBytes]:
    """The virtual images of `mime` whose bytes the other program gives. Only within the drop."""
    for number, name in image_names(mime).items():
        if data := bytes(mime.data(CONTENTS.format(number=number)).data()):
            yield ImageBytes(name, data)


def _name(raw: bytes) -> str:
    path = raw.decode("utf-16-le", errors="replace").split("\0", 1)[0]
    return path.replace("/", "\\").rpartition("\\")[2]
