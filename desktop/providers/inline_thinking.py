"""Thoughts that a server leaves inside the answer: `<think>…</think>` at its very start; no I/O."""

from collections.abc import Callable
from typing import NamedTuple

_OPEN, _CLOSE = "<think>", "</think>"

_LONGEST_BLANK = 256
"""Characters of white space before the tag; what begins with more is an answer."""


class Said(NamedTuple):
    reasoning: str = ""
    text: str = ""


class ThinkTags:
    """Tells thoughts from the answer's text, which comes in pieces cut anywhere.

    Servers whose own reader of thoughts is switched off pass on the tags that models are trained to write
    (Qwen3, DeepSeek-R1). Anywhere but at the start, such a tag is something that the answer speaks of.
    """

    def __init__(self) -> None:
        self._held = ""
        self._read: Callable[[str], Said] | None = self._at_start

    @property
    def is_past(self) -> bool:
        """Whether all that follows is the answer's text."""
        return self._read is None

    def feed(self, text: str) -> Said:
        if self._read is None or not text:
            return Said(text=text)
        pending, self._held = self._held + text, ""
        return self._read(pending)

    def end(self) -> Said:
        """What was held back because it might have become a tag."""
        return Said(text=self._held) if self._read == self._at_start else Said(self._held)

    # ── what is read next ───────────────────────────────────────────────────────────────────────

    def _at_start(self, text: str) -> Said:
        begun = text.lstrip()
        may_be_tag = len(text) - len(begun) <= _LONGEST_BLANK
        if may_be_tag and begun.startswith(_OPEN):
            self._read = self._before_thoughts
            return self._before_thoughts(begun.removeprefix(_OPEN))
        if may_be_tag and _OPEN.startswith(begun):
            self._held = text
            return Said()
        self._read = None
        return Said(text=text)

    def _before_thoughts(self, text: str) -> Said:
        begun = text.lstrip()
        if not begun:
            return Said()
        self._read = self._thoughts
        return self._thoughts(begun)

    def _thoughts(self, text: str) -> Said:
        thoughts, tag, rest = text.partition(_CLOSE)
        if tag:
            self._read = self._before_answer
            return Said(thoughts, self._before_answer(rest).text)
        end = len(text) - _length_of_begun_tag(text)
        self._held = text[end:]
        return Said(text[:end])

    def _before_answer(self, text: str) -> Said:
        begun = text.lstrip("\r\n")
        if begun:
            self._read = None
        return Said(text=begun)


def _length_of_begun_tag(text: str) -> int:
    """How many of the last characters may be the beginning of the closing tag."""
    return next((n for n in range(len(_CLOSE) - 1, 0, -1) if text.endswith(_CLOSE[:n])), 0)
