"""What lies in the folder of a history, read as files: from outside the app, and from a copy."""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.domain.conversation import Conversation
from desktop.domain.history import ConversationId, Opened
from desktop.storage.database import NAME
from desktop.storage.history import SqliteHistory

_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """What a start of the app finds: `opened`, and every conversation of the list."""

    opened: Opened = field(default_factory=Opened)
    conversations: Mapping[ConversationId, Conversation] = field(default_factory=dict)


class RawHistory:
    """The files in `folder`, which no app has open unless a method says that it may."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def copied(self) -> "Iterator[RawHistory]":
        """A copy of all files as they lie there, so that nothing that reads them mends them."""
        with TemporaryDirectory(prefix="history-") as place:
            yield RawHistory(Path(shutil.copytree(self.folder, Path(place, "copy"))))

    def check(self) -> str:
        """What SQLite's own check says: “ok” if nothing is broken."""
        with closing(self._opened()) as db:
            return "\n".join(row[0] for row in db.execute("PRAGMA integrity_check"))

    def images_without_file(self) -> set[str]:
        """Digests that a row names and no file has."""
        return self._named() - self._files()

    def files_without_image(self) -> set[str]:
        """Names of files, thumbnails among them, of which no row knows. The app may run."""
        files = self._files()
        # The rows are read last: a file is there before its row, and goes after it.
        return files - self._named()

    def found(self) -> Found:
        """What a start of the app finds, and mends."""
        return asyncio.run(_found(self.folder))

    def holding(self, needle: str | bytes) -> list[str]:
        """The names of the files that hold `needle`, a text in UTF-8 or UTF-16. The app may run."""
        forms = [needle] if isinstance(needle, bytes) else [needle.encode(), needle.encode("utf-16-le")]
        return [path.name for path in self._all() if any(form in _bytes(path) for form in forms)]

    def database_holds(self, text: str) -> bool:
        """Whether `text` stands in the database or in its log. The app may run."""
        return any(text.encode() in _bytes(path) for path in self.folder.glob(f"{NAME}*"))

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _opened(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{(self.folder / NAME).as_uri()}?mode=ro", uri=True)

    def _named(self) -> set[str]:
        with closing(self._opened()) as db:
            return {row[0] for row in db.execute("SELECT digest FROM image")}

    def _files(self) -> set[str]:
        folders = (self.folder / name for name in ("images", "thumbnails"))
        return {path.stem for folder in folders for path in folder.glob("*/*")}

    def _all(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:  # it has been deleted meanwhile
        return b""


async def _found(folder: Path) -> Found:
    store = SqliteHistory(folder)
    try:
        opened = await store.open()
        summaries = await store.page(None, _ALL)
        return Found(opened, {each.id: await store.load(each.id) for each in summaries})
    finally:
        await store.aclose()
