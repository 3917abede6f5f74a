"""What a selection is in the clipboard, and what an editor makes of it."""

from threading import Event

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QTextTable
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from desktop.markdown.stream import parse
from desktop.ui.transcript.copying import MARKDOWN, SHORT, Copier, Form, Messages, copied, mime_of

ROWS = "|   |   |\n|---|---|\n| a | b |\n| c | d |\n"
"""As selected rows are, whose header is not among them."""


@pytest.mark.parametrize(
    ("form", "types"),
    [
        (Form.RICH, ["text/html", "text/plain", MARKDOWN]),
        (Form.MARKDOWN, ["text/plain", MARKDOWN]),
        (Form.PLAIN, ["text/plain"]),
    ],
)
def test_a_program_that_takes_the_first_type_takes_what_says_most(form: Form, types: list[str]) -> None:
    assert mime_of(copied([parse("**a**")]), form).formats() == types


def test_rows_are_pasted_without_an_empty_header(qtbot: QtBot) -> None:
    editor = QTextEdit()
    qtbot.addWidget(editor)
    editor.insertFromMimeData(mime_of(copied([parse(ROWS)])))
    (table,) = (
        frame for frame in editor.document().rootFrame().childFrames() if isinstance(frame, QTextTable)
    )
    assert (table.rows(), table.columns()) == (2, 2)


def test_messages_of_one_paragraph_do_not_run_together(qtbot: QtBot) -> None:
    editor = QTextEdit()
    qtbot.addWidget(editor)
    editor.insertFromMimeData(mime_of(copied([parse("Is it?"), parse("It is.")])))
    assert editor.toPlainText() == "Is it?\nIt is."


def test_what_is_copied_meanwhile_stays(qtbot: QtBot) -> None:
    owner, other, may_render = QObject(), QObject(), Event()
    first, second, clipboard = Copier(owner), Copier(other), QGuiApplication.clipboard()
    seen: list[str] = []
    connection = clipboard.dataChanged.connect(lambda: seen.append(clipboard.text()))

    def find() -> Messages:
        assert may_render.wait(10)
        return [parse("first")]

    first.copy(find, SHORT + 1)
    clipboard.setText("meanwhile")
    may_render.set()
    # One thread renders all, in the order in which they were copied.
    with qtbot.waitSignal(second.copied):
        second.copy(lambda: [parse("second")], SHORT + 1)
    assert seen == ["meanwhile", "second"]
    clipboard.dataChanged.disconnect(connection)
