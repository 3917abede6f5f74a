"""What a selection is in the clipboard: each program takes the form that it knows best."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import Enum, auto
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


class Form(Enum):
    """How something is copied: as all that it can be, as its source, or as words alone."""

    RICH = auto()
    MARKDOWN = auto()
    PLAIN = auto()


class Copied(NamedTuple):
    """The same in three forms."""

    plain: str
    html: str
    markdown: str


def copied(messages: Messages) -> Copied:
    """As HTML, as plain text (a table's cells tab-separated), and as Markdown."""
    return Copied(
        _BETWEEN.join(_plain(blocks) for blocks in messages),
        html_document(_html(messages)),
        _BETWEEN.join(to_markdown(blocks) for blocks in messages),
    )


def mime_of(words: Copied, form: Form = Form.RICH) -> QMimeData:
    """RICH: each under its own type. MARKDOWN: only the source, as plain text too. PLAIN: only that."""
    mime = QMimeData()
    if form is Form.RICH:
        mime.setHtml(words.html)
    mime.setText(words.markdown if form is Form.MARKDOWN else words.plain)
    if form is not Form.PLAIN:
        # The last: where Markdown is the first, Qt's editors take it before HTML, which says more.
        mime.setData(MARKDOWN, words.markdown.encode())
    return mime


class Copier(QObject):
    """Puts messages into the clipboard, long ones when they are ready, if nothing was copied since then.

    Signals:
        copied: The clipboard holds them now.
    """

    copied = Signal()
    _rendered = Signal(object, object, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._changes = 0
        """How often something was copied, here or elsewhere."""
        self._rendered.connect(self._on_rendered)
        QGuiApplication.clipboard().dataChanged.connect(self._on_clipboard_data_changed)

    def copy(self, find: Callable[[], Messages], length: int, form: Form = Form.RICH) -> None:
        """Copy what `find` gives, of about `length` characters. It may be called in a thread."""
        self._changes += 1
        asked = self._changes
        if length <= SHORT:
            self._on_rendered(copied(find()), form, asked)
        else:
            _thread.submit(lambda: self._rendered.emit(copied(find()), form, asked))

    def _on_rendered(self, words: Copied, form: Form, asked: int) -> None:
        if asked == self._changes:
            QGuiApplication.clipboard().setMimeData(mime_of(words, form))
            self.copied.emit()

    def _on_clipboard_data_changed(self) -> None:
        self._changes += 1


def _html(messages: Messages) -> str:
    """Several messages stand on lines of their own, also where one is a single paragraph."""
    parts = [to_html(blocks) for blocks in messages]
    return parts[0] if len(parts) == 1 else "".join(f"<div>{part}</div>" for part in parts)


def _plain(blocks: Sequence[Block]) -> str:
    cells = to_tsv(blocks)
    return copied_text(blocks) if cells is None else cells
