"""Code lexed while it comes, line after line; made to run in a thread."""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import NamedTuple

from desktop.ui.transcript.lexing import canonical, lexer_of, role_of

_BY_LINE = {"json", "make", "markdown", "yaml"}
"""Their lexers keep a state of their own, which cannot be taken up again: each line begins anew."""
_EXACT = {"diff", "ini", "python", "tex", "toml"}
"""Line by line they find what they find in the whole. Of the others that is looked at again in the end."""

_COMMENT = ("/*", "*/")
_MARKUP = ("<!--", "-->")
_SPANNING = {
    **dict.fromkeys(("c", "cpp", "csharp", "css", "java", "javascript"), _COMMENT),
    **dict.fromkeys(("go", "kotlin", "php", "typescript"), _COMMENT),
    **dict.fromkeys(("html", "xml"), _MARKUP),
    "lua": ("[[", "]]"),
}
"""What one expression finds from its beginning to its end: such lines are lexed together."""
_MOST_HELD = 200
"""Lines that wait for such an end."""


class Span(NamedTuple):
    """Characters of a line, from `begin` to before `end`, and the colour they have in the theme."""

    begin: int
    end: int
    role: str


Spans = Sequence[Span]
Tokens = list[tuple[int, object, str]]
"""As Pygments tells them: where each begins, of what kind it is, and its text."""


class Found(NamedTuple):
    """The spans of a line, which are counted from 0."""

    line: int
    spans: Spans


def lex(language: str, code: str) -> Iterator[Found]:
    """The spans of all lines of `code`. The first one may take 60 ms."""
    lines = _by_line(lexer_of(language).get_tokens_unprocessed(code + "\n"))
    for number, spans in zip(range(code.count("\n") + 1), lines, strict=False):
        yield Found(number, spans)


class LineLexer:
    """Feed it whole lines; it says what it found in them, and in those before that had to wait."""

    def __init__(self, language: str) -> None:
        name = canonical(language)
        self.is_exact = name in _EXACT
        """Whether what it finds is what `lex` finds in the whole."""
        self._name = name
        self._state = ["root"]
        self._held: list[str] = []
        self._done = 0

    def feed(self, lines: Iterable[str]) -> Iterator[Found]:
        for line in lines:
            self._held.append(line)
            if self._may_be_whole(line):
                yield from self._lex_held()

    def _may_be_whole(self, line: str) -> bool:
        if len(self._held) in (1, _MOST_HELD):
            return True
        return _SPANNING[self._name][1] in line

    def _lex_held(self) -> Iterator[Found]:
        text = "\n".join([*self._held, ""])
        tokens, state = self._run(text)
        spans = list(_by_line(tokens))[:-1]
        if len(self._held) < _MOST_HELD and self._is_cut(spans):
            return
        for found in spans:
            yield Found(self._done, found)
            self._done += 1
        self._state = state
        self._held = []

    def _run(self, text: str) -> tuple[Tokens, list[str]]:
        """The tokens of `text`, and the state after them."""
        lexer = lexer_of(self._name)
        if self._name in _BY_LINE:
            return list(lexer.get_tokens_unprocessed(text)), self._state
        pygments = import_module("pygments.lexer")
        context = pygments.LexerContext(text, 0, stack=list(self._state))
        # Of Pygments' two drivers of the same rules, the one whose state can be seen.
        return list(pygments.ExtendedRegexLexer.get_tokens_unprocessed(lexer, context=context)), context.stack

    def _is_cut(self, spans: Sequence[Spans]) -> bool:
        """Whether something begins in the lines that does not end there."""
        if self._name not in _SPANNING:
            return False
        opener, closer = _SPANNING[self._name]
        for number, (line, found) in enumerate(zip(self._held, spans, strict=True)):
            for match in re.finditer(re.escape(opener), line):
                around = _words_around(match.start(), found)
                rest = [line[match.end() :], *self._held[number + 1 :]]
                begins = around is None or around.begin == match.start()
                if begins and not any(closer in one for one in rest):
                    return True
        return False


def _words_around(place: int, spans: Spans) -> Span | None:
    """The comment or string that `place` is in."""
    is_around = (one for one in spans if one.begin <= place < one.end and one.role in ("comment", "string"))
    return next(is_around, None)


def _by_line(tokens: Iterable[tuple[int, object, str]]) -> Iterator[list[Span]]:
    """The spans of each line; of an unfinished one as well."""
    spans: list[Span] = []
    column = 0
    for _, kind, value in tokens:
        role = role_of(str(kind).removeprefix("Token."))
        first, *others = value.split("\n")
        column = _add(spans, column, first, role)
        for part in others:
            yield spans
            spans = []
            column = _add(spans, 0, part, role)
    yield spans


def _add(spans: list[Span], begin: int, text: str, role: str) -> int:
    """Append what `text` looks like, which begins in this column; where it ends."""
    end = begin + len(text)
    if role and text:
        if spans and spans[-1].end == begin and spans[-1].role == role:
            begin = spans.pop().begin
        spans.append(Span(begin, end, role))
    return end
