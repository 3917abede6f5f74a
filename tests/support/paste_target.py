"""Another program that pastes into a page of rich text: `python -m tests.support.paste_target`.

Says on stdout, as JSON, what `Pasted` holds.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from PySide6.QtGui import QGuiApplication, QTextBlock, QTextCursor, QTextDocument, QTextTable
from PySide6.QtWidgets import QApplication, QTextEdit

from tests.support.scripts import CHECKOUT

BOLD = 600
"""The least weight of letters that look bold."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What stands on the page, and as what it was offered."""

    formats: list[str]
    """Media types."""
    html: str
    text: str
    headings: list[str]
    bold: list[str]
    """What is bold outside of headings and tables, piece by piece."""
    items: list[str]
    """Of lists."""
    tables: list[list[list[str]]]
    """Each one's rows of cells."""


def paste_elsewhere(environ: Mapping[str, str]) -> Pasted:
    """Paste in a process of its own, on the screen to which `environ` leads."""
    command = [sys.executable, "-m", "tests.support.paste_target"]
    done = subprocess.run(command, env=environ, cwd=CHECKOUT, capture_output=True, timeout=60, check=True)
    return Pasted(**json.loads(done.stdout))


def clipboard(environ: Mapping[str, str], target: str = "UTF8_STRING") -> bytes:
    """What `xclip` gets for `target`; empty if nobody offers that."""
    command = ["xclip", "-o", "-selection", "clipboard", "-t", target]
    return subprocess.run(command, env=environ, capture_output=True, timeout=60, check=False).stdout


# ── the program ─────────────────────────────────────────────────────────────────────────────────


def main() -> None:
    app = QApplication(sys.argv[:1])
    page = QTextEdit()
    page.show()
    page.paste()
    print(json.dumps(asdict(_pasted(page.document()))))
    app.quit()


def _pasted(document: QTextDocument) -> Pasted:
    offer = QGuiApplication.clipboard().mimeData()
    tables = [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]
    blocks = [block for block in _blocks(document) if QTextCursor(block).currentTable() is None]
    headings = [block for block in blocks if block.blockFormat().headingLevel()]
    return Pasted(
        formats=offer.formats(),
        html=offer.html(),
        text=document.toPlainText(),
        headings=[block.text() for block in headings],
        bold=[words for block in blocks if block not in headings for words in _bold(block)],
        items=[block.text() for block in blocks if block.textList() is not None],
        tables=[_cells(table) for table in tables],
    )


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _bold(block: QTextBlock) -> Iterator[str]:
    pieces = block.begin()
    while not pieces.atEnd():
        if pieces.fragment().charFormat().fontWeight() >= BOLD:
            yield pieces.fragment().text()
        pieces += 1


def _cells(table: QTextTable) -> list[list[str]]:
    return [[_words(table, row, column) for column in range(table.columns())] for row in range(table.rows())]


def _words(table: QTextTable, row: int, column: int) -> str:
    cell = table.cellAt(row, column)
    cursor = cell.firstCursorPosition()
    cursor.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


if __name__ == "__main__":
    main()
