"""Colours of code: they come while it comes, and are in the end what the whole says."""

import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.markdown.blocks import CodeBlock
from desktop.ui.theme import DARK, LIGHT, Colors
from desktop.ui.transcript import highlighting
from desktop.ui.transcript.code_box import CodeBox
from desktop.ui.transcript.code_rows import ROW
from desktop.ui.transcript.highlighting import LONGEST, Highlighter
from desktop.ui.transcript.line_lexer import Found, LineLexer, lex
from tests.support.painted import colors_in, laid_out, look, picture, rows_of

pytestmark = pytest.mark.usefixtures("qapp")

C = "/* one\n two */\nint main(int argc) {\n  return f(1);\n}\n"


def ignore(_top: float, _bottom: float) -> None:
    """What nobody looks at is not painted."""


def box_of(language: str, text: str, *, closed: bool = True, colors: Colors = LIGHT) -> CodeBox:
    return laid_out(CodeBox(CodeBlock(language, text, closed), look(colors)))


def is_colored(box: CodeBox) -> bool:
    """Whether the code that is in it has all its colours."""
    found = {line: list(spans) for line, spans in lex(box.language, box.text) if spans}
    return found == {line: list(spans) for line, spans in enumerate(box.colors) if spans}


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_words_get_the_colours_of_the_theme(colors: Colors, qtbot: QtBot) -> None:
    highlighter, box = Highlighter(), box_of("py", 'def f():\n    return "é👩‍💻 ELEMENTS", 1', colors=colors)
    assert colors.keyword.name() not in colors_in(picture(box))

    highlighter.follow(box, ignore)

    qtbot.waitUntil(lambda: is_colored(box))
    assert {colors.keyword.name(), colors.string.name()} <= colors_in(picture(box))


@pytest.mark.parametrize("language", ["python", "java", "json", "yaml"])
def test_finished_lines_are_coloured_while_more_come(language: str, qtbot: QtBot) -> None:
    highlighter, box = Highlighter(), box_of(language, "", closed=False)
    highlighter.follow(box, ignore)
    line = {"json": '"a": "b"', "yaml": "a: 'b'"}.get(language, 'class x: "b"')

    box.show(CodeBlock(language, f"{line}\n{line}\n{line}", closed=False), 0)

    qtbot.waitUntil(lambda: len(box.colors) == 2)
    assert box.colors[0]
    box.show(CodeBlock(language, f"{line}\n{line}\n{line}\n{line}", closed=True), 3)
    qtbot.waitUntil(lambda: is_colored(box))
    assert len(box.colors) == 4


def test_in_the_end_the_whole_is_looked_at(qtbot: QtBot) -> None:
    by_line = list(LineLexer("c").feed(C.split("\n")))
    assert by_line != list(lex("c", C))
    highlighter, box = Highlighter(), box_of("c", C, closed=False)
    highlighter.follow(box, ignore)
    qtbot.waitUntil(lambda: bool(box.colors[3]))

    box.show(CodeBlock("c", C, closed=True), 6)

    qtbot.waitUntil(lambda: is_colored(box))


def test_code_that_ends_without_its_end_is_coloured_to_its_last_line(qtbot: QtBot) -> None:
    highlighter, box = Highlighter(), box_of("python", "class A: pass\nclass B", closed=False)
    highlighter.follow(box, ignore)
    qtbot.waitUntil(lambda: bool(box.colors[0]))

    box.finish()

    qtbot.waitUntil(lambda: is_colored(box))


def test_code_that_becomes_another_is_coloured_again(qtbot: QtBot) -> None:
    highlighter, box = Highlighter(), box_of("c", C)
    highlighter.follow(box, ignore)
    qtbot.waitUntil(lambda: is_colored(box))

    box.show(CodeBlock("python", "class A: pass\n# no\n" * 300), 0)

    assert not any(box.colors)
    qtbot.waitUntil(lambda: is_colored(box))


def test_long_code_comes_in_batches_and_ends(qtbot: QtBot) -> None:
    highlighter, box = Highlighter(), box_of("javascript", "let x = `a ${1}` // c\n" * 1500)

    highlighter.follow(box, ignore)

    qtbot.waitUntil(lambda: is_colored(box))
    qtbot.waitUntil(lambda: not highlighter._timer.isActive())


def test_only_what_is_told_to_be_repainted_looks_different(qtbot: QtBot) -> None:
    highlighter, box = Highlighter(), box_of("python", "\n\nx\nclass A: pass\nx\nimport b\nx\n")
    before, told = picture(box), list[tuple[float, float]]()

    highlighter.follow(box, lambda top, bottom: told.append((top, bottom)))

    qtbot.waitUntil(lambda: is_colored(box))
    after = picture(box)
    top, bottom = min(told)[0], max(told)[1]
    assert top == box.rectangle_of(4).top()
    assert bottom == box.rectangle_of(len(box.text) - 3).bottom()
    assert rows_of(after, 0, top) == rows_of(before, 0, top)
    assert rows_of(after, top, bottom) != rows_of(before, top, bottom)
    assert rows_of(after, bottom, box.height) == rows_of(before, bottom, box.height)


def test_colours_go_over_the_break_of_a_long_line(qtbot: QtBot) -> None:
    highlighter, box = Highlighter(), box_of("python", "x = '" + "👩y" * 3000 + "' # end")
    highlighter.follow(box, ignore)

    qtbot.waitUntil(lambda: is_colored(box))

    first, second = (next(box.colors.between(0, row * ROW, row * ROW + ROW)) for row in range(2))
    assert (first.begin, first.end) == (4, 6006)
    assert (second.begin, second.end) == (4 - ROW, 6006 - ROW)


@pytest.mark.parametrize(("language", "text"), [("", "def"), ("pytho", "def"), ("python", "x\n" * LONGEST)])
def test_what_has_no_colours_stays_plain_and_holds_nothing_up(language: str, text: str, qtbot: QtBot) -> None:
    highlighter, plain, later = Highlighter(), box_of(language, text), box_of("python", "def")
    highlighter.follow(plain, ignore)
    highlighter.follow(later, ignore)

    qtbot.waitUntil(lambda: is_colored(later))

    assert not any(plain.colors)


def test_a_lexer_that_fails_costs_colours_only(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_language: str, _code: str) -> Iterator[Found]:
        yield Found(0, [])
        raise RuntimeError

    highlighter, failing, later = Highlighter(), box_of("c", C), box_of("python", "def")
    monkeypatch.setattr(highlighting, "lex", fail)
    highlighter.follow(failing, ignore)
    highlighter.follow(later, ignore)

    qtbot.waitUntil(lambda: is_colored(later))
    qtbot.waitUntil(lambda: not highlighter._timer.isActive())

    assert not any(failing.colors)


def test_a_box_that_nobody_holds_is_let_go(qtbot: QtBot) -> None:
    highlighter, later = Highlighter(), box_of("python", "def")
    box = box_of("python", "def f(): pass\n" * 2000)
    highlighter.follow(box, ignore)
    gone = weakref.ref(box)

    del box

    assert gone() is None
    highlighter.follow(later, ignore)
    qtbot.waitUntil(lambda: is_colored(later))
    qtbot.waitUntil(lambda: not highlighter._timer.isActive())
