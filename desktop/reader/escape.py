"""Text as Markdown that says the same: a backslash only where CommonMark would take a mark for markup.

Lines of a paragraph come one by one, and what is written stays written. A mark that might open something
is left alone, and whatever would close it is escaped.
"""

import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5
from string import punctuation

_BLOCK = re.compile(
    r"""(?P<mark>\#)\#{0,5}(?=\s|$)                   # a heading
      | (?P<quote>>)
      | (?P<bullet>[-+*])(?=\s|$)
      | (?P<rule>[-_*])(?:[ \t]*(?P=rule))*[ \t]*$   # the next line may complete it
      | (?P<underline>=)=*[ \t]*$                    # of a heading
      | (?P<row>[|:-])(?=[|: \t-]*$)                 # below the heads of a table
      | (?P<fence>~)(?=~~)
    """,
    re.VERBOSE,
)
"""What begins, or turns the line above into, another block."""

_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_DEFINITION = re.compile(r"\[(?:[^\]\\]|\\.)*(?:\]:|$)")
_TAG = re.compile(
    r"<(?: [!?] | /?[A-Za-z][A-Za-z0-9-]*(?:[\s/>]|$) | [A-Za-z][A-Za-z0-9+.-]*: | [^\s<>]+@ )", re.VERBOSE
)
_ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|([A-Za-z][A-Za-z0-9]*));")
_TOKEN = re.compile(r"\*+|_+|~+|[`\\<&\[\]$]|[^*_~`\\<&\[\]$]+")

_DOLLAR, _BRACKET = "&#36;", "&#91;"
"""What nothing takes for a part of a formula, as `\\$` may end one and `\\[` begin one."""


class Escape:
    """Escapes the lines of one paragraph, or of one cell of a table."""

    def __init__(self) -> None:
        self._is_begun = False
        self._open: set[str] = set()
        self._before = "\n"
        self._dollar = "$"

    @property
    def emphasis_is_open(self) -> bool:
        """Whether a star stands there that another one would close."""
        return "*" in self._open

    def line(self, text: str, *, begins: bool = True, stressed: bool = False) -> str:
        """`text` where a line of Markdown begins, or after a blank in it. `stressed`: stars go around it."""
        done, rest = self._begin(text) if begins and not stressed else ("", text)
        self._before = done[-1:] or ("\n" if begins else " ")
        self._is_begun = True
        # A star beside it hides from the rule below what the dollar stands beside.
        self._dollar = _DOLLAR if stressed else self._as_dollar(rest)
        return done + "".join(self._marks(rest, stressed=stressed))

    def _begin(self, text: str) -> tuple[str, str]:
        """The first mark, escaped, if it would begin a block, and the text after it."""
        if match := _BLOCK.match(text):
            return f"\\{match[0][0]}", text[1:]
        if (match := _NUMBERED.match(text)) and (not self._is_begun or int(match[1]) == 1):
            return f"{match[1]}\\{match[2]}", text[match.end() :]
        if not self._is_begun and _DEFINITION.match(text):
            return _BRACKET, text[1:]
        return "", text

    def _marks(self, text: str, *, stressed: bool) -> Iterator[str]:
        for match in _TOKEN.finditer(text):
            token, after = match[0], text[match.end() : match.end() + 1]
            yield self._token(token, text[match.start() :], after or " ", stressed=stressed)
            self._before = token[-1]

    def _token(self, token: str, rest: str, after: str, *, stressed: bool) -> str:
        mark = token[0]
        if mark == "$":
            return self._dollar
        if mark in "*_~":
            return self._run(token, after, stressed=stressed)
        if mark == "[":
            self._open.add(mark)
        means_something = (
            mark == "`"
            or (mark == "\\" and (after in punctuation or len(rest) == 1))
            or (mark == "<" and _TAG.match(rest))
            or (mark == "&" and _is_entity(rest))
            or (mark == "]" and after == "(" and "[" in self._open)
        )
        return f"\\{token}" if means_something else token

    def _run(self, run: str, after: str, *, stressed: bool) -> str:
        """Stars and their like: what could close is escaped where something may be open."""
        opens, closes = _flanks(run[0], self._before, after)
        if (closes and run[0] in self._open) or (stressed and run[0] == "*"):
            return "".join(f"\\{mark}" for mark in run)
        if opens:
            self._open.add(run[0])
        return run

    def _as_dollar(self, text: str) -> str:
        """How to write a dollar: the app takes `$a$` for a formula, in which no escape holds."""
        places = [n for n, character in enumerate(text) if character == "$"]
        if not places:
            return "$"
        was_open = "$" in self._open
        begins = [was_open, *(not text[n + 1 : n + 2].isspace() for n in places)]
        if "$$" in text or any(a and _ends_formula(text, n) for a, n in zip(begins, places, strict=False)):
            return _DOLLAR if was_open else "\\$"
        self._open.discard("$")
        if text[places[-1] + 1 :].strip():
            self._open.add("$")
        return "$"


def _ends_formula(text: str, place: int) -> bool:
    before, after = text[max(0, place - 1) : place], text[place + 1 : place + 2]
    return bool(before.strip()) and not after.isdigit()


def _is_entity(text: str) -> bool:
    match = _ENTITY.match(text)
    return match is not None and (match[1] is None or f"{match[1]};" in html5)


def _flanks(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a run of marks can open, and whether it can close. Source: CommonMark, on delimiter runs."""
    left = not after.isspace() and (not _is_punctuation(after) or _is_outside(before))
    right = not before.isspace() and (not _is_punctuation(before) or _is_outside(after))
    if mark != "_":
        return left, right
    return left and (not right or _is_punctuation(before)), right and (not left or _is_punctuation(after))


def _is_outside(character: str) -> bool:
    return character.isspace() or _is_punctuation(character)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
