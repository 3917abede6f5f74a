"""Messages as they lie in a history, in Chinese, in English and in code, the same in every run; all invented.

Words are as frequent as in a language: the second half as often as the first, the third a third as often; and
those that are frequent are short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, cycle, islice
from random import Random

_WORDS, _NAMES = 20_000, 5_000
"""So many words has a language, and so many names has the code."""

_LENGTH = (150, 450)
"""Least and most characters of a message."""

_CLUSTERS = "bl br ch cl cr dr fl fr gl gr pl pr qu sc sh sl sp st str th tr"
_ONSETS = (*"bcdfghjklmnprstvw", *_CLUSTERS.split(" "))
_VOWELS = (*"aeiou" * 3, "y", "ea", "ee", "ai", "oa", "ou", "io")
_CODAS = ("", "", "", *"nrlstmdpx", "ck", "nd", "ng", "nt", "st", "ss", "ll", "rd", "ction")
_HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3500)]
_MARKS = "，，，，。。；：？"


class Language:
    """A vocabulary, and how to speak with it."""

    def __init__(self, seed: str) -> None:
        self._chance = Random(seed)  # noqa: S311 - the same in every run
        self.words = self._distinct(self._word, _WORDS)
        self.chinese = self._distinct(self._chinese_word, _WORDS)
        self.names = self._distinct(self._name, _NAMES)
        self._often = list(accumulate(1 / rank for rank in range(3, _WORDS + 3)))

    def messages(self, count: int) -> Iterator[str]:
        """So many texts, in Chinese, in English and in code by turns, of some 300 characters."""
        kinds: Sequence[Callable[[], str]] = (self._chinese_sentence, self._sentence, self._function)
        for kind in islice(cycle(kinds), count):
            length, text = self._chance.randint(*_LENGTH), ""
            while len(text) < length:
                text += kind()
            yield text

    def needles(self, count: int) -> list[str]:
        """What users look for, some of each: one and two Chinese characters, words, parts of words, code."""
        pick = self._chance.choice
        short, pairs = ([word for word in self.chinese if len(word) == size] for size in (1, 2))
        long = [word for word in self.words if len(word) > 6]  # noqa: PLR2004 - there is something within them
        kinds: Sequence[Callable[[], str]] = (
            lambda: pick(short),
            lambda: pick(pairs),
            lambda: pick(long),
            lambda: pick(long)[2:-1],
            lambda: f"def {pick(self.names)}(",
        )
        return [kind() for kind in islice(cycle(kinds), count)]

    # ── parts ───────────────────────────────────────────────────────────────────────────────────

    def _distinct(self, make: Callable[[], str], count: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            found[make()] = None
        return sorted(found, key=len)

    def _word(self) -> str:
        syllables = self._chance.choices((1, 2, 3, 4), (2, 4, 3, 1))[0]
        parts = (self._chance.choice(part) for _ in range(syllables) for part in (_ONSETS, _VOWELS, _CODAS))
        return "".join(parts)

    def _chinese_word(self) -> str:
        size = self._chance.choices((1, 2, 3), (1, 7, 2))[0]
        # Characters are not equally frequent either.
        return "".join(_HAN[int(len(_HAN) * self._chance.random() ** 2)] for _ in range(size))

    def _name(self) -> str:
        return "_".join(self._chance.choices(self.words, k=2))

    def _said(self, words: Sequence[str], count: int) -> list[str]:
        return self._chance.choices(words, cum_weights=self._often, k=count)

    def _chinese_sentence(self) -> str:
        return "".join(self._said(self.chinese, 6)) + self._chance.choice(_MARKS)

    def _sentence(self) -> str:
        return f"{' '.join(self._said(self.words, 12)).capitalize()}. "

    def _function(self) -> str:
        name, called = self._chance.choices(self.names, k=2)
        word, other = self._said(self.words, 2)
        number = self._chance.randrange(1000)
        body = f"    {other} = {called}({word}[{number % 7}])\n    return {other}\n\n"
        return f"def {name}({word}, limit={number}):\n{body}"
