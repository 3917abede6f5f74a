"""Rows of attachments that come, go, move and change one by one, so that a view keeps its place.

Qt's own tester looks at every change; what it finds is a warning, which fails the test.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.messages import LinkPart
from desktop.viewmodels.attachments import AttachmentList
from desktop.viewmodels.composer import ComposerViewModel
from tests.conftest import Run
from tests.support.composing import Bench
from tests.support.pictures import image
from tests.support.rows import noted


class Watched:
    """A composer, its rows, and what the rows said of themselves."""

    def __init__(self, names: str) -> None:
        self.bench = Bench()
        self.put(names)
        self.rows = AttachmentList(self.composer)
        self.said = noted(self.rows)
        mode = QAbstractItemModelTester.FailureReportingMode.Warning
        self.tester = QAbstractItemModelTester(self.rows, mode)

    @property
    def composer(self) -> ComposerViewModel:
        return self.bench.composer

    def put(self, names: str) -> None:
        self.composer.put("", [image(name) for name in names])

    @property
    def shown(self) -> str:
        return "".join(self.rows.index(row).data() for row in range(self.rows.rowCount()))


@pytest.fixture
def watched(qapp: object) -> Watched:
    return Watched("abcdef")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("abcdef", []),
        ("abcdefgh", ["in 6-7"]),
        ("xabcydef", ["in 0-0", "in 4-4"]),
        ("bcf", ["out 3-4", "out 0-0"]),
        ("", ["out 0-5"]),
        ("bcdefa", ["moved 0 6"]),
        ("fabcde", ["moved 5 0"]),
        ("acdbef", ["moved 1 4"]),
        ("abdcef", ["moved 2 4"]),
        ("xyz", ["out 0-5", "in 0-2"]),
    ],
)
def test_the_least_is_said(watched: Watched, names: str, said: list[str]) -> None:
    watched.put(names)

    assert watched.shown == names
    assert watched.said == said


def test_what_shows_something_else_says_so(watched: Watched) -> None:
    watched.bench.choose()

    assert watched.said == ["changed 0-5"]


def test_a_selected_row_stays_selected_wherever_it_goes(watched: Watched) -> None:
    selection = QItemSelectionModel(watched.rows)
    selection.setCurrentIndex(watched.rows.index(2), QItemSelectionModel.SelectionFlag.Select)
    watched.composer.remove(0)
    watched.composer.move(4, 0)
    watched.composer.add_links(["https://pictures.example/cat.png"])

    assert selection.currentIndex().data() == "c"
    assert [index.data() for index in selection.selectedIndexes()] == ["c"]


def test_a_fetched_link_changes_its_row(run: Run) -> None:
    async def scenario() -> None:
        watched = Watched("ab")
        watched.composer.put("", [image("a"), LinkPart("https://pictures.example/cat"), image("b")])
        watched.said.clear()
        watched.composer.fetch(1)
        await watched.bench.settled()

        assert watched.shown == "acatb"
        assert set(watched.said) == {"changed 1-1"}

    run(scenario())


@given(st.permutations("abcdefgh"), st.permutations("abcdefgh"), st.sets(st.sampled_from("abcdefgh")))
def test_any_row_becomes_any_other(qapp: object, before: list[str], after: list[str], gone: set[str]) -> None:
    watched = Watched("".join(each for each in before if each not in gone) + "x")
    names = "".join(after[:5]) + "y"
    watched.put(names)

    assert watched.shown == names
    assert "reset" not in watched.said
