"""Whose work comes with the app: read when somebody wants to know."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.notices import Notice, parse_notices
from desktop.runtime.tasks import TaskOwner

_PIECE = 8_000
"""Characters of a text that a view takes in at once; 2 ms for a QPlainTextEdit."""
_BETWEEN = "\n" + "─" * 24 + "\n\n"


class Notices(QObject):
    """Reads the notices in `folder`, in a thread.

    Signals:
        listed: A tuple of all `Notice`s, in the order of their names.
        text_read: The `Notice` asked about last, and its licence texts: a tuple of pieces of one text.
    """

    listed = Signal(object)
    text_read = Signal(object, object)

    def __init__(self, folder: Path, tasks: TaskOwner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._tasks = tasks
        self._wanted: Notice | None = None

    def ask(self) -> None:
        """Have them listed."""
        self._tasks.start(self._list(), "list notices")

    def ask_text(self, notice: Notice) -> None:
        """Have the texts of `notice` read, and no others that were asked for before."""
        self._wanted = notice
        self._tasks.start(self._read(notice), "read notice")

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _list(self) -> None:
        self.listed.emit(await asyncio.to_thread(_notices, self._folder))

    async def _read(self, notice: Notice) -> None:
        pieces = await asyncio.to_thread(_texts, self._folder, notice)
        if notice is self._wanted:
            self.text_read.emit(notice, pieces)


def _notices(folder: Path) -> tuple[Notice, ...]:
    return parse_notices((folder / "notices.json").read_text(encoding="utf-8"))


def _texts(folder: Path, notice: Notice) -> tuple[str, ...]:
    texts = [(folder / "texts" / f"{name}.txt").read_text(encoding="utf-8") for name in notice.texts]
    return tuple(_pieces(_BETWEEN.join(texts).splitlines(keepends=True)))


def _pieces(lines: Iterable[str]) -> Iterable[str]:
    """Whole lines, together at least `_PIECE` characters but for the last."""
    piece: list[str] = []
    length = 0
    for line in lines:
        piece.append(line)
        length += len(line)
        if length >= _PIECE:
            yield "".join(piece)
            piece, length = [], 0
    if piece:
        yield "".join(piece)
