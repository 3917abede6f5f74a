"""What programs put on the clipboard or into a drag."""

import base64
import struct
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage

from desktop.ui.virtual_files import CONTENTS, DESCRIPTOR
from tests.support.pictures import png


def files(*paths: Path) -> QMimeData:
    """A file manager: addresses, and the same as text."""
    return addresses([QUrl.fromLocalFile(str(path.absolute())) for path in paths])


def addresses(urls: Sequence[QUrl]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls(urls)
    return mime


def browser_picture() -> QMimeData:
    """A browser's “Copy image”: HTML that names it, and its pixels."""
    mime = QMimeData()
    mime.setHtml('<img src="https://example.com/a.png">')
    mime.setData("image/png", png())
    return mime


def dragged_browser_picture() -> QMimeData:
    """The same, dragged: with the web address besides."""
    mime = browser_picture()
    mime.setUrls([QUrl("https://example.com/a.png")])
    return mime


def word_text(text: str) -> QMimeData:
    """Word and Excel: the text, and a picture of the text."""
    mime = QMimeData()
    mime.setText(text)
    mime.setHtml(f"<p>{text}</p>")
    mime.setData("image/png", png())
    return mime


def plain_text(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    return mime


def pixels() -> QMimeData:
    """A screenshot tool, or another Qt program: an image in memory."""
    picture = QImage(12, 16, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    mime = QMimeData()
    mime.setImageData(picture)
    return mime


def copied_files(*paths: Path) -> QMimeData:
    """A file manager that lists files in its own format only."""
    lines = [
        "copy",
        *(
            QUrl.fromLocalFile(str(path)).toString(QUrl.ComponentFormattingOption.FullyEncoded)
            for path in paths
        ),
    ]
    mime = QMimeData()
    mime.setData("x-special/gnome-copied-files", "\n".join(lines).encode())
    return mime


def mail_attachments(files: dict[str, bytes]) -> QMimeData:
    """Outlook on Windows: the names of the files, and the bytes of each by its number."""
    mime = QMimeData()
    mime.setData(DESCRIPTOR, descriptor(list(files)))
    for number, data in enumerate(files.values()):
        mime.setData(CONTENTS.format(number=number), data)
    return mime


def descriptor(names: Sequence[str]) -> bytes:
    """A FILEGROUPDESCRIPTORW."""
    entries = [struct.pack("<72x520s", name.encode("utf-16-le")) for name in names]
    return struct.pack("<I", len(names)) + b"".join(entries)


def promised_file() -> QMimeData:
    """A drag on a Mac whose file is only written once it is dropped on a folder."""
    mime = QMimeData()
    mime.setData("com.apple.pasteboard.promised-file-url", b"file:///nowhere/a.png")
    return mime


def data_url(data: bytes, kind: str = "image/png") -> str:
    """An image written out in its own address, as browsers name those of a page that holds it itself."""
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
