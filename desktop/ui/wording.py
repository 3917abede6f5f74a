"""Sentences of the domain in the user's language."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.errors import AppError, NextStep
from desktop.domain.events import NoticeRaised


def sentence(error: AppError) -> str:
    """The sentence to show, as plain text. The template is translated before it is filled in."""
    return QCoreApplication.translate("errors", error.sentence).format(**error.facts)


def notice(said: NoticeRaised) -> str:
    """The sentence to show, as plain text."""
    return QCoreApplication.translate("notices", said.notice.value).format(**said.facts)


def step_words(step: NextStep) -> str:
    """What the button says that takes this step."""
    match step:
        case NextStep.RETRY:
            return QCoreApplication.translate("steps", "Try again")
        case NextStep.OPEN_SETTINGS:
            return QCoreApplication.translate("steps", "Open settings")
        case NextStep.CHOOSE_MODEL:
            return QCoreApplication.translate("steps", "Choose a model")
