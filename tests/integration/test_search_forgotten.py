"""What is removed from the search index is not in its file any more."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.storage import index
from desktop.storage.database import NAME, connect, transaction
from desktop.storage.migrations import migrate
from tests.support.search_model import SearchModel

_SECRET = "q龘靐齉爩麤灪厵" + "\U00010348\U000103a0\U00010450\U00010480\U0001f9ff\U0001faa9"
"""Its characters but the first stand nowhere else; they are of three bytes or four, which no numbers in a
file make by chance. None begins it: SQLite writes of a word only what differs
from the one before."""


_LONG = " ".join(map(str, range(50)))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(tmp_path / NAME)) as db:
        migrate(db)
        yield db


def _add(db: sqlite3.Connection, *messages: int, text: str = "what is kept of it") -> None:
    with transaction(db):
        for message in messages:
            index.add(db, message, f"{text} {message}")
            index.add_title(db, message, f"{text} {message}")


def _remove(db: sqlite3.Connection, message: int, text: str) -> None:
    with transaction(db):
        index.remove(db, message, f"{text} {message}")
        index.remove_title(db, message, f"{text} {message}")


def _step(db: sqlite3.Connection) -> bool:
    with transaction(db):
        return index.merge_step(db)


def _left(db: sqlite3.Connection, folder: Path) -> set[str]:
    """The characters of the secret that are in a file."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    files = b"".join(file.read_bytes() for file in folder.iterdir())
    return {character for character in _SECRET[1:] if character.encode() in files}


def _matching(db: sqlite3.Connection, table: str, gram: str) -> list[int]:
    found = db.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (f'"{gram}"',))
    return [row[0] for row in found]


def test_of_a_removed_text_no_character_is_left(db: sqlite3.Connection, tmp_path: Path) -> None:
    _add(db, *range(1, 300))
    _add(db, 300, text=_SECRET)
    for message in range(301, 600):
        _add(db, message)
    assert _left(db, tmp_path) == set(_SECRET[1:])
    _remove(db, 300, _SECRET)
    while _step(db):
        pass
    assert _left(db, tmp_path) == set()
    assert _matching(db, "message_grams", "599") == [599]


def test_nor_if_others_are_added_meanwhile(db: sqlite3.Connection, tmp_path: Path) -> None:
    _add(db, *range(1, 200), text="".join(map(chr, range(0x6000, 0x6400))))
    _add(db, 200, text=_SECRET)
    _add(db, *range(201, 300))
    _remove(db, 200, _SECRET)
    for message in range(300, 310):
        assert _step(db)
        _add(db, message)
    while _step(db):
        pass
    assert _left(db, tmp_path) == set()
    assert _matching(db, "title_grams", "199") == [199]


def test_nor_if_a_later_text_is_removed_before_the_first_is_gone(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    _add(db, *range(1, 100))
    half = len(_SECRET) // 2
    for message, text in ((100, _SECRET[:half]), (101, _SECRET[half:])):
        _add(db, message, text=text)
        _remove(db, message, text)
        _step(db)
    while _step(db):
        pass
    assert _left(db, tmp_path) == set()


def test_an_index_without_removed_texts_is_left_alone(db: sqlite3.Connection) -> None:
    for message in range(1, 10):
        _add(db, message)
    before = db.total_changes
    assert not _step(db)
    assert db.total_changes == before


def test_it_stays_sound_however_often_texts_are_removed() -> None:
    """SQLite 3.40 takes its table for damaged once all has been merged into one for 2 000 times or so."""
    with SearchModel() as model:
        for number in range(60):
            model.say(number, f"{_LONG} kept {number}")
        for number in range(2500):
            model.say(100, f"{_LONG} {number}")
            model.unsay(60)
            model.tidy(True)
        found = [(hit.summary.id, hit.message) for hit in index.search(model.db, "kept", 100)]
        assert found == model.find("kept")
