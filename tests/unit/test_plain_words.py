"""House rules by which no words are taken for HTML: what Qt shows as rich text, it lays out and loads."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.support.source import Module, modules

UI = modules("desktop/ui")
LABEL = "desktop/ui/plain_label.py"
RICH = {
    "PySide6.QtWidgets.QLabel": "a PlainLabel shows words as they are written",
    "PySide6.QtWidgets.QMessageBox": "it guesses what is HTML",
    "PySide6.QtWidgets.QTextBrowser": "it loads what its text names",
    "PySide6.QtWidgets.QWhatsThis": "it guesses what is HTML",
}
GUESSING = {"setHtml", "insertHtml", "setMarkdown", "insertMarkdown", "setWhatsThis"}
"""What makes rich text of words; the transcript is built of characters and formats instead."""

every_module = pytest.mark.parametrize("module", UI, ids=lambda module: str(module.path))


def calls(module: Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))


def name_of(node: ast.expr) -> str:
    match node:
        case ast.Call(func=ast.Attribute(attr=name)) | ast.Call(func=ast.Name(id=name)):
            return name
        case _:
            return ""


def rich_calls(module: Module) -> list[int]:
    """Lines that make rich text; that of a `QMimeData` is for others."""
    return [call.lineno for call in calls(module) if name_of(call) in GUESSING - {_of_mime(call)}]


def _of_mime(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(value=ast.Name(id="mime"), attr=name):
            return name
        case _:
            return ""


def doubtful_tips(module: Module) -> list[int]:
    """Lines that set tool tips of words that are neither the app's own nor made plain."""
    places = {"setToolTip": 0, "showText": 1}
    return [
        call.lineno
        for call in calls(module)
        if (place := places.get(name_of(call))) is not None
        and name_of(call.args[place]) not in {"tr", "plain_tip"}
    ]


def guessing_rows(module: Module) -> list[int]:
    """Lines that have a form make the label of a row, which is none of ours."""
    return [
        call.lineno for call in calls(module) if name_of(call) == "addRow" and name_of(call.args[0]) == "tr"
    ]


@every_module
def test_no_widget_guesses_whether_words_are_html(module: Module) -> None:
    if not module.is_in(LABEL):
        assert not RICH.keys() & module.imports()
    assert not rich_calls(module)
    assert not guessing_rows(module)


@every_module
def test_tool_tips_are_the_apps_own_words_or_made_plain(module: Module) -> None:
    assert not doubtful_tips(module)


def test_the_rules_find_what_they_forbid() -> None:
    source = """
from PySide6.QtWidgets import QLabel
edit.setHtml(words)
mime.setHtml(words)
button.setToolTip(name)
button.setToolTip(f"{name}")
button.setToolTip(plain_tip(name))
button.setToolTip(self.tr("Send"))
QToolTip.showText(place, name)
form.addRow(self.tr("Name"), field)
form.addRow("", field)
form.addRow(label, field)
"""
    module = Module(PurePosixPath("desktop/ui/x.py"), source)

    assert RICH.keys() & module.imports() == {"PySide6.QtWidgets.QLabel"}
    assert rich_calls(module) == [3]
    assert doubtful_tips(module) == [5, 6, 9]
    assert guessing_rows(module) == [10]
