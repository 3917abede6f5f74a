"""What the search index is told of texts, and asked of needles."""

import sqlite3
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.storage import grams

_CHARACTERS = "aBcßİﬁΣς的错误码，🙂👍🏽é\u0301 \n\t'\"*-^\0\x01\x02\x7f\ud800"

_TEXT = st.text(_CHARACTERS, max_size=30)


@pytest.fixture(scope="module")
def db() -> sqlite3.Connection:
    """A table that tells what SQLite makes of tokens."""
    db = sqlite3.connect(":memory:")
    tokenizer = grams.TOKENIZER.replace('"', '""')
    db.execute(
        f"CREATE VIRTUAL TABLE texts USING fts5(grams, content='', detail=none, tokenize=\"{tokenizer}\")"
    )
    db.execute("CREATE VIRTUAL TABLE words USING fts5vocab(texts, 'row')")
    return db


def _told(text: str) -> set[str]:
    return set(grams.tokens(text).split("\x01"))


def _asked(needle: str) -> list[str]:
    return grams.query(needle).split(" AND ")


def test_a_text_has_its_characters_and_pairs_and_of_letters_all_four() -> None:
    assert _told("Abcde错误") == {*"abcde错误", "ab", "bc", "cd", "de", "e错", "错误", "abcd", "bcde", "cde"}


def test_a_needle_is_asked_by_its_longest_grams() -> None:
    assert _asked("e") == ['"e"']
    assert _asked("的") == ['"的"']
    assert _asked("ab") == ['"ab"']
    assert _asked("ABC") == ['"abc" *']
    assert _asked("错误码") == ['"错误"', '"误码"']
    assert _asked('AB"CD') == ['"ab""c"', '"b""cd"']
    assert _asked("在abc里") == ['"abc" *', '"在a"', '"c里"']


def test_of_a_long_needle_three_grams_are_asked_from_its_first_to_its_last() -> None:
    assert _asked("abcdefghijklmnopqrstuvwxyz") == ['"abcd"', '"lmno"', '"wxyz"']


@given(text=_TEXT, begin=st.integers(0, 30), size=st.integers(1, 12), piece=st.integers(1, 9))
def test_a_text_is_told_all_that_is_asked_of_its_parts(text: str, begin: int, size: int, piece: int) -> None:
    needle = text.swapcase().casefold()[begin : begin + size]
    if needle and needle in text.casefold():
        with patch.object(grams, "_PIECE", piece):
            told = _told(text)
        for asked in _asked(needle):
            gram = asked.removesuffix(" *")[1:-1].replace('""', '"')
            assert gram in told or (asked.endswith("*") and any(each.startswith(gram) for each in told))


@given(text=_TEXT)
def test_sqlite_takes_each_gram_for_one_word(db: sqlite3.Connection, text: str) -> None:
    db.execute("INSERT INTO texts(texts) VALUES ('delete-all')")
    db.execute("INSERT INTO texts(rowid, grams) VALUES (1, ?)", (grams.tokens(text),))
    assert {row[0] for row in db.execute("SELECT term FROM words")} == _told(text) - {""}
    for gram in _told(text) - {""}:
        found = db.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (grams.query(gram),)).fetchall()
        assert found == [(1,)], gram
