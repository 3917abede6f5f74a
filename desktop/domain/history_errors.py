"""Why conversations cannot be kept, or be found again; the app goes on in memory.

HistoryError
├── HistoryFull · HistoryNotWritable · HistoryBusy       nothing is lost yet: it is tried again (NotSavedYet)
├── HistoryTooNew                                        another version's: it is left alone
├── HistoryRecovered · HistoryLost                       it was damaged and set aside
└── ConversationGone · ImageLost                         what was there is not any more
"""

from desktop.domain.errors import AppError
from desktop.domain.text import QT_TRANSLATE_NOOP


class HistoryError(AppError):
    """Facts: `folder`."""

    kind = "history"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "Conversations cannot be saved in {folder}. This one stays in memory until they can be."
    )


class HistoryFull(HistoryError):
    kind = "history_full"
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "The disk is full: this conversation is not saved yet. It will be as soon as there is space.",
    )


class HistoryNotWritable(HistoryError):
    """Facts: `folder`."""

    kind = "history_not_writable"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "Nothing can be written in {folder}: conversations are kept in memory only, until it can."
    )


class HistoryBusy(HistoryError):
    kind = "history_busy"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "Another program is using the history. Conversations are saved as soon as it lets go."
    )


class NotSavedYet(HistoryError):
    """Said below one of these when the window is to be closed."""

    kind = "not_saved_yet"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "Not everything is saved yet. Close the window again to give that up."
    )


class HistoryTooNew(HistoryError):
    """Facts: `folder`."""

    kind = "history_too_new"
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "The history in {folder} was written by a newer version of Viewfinder. It is left as it is; new "
        "conversations are kept until the app is closed.",
    )


class HistoryRecovered(HistoryError):
    """Facts: `aside` (a file's name), `conversations` (how many could be read)."""

    kind = "history_recovered"
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "The history was damaged. It was set aside as {aside}; {conversations} conversations could be read "
        "and are here.",
    )


class HistoryLost(HistoryError):
    """Facts: `aside` (a file's name)."""

    kind = "history_lost"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "The history was damaged and could not be read. It was set aside as {aside}."
    )


class ConversationGone(HistoryError):
    kind = "conversation_gone"
    sentence = QT_TRANSLATE_NOOP("errors", "This conversation is not in the history any more.")


class ImageLost(HistoryError):
    """Facts: `name`."""

    kind = "image_lost"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "The image “{name}” is not in the history any more, so the question cannot be asked again."
    )
