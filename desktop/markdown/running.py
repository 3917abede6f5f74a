"""Text of one block that is still being written: what nothing to come can change is rendered once."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from desktop.markdown.blocks import Run, Runs
from desktop.markdown.definitions import Definition
from desktop.markdown.inline import LONGEST_MEANING, MEANING, joined, plain, runs, some_runs_of
from desktop.markdown.leaves import without_end
from desktop.markdown.parser import Brackets, parse_inline
from desktop.markdown.references import References

_ENOUGH = 256
"""Characters of text that are worth settling while it is plain or waits for the other half of a mark."""

_LONG = 1_000
"""Characters of unsettled text from which on it is parsed again only when it has grown by a quarter."""

_BLANKS = " \t\n"


class _Seen(NamedTuple):
    """What a text showed: see `RunningText`."""

    settled_length: int = 0
    parsed: Runs = ()
    added: str = ""


class RunningText:
    """Feed it the source of a paragraph or a heading; `runs` is what it shows so far.

    A beginning that a blank follows is settled when no mark in it can still open anything. A mark that
    waits for its other half shows as it is.
    """

    def __init__(self, known: Mapping[str, Definition], *, closing_marks: bool, links: bool = True) -> None:
        self.missed: set[str] = set()
        self._known = known
        self._closing_marks = closing_marks
        self._links = links
        self._brackets = Brackets()
        self._settled: list[Run] = []
        self._settled_length = 0
        self._open = ""
        self._has_meaning = False
        self._stuck = False
        self._parsed: Runs = ()  # what the beginning of `_open` shows, as far as it was looked at
        self._parsed_length = 0
        self._added = ""  # what the rest of it shows
        self._seen = _Seen()
        self._settled_since: list[Run] = []

    @property
    def runs(self) -> Runs:
        view = _put_together(self._parsed, _plain_runs(self._added))
        if not self._settled:
            return view
        settled, index = self._settled, len(self._settled) - 1
        last = settled[index]
        settled[index:] = _put_together(
            (last,), view
        )  # for a while: one copy of what may be thousands of runs
        together = tuple(settled)
        settled[index:] = [last]
        return together

    @property
    def links_too_deep(self) -> bool:
        """Whether all of it has to be looked at again, without links."""
        return self._links and self._brackets.too_deep

    def take_kept(self) -> int:
        """How many characters of `runs` are what they were when this was asked last."""
        seen, self._seen = self._seen, _Seen(self._settled_length, self._parsed, self._added)
        settled, self._settled_since = self._settled_since, []
        if self._parsed is seen.parsed and not settled:
            unchanged = sum(len(run.text) for run in seen.parsed)
            return seen.settled_length + unchanged + _common_length(seen.added, self._added)
        before = joined((*seen.parsed, Run(seen.added)))
        return seen.settled_length + _common(before, joined((*settled, *self._parsed, Run(self._added))))

    def feed(self, source: str) -> None:
        self._brackets.feed(source)
        known_length = len(self._open)
        self._open += source
        if not self._has_meaning:
            begin = max(0, known_length - LONGEST_MEANING)
            self._has_meaning = MEANING.search(self._open, begin) is not None
        if not self._has_meaning:
            self._show_plain()
        elif self._can_wait(source):
            self._added = plain(self._shown_source()[self._parsed_length :])
        else:
            self._parse()

    def finish(self) -> None:
        """Nothing follows: settle all of it."""
        references = References(self._known)
        self._settle(some_runs_of(self._shown_source(), references, links=self._links), references)
        self._open, self._parsed, self._added = "", (), ""

    def _show_plain(self) -> None:
        if len(self._open) > _ENOUGH and (cut := self._last_cut()):
            self._settle((Run(plain(self._open[:cut])),))
            self._open = self._open[cut:]
        self._parsed, self._added = (), plain(self._shown_source())

    def _can_wait(self, source: str) -> bool:
        if _LONG < len(self._open) < self._parsed_length * 5 // 4:
            return True
        return self._stuck and not _CLOSES.search(source)

    def _parse(self) -> None:
        cut = self._last_cut()
        words = self._settle_words(cut) if cut else ()
        self._stuck = bool(words)
        shown = self._shown_source()
        self._parsed_length = cut if words else 0
        self._parsed, self._added = words, plain(shown[self._parsed_length :])
        if _COMPLETE.search(shown, self._parsed_length):
            self._parsed = some_runs_of(shown, References(self._known), links=self._links)
            self._parsed_length, self._added = len(shown), ""

    def _settle_words(self, cut: int) -> Runs:
        """Settle what stands before `cut`; if that is not possible yet, what it shows so far."""
        if len(self._open) < _ENOUGH and not _COMPLETE.search(self._open, 0, cut):
            return (Run(plain(self._open[:cut])),)
        references = References(self._known)
        tokens = parse_inline(self._open[:cut], references, links=self._links)
        shown = runs(tokens)
        if self._is_in_address(cut) or not _is_closed(tokens, followed_by=self._open[cut]):
            return shown
        self._settle(shown, references)
        self._open = self._open[cut:]
        self._has_meaning = MEANING.search(self._open) is not None
        return ()

    def _settle(self, final: Runs, references: References | None = None) -> None:
        last = tuple(self._settled[-1:])
        self._settled[-1:] = _put_together(last, final)
        self._settled_length += sum(len(run.text) for run in final)
        self._settled_since += final
        if references is not None:
            self.missed |= references.missed

    def _last_cut(self) -> int:
        """Up to where all but the last word goes; 0 where no cut may be."""
        cut = _CUT.match(self._open, max(0, len(self._open) - _LONGEST_WORD))
        # Marks may be the end of a heading.
        return 0 if cut is None or (self._closing_marks and self._open[cut.end() - 1] == "#") else cut.end()

    def _is_in_address(self, cut: int) -> bool:
        """Whether what stands before `cut` may go on to "<address>" behind it."""
        begin = self._open.rfind("<", 0, cut)
        return begin >= 0 and not _ENDS_ADDRESS.search(self._open, begin, cut + 1)

    def _shown_source(self) -> str:
        return without_end(self._open, closing_marks=self._closing_marks)


_LONGEST_WORD = 200
_CUT = re.compile(r".*(?:[^ \t\n\\](?=[ \n])|[^\x00-\x20*_~`\\\[\]!$<&(#](?=[^\x00-\x7f]))", re.DOTALL)
"""Between a word and a blank; a backslash may make the line's end a break. Or, since Chinese has no blanks,
between a character that is no mark and one that is no ASCII: neither flanks a mark nor goes on an address."""

_CLOSES = re.compile(r"[*_`~$)\]>]")
"""What may be the other half of a mark."""

_COMPLETE = re.compile(r"([*_`~$])[^*_`~$]+\1|[\])>;@\\]|://|www\.")
"""What shows that a text may be more than its characters already."""

_OPENS = re.compile(
    r"""` | (?<!\*)\*++(?![ \t\n]) | (?<!~)~++(?![ \t\n]) | (?<!\w)_++(?![ \t\n])
    | \$(?![ \t\n]) | \]\((?![^()<>\n\\'"]*+\))""",
    re.VERBOSE,
)
"""What is left as text and may open something: emphasis, code, a formula, the address of a link."""

_ENDS_ADDRESS = re.compile(r"[>\x00-\x20]")
_BRACKETS = re.compile(r"[\[\]]")
_MAY_CHANGE_LABEL = re.compile(r"[`$\\<]")


