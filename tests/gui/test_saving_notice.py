"""While conversations cannot be saved the banner says so, and then that they are."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.events import Finished, TextDelta
from desktop.domain.history_errors import HistoryFull, HistoryLost
from desktop.domain.image_errors import EmptyFile
from desktop.domain.settings import Settings
from desktop.ui.banner import Banner
from desktop.ui.saving_notice import SavingNotice
from desktop.viewmodels.keeping import Keeper
from tests.conftest import Run
from tests.support.libraries import LibraryBench
from tests.support.qt import child, first
from tests.support.windows import OpenWindow, open_window

ENGLISH = Settings(model="qwen3-vl-plus", language="en")
SOLVED = "Everything is saved again."


@pytest.fixture
def banner(qtbot: QtBot) -> Banner:
    banner = Banner()
    qtbot.addWidget(banner)
    return banner


def words(banner: Banner) -> str:
    return child(banner, QLabel).text()


def test_the_sentence_of_the_problem_gives_way_to_that_of_its_end(
    run: Run, undressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        monkeypatch.setattr(Keeper.__init__, "__defaults__", (0.01,))  # seconds until it tries again
        in_the_way = tmp_path / "history"
        in_the_way.write_bytes(b"")
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            await told(window)
            assert "Nothing can be written in" in said(window)
            solved = first(window.session.keeper.problem_solved)
            in_the_way.unlink()
            await solved
            assert said(window) == SOLVED

    run(scenario())


def test_what_is_not_saved_is_given_up_by_closing_twice(
    run: Run, undressed: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        (tmp_path / "history").write_bytes(b"")
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            await told(window)
            window.backend.answer_with(TextDelta("A dog."), Finished("stop"))
            window.type("What is this?")
            window.enter()
            await window.answered()
            window.window.close()
            assert window.window.isVisible()
            assert not window.ended.is_set()
            assert said(window).endswith("Close the window again to give that up.")
            window.window.close()
            assert not window.window.isVisible()
            assert window.ended.is_set()
        assert "before everything could be saved" in caplog.text
        caplog.clear()

    run(scenario())


def test_a_window_with_nothing_to_lose_closes_at_once(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        (tmp_path / "history").write_bytes(b"")
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            await told(window)
            window.window.close()
            assert window.ended.is_set()

    run(scenario())


def test_whoever_asks_while_nothing_is_saved_is_told_again(
    run: Run, undressed: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        (tmp_path / "history").write_bytes(b"")
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            await told(window)
            child(window.window, Banner).hide()
            window.backend.answer_with(TextDelta("A receipt."), Finished("stop"))
            window.type("What is this?")
            window.enter()
            await window.answered()

            assert "Nothing can be written in" in said(window)
        caplog.clear()

    run(scenario())


def test_only_the_problem_s_own_sentence_is_replaced(run: Run, banner: Banner, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = LibraryBench(tmp_path)
        notice = SavingNotice(bench.keeper, banner)
        bench.keeper.problem_raised.emit(HistoryFull())
        banner.show_error(EmptyFile(name="a.png"))
        bench.keeper.problem_solved.emit()
        assert words(banner).splitlines() == [str(EmptyFile(name="a.png")), SOLVED]

        banner.show_words("Something else.")
        bench.keeper.problem_raised.emit(HistoryFull())
        banner.hide()
        banner.show_words("Something else.")
        bench.keeper.problem_solved.emit()
        notice.remind()
        assert words(banner) == "Something else."
        await bench.aclose()

    run(scenario())


def test_a_closed_banner_stays_closed(run: Run, banner: Banner, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = LibraryBench(tmp_path)
        notice = SavingNotice(bench.keeper, banner)
        bench.keeper.problem_raised.emit(HistoryFull())
        banner.hide()
        bench.keeper.problem_solved.emit()
        notice.remind()
        assert banner.isHidden()
        await bench.aclose()

    run(scenario())


def test_what_was_lost_is_not_said_to_be_saved(run: Run, banner: Banner, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = LibraryBench(tmp_path)
        lost = HistoryLost(aside="history-1.broken")
        SavingNotice(bench.keeper, banner)
        bench.keeper.problem_raised.emit(lost)
        bench.keeper.problem_solved.emit()
        assert words(banner) == str(lost)
        await bench.aclose()

    run(scenario())


async def told(window: OpenWindow) -> None:
    """Until the window says something: it may have before anybody looked."""
    while not said(window):
        await first(window.session.keeper.problem_raised)


def said(window: OpenWindow) -> str:
    banner = child(window.window, Banner)
    return "" if banner.isHidden() else words(banner)
