"""Why a start could not hand over to the app that runs already."""

from desktop.domain.errors import AppError
from desktop.domain.text import QT_TRANSLATE_NOOP


class HandoverError(AppError):
    kind = "handover"
    sentence = QT_TRANSLATE_NOOP("errors", "Viewfinder is already running.")


class AppHangs(HandoverError):
    """It has its lock and does not answer."""

    kind = "app_hangs"
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "Viewfinder is already running, but does not answer. Wait a moment, or end it, and try again.",
    )


class HandoverRefused(HandoverError):
    """It does not know the words of this one's version."""

    kind = "handover_refused"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "Another version of Viewfinder is running. Close it, and try again."
    )


class HandoverTooLong(HandoverError):
    kind = "handover_too_long"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "These are too many images at once. Drop them on Viewfinder's window instead."
    )
