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
    NextStep.SEND_UNENCRYPTED: QT_TRANSLATE_NOOP("steps", "Send unencrypted…"),
}


def step_words(step: NextStep) -> str:
    """What the button says that takes this step."""
    return QCoreApplication.translate("steps", _STEPS[step])


# ── directions of writing ───────────────────────────────────────────────────────────────────────

_FROM_THE_RIGHT = frozenset(("R", "AL", "AN"))
"""Classes of characters (Unicode, UAX 9); such as only turn the direction are in no fact."""


def _isolated(fact: Fact) -> Fact:
    """`fact` so that its direction of writing stays its own: names and words of servers may have any."""
    if isinstance(fact, tuple):
        return tuple(_isolated_words(each) for each in fact)
    return _isolated_words(fact) if isinstance(fact, str) else fact


def _isolated_words(words: str) -> str:
    is_from_left = _FROM_THE_RIGHT.isdisjoint(map(unicodedata.bidirectional, words))
    return words if is_from_left else f"\u2068{words}\u2069"
