"""A search finds what a plain look through all texts finds."""

import sqlite3
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.conversation import MessageId
from desktop.domain.history import ConversationId, Hit, Summary
from desktop.storage import gram_table, index
from tests.support.search_model import SearchModel

_ALL = 1_000_000


@pytest.fixture
def model() -> Iterator[SearchModel]:
    with SearchModel() as model:
        yield model


def _found(db: sqlite3.Connection, needle: str, count: int = _ALL) -> list[tuple[int, int | None]]:
    return [(hit.summary.id, hit.message) for hit in index.search(db, needle, count)]


@pytest.mark.parametrize(
    "needle",
    [
        "错误",
        "误",
        "错误码 0x8007",
        "0X8007",
        "STRASSE",
        "raß",
        " disk ",
        "sk is",
        'print("',
        "%d\\n",
        "🙂",
        "a\0b",
    ],
)
def test_any_part_of_a_message_finds_it(model: SearchModel, needle: str) -> None:
    model.say(1, "截图里的错误码 0x8007 是什么意思？")
    model.say(1, 'The disk is full: Straße, print("%d\\n"), 🙂 a\0b')
    model.say(2, "Something else, 别的事情")
    assert len(_found(model.db, needle)) == 1


@pytest.mark.parametrize("needle", ["", " ", "\n\t ", "zq", "错码", "disk full", "*", '" OR "', "x" * 10_000])
def test_nothing_else_is_found(model: SearchModel, needle: str) -> None:
    model.say(1, "错误码：the disk is full")
    assert _found(model.db, needle) == []


def test_a_hit_tells_the_conversation_the_message_and_the_place(model: SearchModel) -> None:
    model.say(1, "What is this?")
    model.say(1, "An answer\n" + "of several words " * 20 + "with an Error in it.")
    summary = Summary(ConversationId(1), "What is this?", 1.0)
    excerpt = f"…{'of several words ' * 4}with an Error in it."
    hit = Hit(summary, MessageId(1), excerpt, ((77, 82),))
    assert index.search(model.db, "error", 1) == (hit,)
    assert index.search(model.db, "what", 1)[0].is_question


def test_what_was_read_from_images_is_found(model: SearchModel) -> None:
    model.say(1, "Here it stands:", read="发票号码\n12345")
    assert [hit.excerpt for hit in index.search(model.db, "发票", 1)] == ["Here it stands: 发票号码 12345"]
    assert _found(model.db, "stands:\n发票") == [(1, 0)]


def test_titles_come_first_then_the_newest_messages(model: SearchModel) -> None:
    for conversation in (1, 2, 3):
        model.say(conversation, "first disk")
        model.say(conversation, "second disk")
    model.rename(2, "The disk")
    assert _found(model.db, "disk") == [(2, None), (3, 1), (3, 0), (2, 1), (2, 0), (1, 1), (1, 0)]
    assert _found(model.db, "disk", 2) == [(2, None), (3, 1)]


def test_a_title_that_the_app_made_is_told_only_if_nothing_else_is(model: SearchModel) -> None:
    model.say(1, "an\nerror")
    assert _found(model.db, "error") == [(1, 0)]
    assert _found(model.db, "an error") == [(1, None)]


def test_an_answer_is_found_once_it_has_ended(model: SearchModel) -> None:
    model.say(1, "The disk", is_ended=False)
    assert _found(model.db, "disk") == [(1, None)]


def test_what_is_deleted_is_not_found_until_it_is_restored(model: SearchModel) -> None:
    model.say(1, "The disk")
    model.rename(1, "A disk")
    model.hide(1, is_hidden=True)
    assert _found(model.db, "disk") == []
    model.hide(1, is_hidden=False)
    assert _found(model.db, "disk") == [(1, None), (1, 0)]


def test_an_index_is_made_of_what_is_there_already(model: SearchModel) -> None:
    for number in range(100):
        model.say(number // 10, f"number {number}", is_ended=number % 7 > 0)
    model.rename(3, "mine")
    for table in ("message_grams", "title_grams", "gram_table"):
        model.db.execute(f"DROP TABLE {table}")
    index.create(model.db)
    for needle in ("number 5", "7", "mine"):
        assert _found(model.db, needle) == model.find(needle)


_CHARACTERS = "abABßẞİıſsSﬁﬀΣςσé\u0301\u0345 \n\t的错误码，。🙂👍🏽'\"*%_\\-()\0\x01\x02"

_TEXTS = st.text(_CHARACTERS, max_size=24)

_STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("say"), st.integers(1, 4), _TEXTS, st.sampled_from(("", "读", "ab错")), st.booleans()
        ),
        st.tuples(st.just("unsay"), st.integers(0, 20)),
        st.tuples(st.just("rename"), st.integers(1, 4), _TEXTS),
        st.tuples(st.just("hide"), st.integers(1, 4), st.booleans()),
        st.tuples(st.just("tidy"), st.booleans()),
    ),
    max_size=16,
)


_NEEDLES = st.lists(st.text(_CHARACTERS, max_size=5), max_size=6)

_Steps = list[tuple[object, ...]]


@given(steps=_STEPS, needles=_NEEDLES, part=st.integers(0, 60))
def test_a_search_agrees_with_a_plain_look_through_all(steps: _Steps, needles: list[str], part: int) -> None:
    with SearchModel() as model:
        _take(model, steps)
        parts = [text.swapcase()[part % 7 :][: 1 + part // 7] for text in model.texts()]
        for needle in (*needles, *parts):
            assert _found(model.db, needle) == model.find(needle)
            assert _found(model.db, needle, 2) == model.find(needle)[:2]
            assert all(_is_marked(hit, needle.strip()) for hit in index.search(model.db, needle, _ALL))


@given(before=_STEPS, after=_STEPS, needles=_NEEDLES)
def test_an_index_that_is_begun_anew_becomes_the_same(
    before: _Steps, after: _Steps, needles: list[str]
) -> None:
    with SearchModel() as model, patch.object(gram_table, "_ROWS", 2):
        _take(model, before)
        with patch.object(gram_table, "_MOST_LEVELS", -1):
            model.tidy(False)
        _take(model, after)
        model.tidy(True)
        for needle in (*needles, *model.texts()):
            assert _found(model.db, needle) == model.find(needle)


def _take(model: SearchModel, steps: _Steps) -> None:
    for name, *values in steps:
        getattr(model, str(name))(*values)


def _is_marked(hit: Hit, needle: str) -> bool:
    wanted = " ".join(needle.casefold().split())
    found = [hit.excerpt[begin:end] for begin, end in hit.marks]
    return bool(found) and all(wanted in " ".join(text.casefold().split()) for text in found)
