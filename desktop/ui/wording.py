"""Sentences of the domain in the user's language."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.errors import COMMA, AppError, NextStep, filled
from desktop.domain.events import NoticeRaised
from desktop.domain.image_errors import SomeImagesRefused


def sentence(error: AppError) -> str:
    """The sentence to show, as plain text. The template is translated before it is filled in."""
    template = QCoreApplication.translate("errors", error.sentence)
    return filled(template, error.facts, QCoreApplication.translate("errors", COMMA))


def detail(error: AppError) -> str:
    """All that is known of `error` besides its sentence, as lines of plain text; empty if that is all."""
    if isinstance(error, SomeImagesRefused):
        return "\n".join(sentence(each) for each in error.refusals)
    return error.detail


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
        case NextStep.OPEN_NETWORK_SETTINGS:
            return QCoreApplication.translate("steps", "Open network settings")
        case NextStep.TRY_REGIONS:
            return QCoreApplication.translate("steps", "Try the other regions")
        case NextStep.SHRINK_IMAGES:
            return QCoreApplication.translate("steps", "Send images smaller")
        case NextStep.ASK_ALONE:
            return QCoreApplication.translate("steps", "Ask only this question")
