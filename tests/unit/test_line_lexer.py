"""Code lexed line by line: what was found on the way, and that it is what the whole says."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.transcript.lexing import is_known
from desktop.ui.transcript.line_lexer import Found, LineLexer, Span, lex

PYTHON = '''"""A doc
string."""
@decorated
class A(B):
    def f(self, x: int = 3) -> str:
        """One
        more."""
        return f"{x!r} {
  y}" + \'\'\'a
b\'\'\'  # 👩‍💻 comment

x = (1 +
  0x2)
'''
TOML = '[a]\nb = """x\ny"""\nc = [1,\n 2]\n# d\ne = 1979-05-27\n'
INI = "[a]\nb = c\n; d\nx: y"
DIFF = "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z\n"
TEX = "\\documentclass{a}\n% c\n\\begin{x}\n$a_1\n b$ \\[ c\n d \\]\n\\end{x}\n"
EXACT = {"python": PYTHON, "toml": TOML, "ini": INI, "diff": DIFF, "tex": TEX}

COMMENT = 'int x; /* one\n two "x"\n three */ int y;\n// four /* \nchar *s = "/*";\n'
LANGUAGES = ["python", "c++", "js", "json", "yaml", "md", "html", "lua", "Makefile", "PHP", "rb", "sh", "sql"]
HOSTILE = st.lists(
    st.sampled_from(['"', "'", "/*", "*/", "[[", "<!--", "{", "}", "\\", "\n", "x", "👩‍💻", "\x00", "<?php "])
).map("".join)


def roles(code: str, found: Sequence[Found]) -> dict[str, str]:
    """What each coloured piece of text looks like."""
    lines = code.split("\n")
    return {lines[line][span.begin : span.end]: span.role for line, spans in found for span in spans}


def line_by_line(language: str, code: str) -> list[Found]:
    return list(LineLexer(language).feed(code.split("\n")))


@pytest.mark.parametrize("language", EXACT)
def test_line_by_line_it_finds_what_it_finds_in_the_whole(language: str) -> None:
    code = EXACT[language]

    assert LineLexer(language).is_exact
    assert line_by_line(language, code) == list(lex(language, code))


@given(st.lists(st.integers(1, 5)))
def test_it_does_not_matter_how_many_lines_come_at_once(counts: list[int]) -> None:
    lines, lexer, found = PYTHON.split("\n"), LineLexer("python"), list[Found]()
    for count in [*counts, len(lines)]:
        found += lexer.feed(lines[:count])
        lines = lines[count:]

    assert found == list(lex("python", PYTHON))


def test_spans_count_characters_of_their_line() -> None:
    *_, found = lex("python", "\n'👩‍💻' + 1")

    assert found == Found(1, [Span(0, 5, "string"), Span(8, 9, "number")])


@pytest.mark.parametrize("language", ["c", "java", "typescript", "go", "css"])
def test_a_comment_over_lines_waits_for_its_end(language: str) -> None:
    lexer = LineLexer(language)
    begun = list(lexer.feed(["int x; /* one", ' two "x"']))

    ended = list(lexer.feed([" three */ int y;"]))

    assert not begun
    assert [found.line for found in ended] == [0, 1, 2]
    assert ended[1].spans == [Span(0, 8, "comment")]
    assert ended[2].spans[0] == Span(0, 9, "comment")


def test_what_only_looks_like_a_comment_holds_nothing_up() -> None:
    assert roles(COMMENT, line_by_line("c", COMMENT)) == roles(COMMENT, list(lex("c", COMMENT)))
    assert [found.line for found in line_by_line("c", COMMENT)] == [0, 1, 2, 3, 4, 5]


def test_a_comment_without_end_is_not_waited_for_forever() -> None:
    code = "/* one\n" + "x\n" * 500

    assert len(line_by_line("java", code)) > 300


@pytest.mark.parametrize("language", LANGUAGES)
@given(code=HOSTILE)
def test_every_line_is_found_once_and_in_order(language: str, code: str) -> None:
    assert is_known(language)
    numbers = list(range(code.count("\n") + 1))

    assert [found.line for found in lex(language, code)] == numbers
    found = [found.line for found in line_by_line(language, code)]
    assert found == numbers[: len(found)]


@pytest.mark.parametrize("language", ["", "pytho", "../../x", "😀", "python;"])
def test_a_name_that_is_not_in_the_table_is_unknown(language: str) -> None:
    assert not is_known(language)