def _is_closed(tokens: Sequence[Token], followed_by: str) -> bool:
    """Whether `tokens` are what they are whatever comes behind the character that follows."""
    depth = 0
    label_end = ""  # of a link by reference: what follows it at once may be an address, which goes first
    for token in tokens:
        text = token.content
        if token.type == "text":
            if _OPENS.search(label_end + text + (followed_by if token is tokens[-1] else "")):
                return False
            for bracket in _BRACKETS.findall(text):
                depth = depth + 1 if bracket == "[" else max(0, depth - 1)
        elif (token.type == "text_special" and token.markup in ("\\(", "\\[")) or (
            token.type == "image" and _MAY_CHANGE_LABEL.search(text)
        ):
            return False
        label_end = "]" if token.type in ("link_close", "image") else ""
    return depth == 0


def _plain_runs(text: str) -> Runs:
    return (Run(text),) if text else ()


def _put_together(first: Runs, second: Runs) -> Runs:
    """Both, joined where they meet."""
    if first and second and _look(first[-1]) == _look(second[0]):
        middle = Run(first[-1].text + second[0].text, second[0].style, second[0].href)
        return (*first[:-1], middle, *second[1:])
    return first + second


def _common(first: Runs, second: Runs) -> int:
    """How many characters both begin with, looks included."""
    length = 0
    for one, other in zip(first, second, strict=False):
        if one == other:
            length += len(one.text)
            continue
        return length + (_common_length(one.text, other.text) if _look(one) == _look(other) else 0)
    return length


def _common_length(first: str, second: str) -> int:
    """How many characters both begin with, found by halving."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first.startswith(second[:middle]):
            low = middle
        else:
            high = middle - 1
    return low


def _look(run: Run) -> tuple[object, ...]:
    return run.style, run.href
