"""Lines of running text as Markdown: joined where a line goes on in the next, else one below the other."""

import unicodedata

from desktop.reader.escape import Escape
from desktop.worker.reading.paragraph import Joint
from desktop.worker.reading.width import is_wide

_COMPOUNDS = {"all", "co", "cross", "ever", "half", "high", "long", "low", "mid", "much", "multi", "non"} | {
    *("off", "on", "post", "pre", "self", "semi", "short", "two", "well")
}
"""First parts of words that keep their hyphen where a line ends after it."""

_HYPHENS = "-\u2010\u00ad"
_SOFT = "\u00ad"


class Prose:
    """One paragraph after the other. What `line` and `end` return is the text, piece by piece.

    A hyphen at the end of a line is held back until it is known whether the word goes on.
    """

    def __init__(self) -> None:
        self._escape = Escape()
        self._read = ""
        self._held = ""
        self._is_marked = False

    def line(self, text: str, joint: Joint, *, marked: bool = False) -> str:
        """A line and how it follows the one before; `marked`: it is set in italics."""
        if joint == "wrap" and self._held:
            between = self._broken_word(text)
        else:
            between = self._held + self._between(text, joint, marked=marked)
        if joint == "paragraph":
            self._escape = Escape()
        begins = not self._read or joint in ("line", "paragraph")
        said = self._escape.line(text, begins=begins, stressed=marked)
        said = f"*{said}*" if marked else said
        self._held = "" if marked else self._hyphen(text)
        self._read, self._is_marked = text, marked
        return between + said.removesuffix(self._held)

    def end(self) -> str:
        held, self._held = self._held, ""
        return held

    def _between(self, text: str, joint: Joint, *, marked: bool) -> str:
        if not self._read:
            return ""
        match joint:
            case "paragraph":
                return "\n\n"
            case "line":
                return "  \n"
            case "tab":
                return "\t"
            case "wrap" if (
                is_wide(self._read[-1]) and is_wide(text[0]) and not self._parts(text, marked=marked)
            ):
                return ""
            case _:
                return " "

    def _parts(self, text: str, *, marked: bool) -> bool:
        """Whether a star between both would not be taken for emphasis, so that a blank is needed."""
        if self._is_marked and marked:  # two stars together are another emphasis
            return True
        return (marked and (_is_mark(text[0]) or self._escape.emphasis_is_open)) or (
            self._is_marked and _is_mark(self._read[-1])
        )

    @staticmethod
    def _hyphen(text: str) -> str:
        return text[-1] if text[-1] in _HYPHENS and text[-2:-1].isalnum() else ""

    def _broken_word(self, text: str) -> str:
        """What stands between a word's two parts: its hyphen, or nothing if that only broke the word."""
        first = self._read[:-1].split(" ")[-1]
        if self._held == _SOFT:
            return ""
        breaks = first.isalpha() and text[:1].islower() and first.lower() not in _COMPOUNDS
        return "" if breaks else self._held


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
