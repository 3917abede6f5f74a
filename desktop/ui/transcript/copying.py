"""What a selection is in the clipboard: each program takes the form that it knows best."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop.markdown.blocks import Block
from desktop.markdown.cells import to_tsv
from desktop.markdown.copied import copied_text
from desktop.markdown.html import html_document, to_html
from desktop.markdown.source import to_markdown

SHORT = 5_000
"""Characters: what is longer is rendered in a thread, or the window would stand still for over 8 ms."""

MARKDOWN = "text/markdown"

_BETWEEN = "\n\n"
"""Between messages."""

_thread = ThreadPoolExecutor(1, thread_name_prefix="copy")

Messages = Sequence[Sequence[Block]]
"""The blocks of each message."""


class Copied(NamedTuple):
    """The same in three forms."""

    plain: str
    html: str
    markdown: str


def copied(messages: Messages) -> Copied:
    """As HTML, as plain text (a table's cells tab-separated), and as Markdown."""
    return Copied(
        _BETWEEN.join(_plain(blocks) for blocks in messages),
        html_document("".join(to_html(blocks) for blocks in messages)),
        _BETWEEN.join(to_markdown(blocks) for blocks in messages),
    )


def mime_of(words: Copied, *, as_markdown: bool = False) -> QMimeData:
    """All forms, each under its own type. `as_markdown`: only the source, and as plain text too."""
    mime = QMimeData()
    mime.setData(MARKDOWN, words.markdown.encode())
    mime.setText(words.markdown if as_markdown else words.plain)
    if not as_markdown:
        mime.setHtml(words.html)
    return mime


class Copier(QObject):
    """Puts messages into the clipboard, long ones when they are ready.

    Signals:
        copied: The clipboard holds them now.
    """

    copied = Signal()
    _rendered = Signal(object, bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rendered.connect(self._on_rendered)

    def copy(self, find: Callable[[], Messages], length: int, *, as_markdown: bool = False) -> None:
        """Copy what `find` gives, of about `length` characters. It may be called in a thread."""
        if length <= SHORT:
            self._on_rendered(copied(find()), as_markdown)
        else:
            _thread.submit(lambda: self._rendered.emit(copied(find()), as_markdown))

    def _on_rendered(self, words: Copied, as_markdown: bool) -> None:
        QGuiApplication.clipboard().setMimeData(mime_of(words, as_markdown=as_markdown))
        self.copied.emit()


def _plain(blocks: Sequence[Block]) -> str:
    cells = to_tsv(blocks)
    return copied_text(blocks) if cells is None else cells
