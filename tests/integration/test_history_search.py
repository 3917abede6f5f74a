"""Searching all conversations: one search at a time, and always for the latest needle next."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.domain.conversation import MessageId
from desktop.domain.history_errors import HistoryBusy
from desktop.viewmodels.history_search import HIT_ROLE, HistorySearch
from tests.conftest import Run
from tests.support.libraries import library_in
from tests.support.qt import first, heard
from tests.support.searching import SearchBench, hit


def test_as_one_types_one_search_is_under_way_and_the_latest_needle_comes_next(run: Run) -> None:
    async def scenario() -> None:
        bench = SearchBench("a", "ab", "abc", "abcd")
        bench.store.is_open.clear()
        bench.search.set_needle("a")
        await asyncio.sleep(0)
        for needle in ("ab", "abc"):
            bench.search.set_needle(needle)
        bench.store.is_open.set()
        await bench.done()

        assert bench.store.asked == ["a", "abc"]
        assert bench.store.most == 1
        assert [needle for _, needle in bench.found] == ["abc"]
        assert bench.excerpts == ["abc", "abcd"]

    run(scenario())


def test_what_was_deleted_again_finds_nothing_at_once(run: Run) -> None:
    async def scenario() -> None:
        bench = SearchBench("abc")
        await bench.find("a")
        bench.store.is_open.clear()
        bench.search.set_needle("ab")
        bench.search.set_needle("")
        assert bench.excerpts == []
        assert bench.found[-1] == ((), "")

        bench.store.is_open.set()
        await bench.done()
        assert bench.excerpts == []
        assert bench.found[-1] == ((), "")

    run(scenario())


def test_white_space_around_a_needle_is_none_of_it(run: Run) -> None:
    async def scenario() -> None:
        bench = SearchBench("a b")
        bench.search.set_needle(" \t")
        assert bench.store.asked == []
        await bench.find(" a")
        bench.search.set_needle("a ")
        await bench.find("a b")

        assert bench.store.asked == ["a", "a b"]

    run(scenario())


def test_a_history_that_cannot_be_read_has_no_hits_until_it_can(run: Run) -> None:
    async def scenario() -> None:
        bench = SearchBench("abc")
        await bench.find("a")
        bench.store.problem = HistoryBusy()
        bench.search.set_needle("ab")
        await bench.done()
        assert bench.excerpts == []
        assert bench.search.problem is bench.problems[-1]

        bench.store.problem = None
        bench.search.refresh()
        await bench.done()
        assert bench.excerpts == ["abc"]
        assert bench.search.problem is None

    run(scenario())


def test_a_problem_of_what_nobody_searches_for_any_more_is_none(run: Run) -> None:
    async def scenario() -> None:
        bench = SearchBench("abc")
        bench.store.problem = HistoryBusy()
        bench.search.set_needle("a")
        bench.search.set_needle("")
        await bench.done()
        assert bench.problems == []
        assert bench.search.problem is None

    run(scenario())


def test_what_has_changed_is_searched_again(run: Run) -> None:
    async def scenario() -> None:
        bench = SearchBench("abc")
        bench.search.refresh()
        assert bench.store.asked == [], "nothing is searched for"
        await bench.find("a")
        bench.store.texts.append("another")
        for _ in range(5):
            bench.search.refresh()
        await bench.done()

        assert bench.store.asked == ["a", "a"]
        assert bench.excerpts == ["abc", "another"]

    run(scenario())


def test_what_changes_during_a_search_is_searched_after_it(run: Run) -> None:
    async def scenario() -> None:
        bench = SearchBench("abc")
        bench.store.is_open.clear()
        bench.search.set_needle("a")
        await asyncio.sleep(0)
        bench.search.refresh()
        bench.store.is_open.set()
        await bench.done()

        assert bench.store.asked == ["a", "a"]

    run(scenario())


def test_the_same_hits_leave_the_list_alone(run: Run) -> None:
    async def scenario() -> None:
        bench = SearchBench("abc")
        await bench.find("a")
        resets = heard(bench.search.hits.modelReset)
        bench.search.refresh()
        await bench.done()
        assert resets == []
        bench.store.texts.append("another")
        bench.search.refresh()
        await bench.done()
        assert len(resets) == 1

    run(scenario())


def test_it_says_while_it_waits(run: Run) -> None:
    async def scenario() -> None:
        bench = SearchBench("abc")
        busy = heard(bench.search.busy_changed)
        bench.search.set_needle("a")
        assert not bench.search.is_answered
        await bench.done()
        assert bench.search.is_answered
        assert busy == [True, False]

    run(scenario())


def test_rows_tell_what_is_shown_of_a_hit(run: Run) -> None:
    async def scenario() -> None:
        bench = SearchBench("Nothing", "An apple a day")
        await bench.find("a")
        hits = bench.search.hits
        index = hits.index(0)
        expected = hit(1, "An apple a day", "a")

        assert index.data(HIT_ROLE) == expected
        assert index.data() == "Conversation 1"
        assert index.data(Qt.ItemDataRole.DecorationRole) is None
        assert hits.row_of(expected) == 0
        assert hits.row_of(hit(2, "An apple", "a")) == -1

    run(scenario())


def test_a_two_character_word_is_found_in_questions_and_answers(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            asked = await bench.ask("登录页为什么报错?", "密码错了，请重新登录。")
            bench.library.begin()
            await bench.ask("Which invoice?", "The third.")
            search = HistorySearch(bench.store, bench.tasks)
            found = first(search.found)
            search.set_needle("登录")
            hits, needle = await found

            assert needle == "登录"
            assert {each.summary.id for each in hits} == {asked}
            assert {each.message: each.is_question for each in hits} == {
                MessageId(0): True,
                MessageId(1): False,
            }
            for each in hits:
                assert {each.excerpt[begin:end] for begin, end in each.marks} == {"登录"}

    run(scenario())
