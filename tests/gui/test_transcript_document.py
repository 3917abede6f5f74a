"""Blocks written into a document: in the end as if at once, on the way without disturbing anything."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QTextCursor, QTextDocument, QTextTable
from pytestqt.qtbot import QtBot

from desktop.markdown.stream import MarkdownStream, Update, parse
from desktop.ui.theme import DARK, LIGHT, Colors
from desktop.ui.transcript.look import Look
from desktop.ui.transcript.writer import MAX_COLUMNS, DocumentWriter
from tests.support.documents import blocks, colored, lines, told
from tests.support.markdown import ANSWER, answer, markdown, pieces

pytestmark = pytest.mark.usefixtures("qapp")
FONT = QFont("DejaVu Sans", 10)


class Page:
    """A document, its writer and the stream that feeds it."""

    def __init__(self, colors: Colors = LIGHT) -> None:
        self.document = QTextDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.documentLayout()  # from now on changes are announced
        self.writer = DocumentWriter(self.document, Look(FONT, colors))
        self._stream = MarkdownStream()

    def feed(self, *texts: str) -> "Page":
        for text in texts:
            self.writer.apply(self._stream.feed(text))
        return self

    def finish(self) -> "Page":
        self.writer.apply(self._stream.finish())
        return self


def at_once(text: str) -> str:
    page = Page()
    page.writer.apply(Update(parse(text)))
    return told(page.document)


@given(markdown, st.integers(1, 7))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_streamed_document_ends_as_one_written_at_once(text: str, length: int) -> None:
    page = Page().feed(*pieces(text, length)).finish()

    assert told(page.document) == at_once(text)


@pytest.mark.parametrize("length", [1, 3, 16])
def test_an_answer_with_everything_on_it(length: int) -> None:
    page = Page().feed(*pieces(ANSWER, length)).finish()

    assert told(page.document) == at_once(ANSWER)


def test_a_long_answer_in_frames() -> None:
    text = answer(64_000)

    page = Page().feed(*pieces(text, 64)).finish()

    assert told(page.document) == at_once(text)


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n| c |\n|---|\n| 5 |\n",
        "- | a | b |\n  |---|---|\n  | 1 | 2 |\n- ```py\n  x\n  ```\n- ---\n",
        "[a] and [b]\n\n| [a] |\n|---|\n\n- [b]\n\n# Links\n\n[a]: http://a\n\nmore\n\n[b]: http://b\n\nend\n",
        "a 👩‍💻 *b* 👩‍💻 c\nd `e` \u2029 f \ufdd0 g\n",
        "```\na\n\n  b\u2028c\n```\n",
        "100. a\n101. b\n",
    ],
)
def test_what_is_hard_to_write_in_pieces(text: str) -> None:
    for length in (1, 2, 5):
        assert told(Page().feed(*pieces(text, length)).finish().document) == at_once(text)


def test_committed_text_is_never_written_again() -> None:
    page = Page().feed("# One\n\n", "Two **three**\n\n", "- four\n- fi")
    changes: list[int] = []
    page.document.contentsChange.connect(lambda position, _removed, _added: changes.append(position))
    tail = page.document.toPlainText().index("fi")

    page.feed("ve\n", "- six\n\n", "```py\n", "x = 1\n", "```\n\n").finish()

    assert changes
    assert min(changes) >= tail


def test_an_open_paragraph_grows_by_what_came() -> None:
    page = Page().feed("some words and **bold")
    added: list[int] = []
    page.document.contentsChange.connect(lambda _position, _removed, length: added.append(length))

    page.feed(" words that go on** and", " more")

    assert page.document.toPlainText() == "some words and bold words that go on and more"
    assert added[-1] < len(page.document.toPlainText())


def test_a_cursor_in_the_middle_stays_where_it_is() -> None:
    page = Page().feed("First paragraph.\n\nSecond paragraph.\n\n| a | b |\n|---|---|\n| one | two |\n| th")
    first, cell = page.document.find("paragraph"), page.document.find("one")

    page.feed("ree | four |\n", "\nAfter ", "the *table*.").finish()

    assert first.selectedText() == "paragraph"
    assert cell.selectedText() == "one"


def test_tables_are_tables() -> None:
    page = Page().feed("| a | b |\n|---|---|\n| **1** | 2 |\n").finish()
    table = page.document.find("1").currentTable()

    assert isinstance(table, QTextTable)
    assert (table.rows(), table.columns()) == (2, 2)
    assert page.document.find("1").charFormat().fontWeight() > QFont.Weight.Normal


def test_a_table_too_wide_for_qt_is_shown_as_lines() -> None:
    width = MAX_COLUMNS + 1
    row = "|x" * width + "|\n"

    page = Page().feed(row, "|-" * width + "|\n", row).finish()

    assert lines(page.document) == [" | ".join("x" * width)] * 2


def test_items_are_items_of_lists_with_their_numbers() -> None:
    page = Page().feed("8. a\n9. b\n").finish()
    items = [block.textList() for block in blocks(page.document)]

    assert [item.itemText(block) for item, block in zip(items, blocks(page.document), strict=True)] == [
        "8.",
        "9.",
    ]


def test_code_is_coloured_once_it_is_closed(qtbot: QtBot) -> None:
    page = Page().feed("```python\ndef f():\n    return 'é👩‍💻', 1 # x\n")
    assert not any(colored(block) for block in blocks(page.document))

    page.feed("```\n")

    first, second = list(blocks(page.document))[:2]
    qtbot.waitUntil(lambda: bool(colored(second)))
    assert colored(first)["def"] == LIGHT.keyword.name()
    assert colored(second)["return"] == LIGHT.keyword.name()
    assert colored(second)["1"] != ""


@pytest.mark.parametrize("language", ["", "nonsense", "pytho", "../../x", "😀"])
def test_code_in_an_unknown_language_stays_plain(language: str, qtbot: QtBot) -> None:
    page = Page().feed(f"```{language}\ndef\n```\n\n```python\ndef\n```\n").finish()
    first, second = blocks(page.document)

    qtbot.waitUntil(lambda: bool(colored(second)))

    assert not colored(first)


def test_colouring_gives_up_where_the_document_was_emptied(qtbot: QtBot) -> None:
    page = Page().feed("```python\n" + "def f(): pass\n" * 500 + "```\n")
    page.document.clear()
    later = Page().feed("```python\ndef\n```\n")

    qtbot.waitUntil(lambda: bool(colored(later.document.begin())))

    assert page.document.isEmpty()


def test_another_look_keeps_the_words_and_changes_the_colours(qtbot: QtBot) -> None:
    page = Page().feed(ANSWER, "\n\nan open *tail").finish()
    words = page.document.toPlainText()

    page.writer.restyle(Look(FONT, DARK))

    again = Page(DARK).feed(ANSWER, "\n\nan open *tail").finish()
    assert page.document.toPlainText() == words
    assert told(page.document) == told(again.document)
    line = page.document.find("return").block()
    qtbot.waitUntil(lambda: bool(colored(line)))
    assert colored(line)["return"] == DARK.keyword.name()


def test_it_can_be_restyled_while_it_streams() -> None:
    page = Page().feed(*pieces(ANSWER[:400], 5))
    page.writer.restyle(Look(FONT, LIGHT))
    page.feed(*pieces(ANSWER[400:], 5)).finish()

    assert told(page.document) == at_once(ANSWER)


def test_a_selection_of_everything_is_plain_text_with_every_line() -> None:
    page = Page().feed("a\nb\n\n```\nc\n\nd\n```\n").finish()
    cursor = QTextCursor(page.document)
    cursor.select(QTextCursor.SelectionType.Document)

    assert cursor.selection().toPlainText() == "a\nb\nc\n\nd"
