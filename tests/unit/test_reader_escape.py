"""Text as Markdown that says the same, with as few backslashes as that takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reader.escape import Escape
from tests.support.read_markdown import shown_of, words_of

MARKS = [
    "*",
    "**",
    "_",
    "__",
    "~~",
    "`",
    "``",
    "```",
    "\\",
    "[",
    "]",
    "](",
    "](u)",
    "![",
    "<",
    ">",
    "<b>",
    "</",
]
MORE_MARKS = [
    "<!--",
    "<a@b.c>",
    "<http:",
    "&",
    "&amp;",
    "&#65;",
    "&x;",
    "$",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "|",
    "~~~",
]
BEGINNINGS = [
    "#",
    "## ",
    "-",
    "- ",
    "+ ",
    "* ",
    "1. ",
    "2) ",
    "17. ",
    "---",
    "===",
    "***",
    "[x]: ",
    "|-|",
    ":-:",
]
WORDS = ["a", "word", "7", "中文", "。", ".", "“", " ", "-", "x", "é"]

texts = (
    st.lists(st.sampled_from(MARKS + MORE_MARKS + BEGINNINGS + WORDS), min_size=1, max_size=8)
    .map("".join)
    .map(str.strip)
    .filter(bool)
)


def escaped(*lines: str) -> str:
    escape = Escape()
    return "  \n".join(escape.line(line) for line in lines)


@given(st.lists(texts, min_size=1, max_size=4))
def test_any_lines_say_what_they_said(lines: list[str]) -> None:
    markdown = escaped(*lines)

    assert words_of(markdown) == "\n".join(lines)
    assert shown_of(markdown) == "\n".join(lines)


@given(texts, texts)
def test_within_a_line_nothing_begins_a_block(one: str, other: str) -> None:
    escape = Escape()
    markdown = f"{escape.line(one)} {escape.line(other, begins=False)}"

    assert words_of(markdown) == shown_of(markdown) == f"{one} {other}"


@given(texts)
def test_between_stars_there_are_no_others(text: str) -> None:
    markdown = f"*{Escape().line(text, stressed=True)}*"

    assert words_of(markdown) == shown_of(markdown) == text


@pytest.mark.parametrize(
    "plain",
    [
        "2 * 3 = 6",
        "snake_case and CamelCase",
        "C:\\Users\\lin",
        "a < b && c > d",
        "costs $5, or $6.50",
        "AT&T",
        "Open [Settings]",
        "#tag",
        "-5 °C",
        "3.14",
        "100 % *",
        "A - B",
        "a|b",
        "CARD **** 4821",
        "(see [1])",
        "x_1",
        "~/orders",
        "—",
    ],
)
def test_what_means_nothing_stays_as_it_is(plain: str) -> None:
    assert escaped(plain) == plain


@pytest.mark.parametrize(
    ("plain", "markdown"),
    [
        ("# heading", "\\# heading"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("> quote", "\\> quote"),
        ("---", "\\---"),
        ("*stressed*", "*stressed\\*"),
        ("_id_", "_id\\_"),
        ("`code`", "\\`code\\`"),
        ("<b>", "\\<b>"),
        ("&lt;", "\\&lt;"),
        ("[a](b)", "[a\\](b)"),
        ("[a]: b", "&#91;a]: b"),
        ("$a$", "\\$a\\$"),
        ("\\*", "\\\\*"),
        ("ends with \\", "ends with \\\\"),
    ],
)
def test_what_means_something_is_escaped(plain: str, markdown: str) -> None:
    assert escaped(plain) == markdown


def test_a_line_that_cannot_begin_a_list_there_keeps_its_number() -> None:
    assert escaped("Founded in", "1868. A hard year.") == "Founded in  \n1868. A hard year."
