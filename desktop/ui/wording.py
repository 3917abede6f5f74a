"""Sentences of the domain in the user's language."""

import unicodedata

from PySide6.QtCore import QCoreApplication

from desktop.domain.errors import COMMA, AppError, Fact, NextStep, filled
from desktop.domain.events import NoticeRaised
from desktop.domain.image_errors import SomeImagesRefused
from desktop.domain.text import QT_TRANSLATE_NOOP


def sentence(error: AppError) -> str:
    """The sentence to show, as plain text. The template is translated before it is filled in."""
    template = QCoreApplication.translate("errors", error.sentence)
    facts = {name: _isolated(fact) for name, fact in error.facts.items()}
    return filled(template, facts, QCoreApplication.translate("errors", COMMA))


def detail(error: AppError) -> str:
    """All that is known of `error` besides its sentence, as lines of plain text; empty if that is all."""
    if isinstance(error, SomeImagesRefused):
        return "\n".join(sentence(each) for each in error.refusals)
    return error.detail


def notice(said: NoticeRaised) -> str:
    """The sentence to show, as plain text."""
    facts = {name: _isolated(fact) for name, fact in said.facts.items()}
    return QCoreApplication.translate("notices", said.notice.value).format(**facts)


_STEPS = {
    NextStep.RETRY: QT_TRANSLATE_NOOP("steps", "Try again"),
    NextStep.OPEN_SETTINGS: QT_TRANSLATE_NOOP("steps", "Open settings"),
    NextStep.OPEN_NETWORK_SETTINGS: QT_TRANSLATE_NOOP("steps", "Open network settings"),
    NextStep.CHOOSE_MODEL: QT_TRANSLATE_NOOP("steps", "Choose a model"),
    NextStep.TRY_REGIONS: QT_TRANSLATE_NOOP("steps", "Try the other regions"),
    NextStep.SHRINK_IMAGES: QT_TRANSLATE_NOOP("steps", "Send images smaller"),
    NextStep.ASK_ALONE: QT_TRANSLATE_NOOP("steps", "Ask only this question"),
}


def step_words(step: NextStep) -> str:
    """What the button says that takes this step."""
    return QCoreApplication.translate("steps", _STEPS[step])


# ── directions of writing ───────────────────────────────────────────────────────────────────────

_TURNS = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
"""Classes of characters that only turn the direction (Unicode, UAX 9)."""
_FROM_THE_RIGHT = _TURNS | {"R", "AL", "AN"}


def _isolated(fact: Fact) -> Fact:
    """`fact` so that its direction of writing stays its own: names and words of servers may have any."""
    if isinstance(fact, tuple):
        return tuple(_isolated_words(each) for each in fact)
    return _isolated_words(fact) if isinstance(fact, str) else fact


def _isolated_words(words: str) -> str:
    classes = [unicodedata.bidirectional(char) for char in words]
    if _FROM_THE_RIGHT.isdisjoint(classes):
        return words
    # One that has no end, or an end too many, would reach beyond the words.
    kept = (char for char, each in zip(words, classes, strict=True) if each not in _TURNS)
    return f"\u2068{''.join(kept)}\u2069"
