"""What a selection is in the clipboard: each program takes the form that it knows best."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData

from desktop.markdown.blocks import Block
from desktop.markdown.cells import to_tsv
from desktop.markdown.copied import copied_text
from desktop.markdown.html import html_document, to_html
from desktop.markdown.source import to_markdown

_BETWEEN = "\n\n"
"""Between messages."""

MARKDOWN = "text/markdown"


def mime_of(messages: Sequence[Sequence[Block]], *, as_markdown: bool = False) -> QMimeData:
    """The selected blocks of each message: as HTML and as plain text, a table's cells tab-separated.

    `as_markdown`: its source instead, as plain text.
    """
    mime = QMimeData()
    source = _BETWEEN.join(to_markdown(blocks).rstrip("\n") for blocks in messages)
    mime.setData(MARKDOWN, source.encode())
    if as_markdown:
        mime.setText(source)
        return mime
    mime.setText(_BETWEEN.join(_plain(blocks) for blocks in messages))
    mime.setHtml(html_document("".join(to_html(blocks) for blocks in messages)))
    return mime


def _plain(blocks: Sequence[Block]) -> str:
    cells = to_tsv(blocks)
    return copied_text(blocks) if cells is None else cells
