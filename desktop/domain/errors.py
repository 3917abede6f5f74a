"""One tree of everything worth showing.

AppError
├── ImageError                 one image cannot be used; the others can (`image_errors`)
├── HistoryError               the history cannot be read or written (`history_errors`)
├── HandoverError              another app could not be told what to open (`handover_errors`)
├── ReaderError                the on-device reader failed
│   └── ReaderCrashed · NothingToRead
├── SettingsError              settings could not be read; defaults are used
│   └── SettingsUnreadable · SettingsOpenToOthers
├── SettingsNotSaved
├── SecretError                the key could not be kept or fetched
│   └── NoKeyring · KeyringLocked · KeyringSlow
└── ProviderError              the model's server said no, or said nothing (`provider_errors`)
"""

from collections.abc import Mapping
from enum import Enum
from typing import ClassVar

from desktop.domain.text import QT_TRANSLATE_NOOP
from desktop.domain.visible import on_one_line, visible


class NextStep(Enum):
    """What the user can do about an error; shown as a button."""

    RETRY = "retry"
    OPEN_SETTINGS = "open_settings"
    OPEN_NETWORK_SETTINGS = "open_network_settings"
    CHOOSE_MODEL = "choose_model"
    TRY_REGIONS = "try_regions"
    SHRINK_IMAGES = "shrink_images"
    ASK_ALONE = "ask_alone"
    SEND_UNENCRYPTED = "send_unencrypted"


class Turn(Enum):
    """Whose turn it is after an error."""

    USER = "user"
    SERVER = "server"
    NETWORK = "network"
    APP = "app"


Fact = str | int | tuple[str, ...]
"""What a template is filled in with; several names stand beside each other."""

COMMA = QT_TRANSLATE_NOOP("errors", ", ")
"""Between several names."""


def filled(template: str, facts: Mapping[str, Fact], comma: str = COMMA) -> str:
    """`template` with `facts`, in the language of `template` and `comma`."""
    words = {name: comma.join(fact) if isinstance(fact, tuple) else fact for name, fact in facts.items()}
    return template.format(**words)


def shown_facts(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """`facts` as they may stand in a sentence, whoever wrote the words: each on one line."""
    return {name: _shown(fact) for name, fact in facts.items()}


def _shown(fact: Fact) -> Fact:
    if isinstance(fact, tuple):
        return tuple(map(on_one_line, fact))
    return on_one_line(fact) if isinstance(fact, str) else fact


class AppError(Exception):
    """Base of everything worth showing. `str(error)` is the sentence to show, in English.

    The sentence is a template, so that a window can translate it before filling in `facts`.
    `detail` holds a server's or library's own words, as plain text of which nothing but what is seen is
    left, to stand behind "Details".
    `retryable`: the same may succeed if it is tried again. `turn`: who has to act before it can.
    """

    kind: ClassVar[str] = "error"
    sentence: ClassVar[str] = QT_TRANSLATE_NOOP("errors", "Something went wrong.")
    retryable: ClassVar[bool] = False
    next_step: ClassVar[NextStep | None] = None
    turn: ClassVar[Turn] = Turn.USER

    def __init__(self, *, detail: str = "", **facts: Fact) -> None:
        self.facts: Mapping[str, Fact] = shown_facts(facts)
        self.detail = visible(detail)
        super().__init__(filled(self.sentence, self.facts))


def without_frames(error: AppError) -> AppError:
    """`error` for whoever keeps it: its frames would keep the request's bytes and its key."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


# ── on-device reader ────────────────────────────────────────────────────────────────────────────


class ReaderError(AppError):
    kind = "reader"
    sentence = QT_TRANSLATE_NOOP("errors", "The on-device reader failed.")
    retryable = True
    turn = Turn.APP
    next_step: ClassVar[NextStep | None] = NextStep.RETRY


class ReaderCrashed(ReaderError):
    kind = "reader_crashed"
    sentence = QT_TRANSLATE_NOOP("errors", "The on-device reader stopped working on this image.")


class NothingToRead(ReaderError):
    kind = "nothing_to_read"
    sentence = QT_TRANSLATE_NOOP("errors", "The on-device reader reads text from images. Add an image first.")
    retryable = False
    next_step = None
    turn = Turn.USER


# ── settings and secrets ────────────────────────────────────────────────────────────────────────


class SettingsError(AppError):
    """Facts: `file`, `aside` (names)."""

    kind = "settings_broken"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "The settings file was damaged. It was set aside as {aside}; defaults are used."
    )


class SettingsUnreadable(SettingsError):
    """Facts: `file` (name). It stays where it is."""

    kind = "settings_unreadable"
    sentence = QT_TRANSLATE_NOOP("errors", "The settings file {file} cannot be read; defaults are used.")


class SettingsOpenToOthers(SettingsError):
    """Facts: `file`, `aside` (names)."""

    kind = "settings_open_to_others"
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "Other users of this computer can change the settings file. It was set aside as {aside}; defaults are"
        " used.",
    )


class SettingsNotSaved(AppError):
    """Facts: `folder`."""

    kind = "settings_not_saved"
    sentence = QT_TRANSLATE_NOOP("errors", "The settings could not be saved in {folder}.")


class SecretError(AppError):
    kind = "keyring"
    sentence = QT_TRANSLATE_NOOP("errors", "The system keyring did not answer.")
    next_step = NextStep.OPEN_SETTINGS


class NoKeyring(SecretError):
    kind = "no_keyring"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "This system has no keyring. The key is kept until the app is closed."
    )


class KeyringLocked(SecretError):
    kind = "keyring_locked"
    sentence = QT_TRANSLATE_NOOP("errors", "The system keyring is locked. Unlock it, or enter the key again.")


class KeyringSlow(SecretError):
    """Facts: `seconds`."""

    kind = "keyring_slow"
    sentence = QT_TRANSLATE_NOOP("errors", "The system keyring has not answered for {seconds} seconds.")
