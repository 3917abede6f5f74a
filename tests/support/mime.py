"""What programs put on the clipboard or into a drag."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage

from tests.support.pictures import png


def files(*paths: Path) -> QMimeData:
    """A file manager: addresses, and the same as text."""
    return addresses([QUrl.fromLocalFile(str(path)) for path in paths])


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
