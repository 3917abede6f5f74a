"""One tree of everything worth showing.

AppError
├── ImageError                 one image cannot be used; the others can (`image_errors`)
├── ReaderError                the on-device reader failed
│   └── ReaderCrashed · NothingToRead
├── SettingsError              settings could not be read; defaults are used
│   └── SettingsUnreadable
├── SettingsNotSaved
├── SecretError                the key could not be kept or fetched
│   └── NoKeyring · KeyringLocked · KeyringSlow
└── ProviderError              the model's server said no, or said nothing
    ├── InvalidAddress · ProxyUnusable · CertificatesUnusable     the connection cannot even be tried
    ├── ServerUnreachable · TimedOut · ConnectionLost             the network
    ├── NotAnAnswer                                               HTML, or JSON that is no answer
    └── Refused                                                   the server's own words
        ├── KeyMissing · KeyRejected (RegionalKeyRejected) · AccessDenied · AccountProblem
        ├── ModelNotFound · ContentRefused · RequestRejected · RequestTooLarge
        └── RateLimited · ServerFailed
"""

from collections.abc import Mapping
from enum import Enum
from typing import ClassVar

from desktop.domain.text import QT_TRANSLATE_NOOP


class NextStep(Enum):
    """What the user can do about an error; shown as a button."""

    RETRY = "retry"
    OPEN_SETTINGS = "open_settings"
    CHOOSE_MODEL = "choose_model"


Fact = str | int | tuple[str, ...]
"""What a template is filled in with; several names stand beside each other."""

COMMA = QT_TRANSLATE_NOOP("errors", ", ")
"""Between several names."""


def filled(template: str, facts: Mapping[str, Fact], comma: str = COMMA) -> str:
    """`template` with `facts`, in the language of `template` and `comma`."""
    words = {name: comma.join(fact) if isinstance(fact, tuple) else fact for name, fact in facts.items()}
    return template.format(**words)


class AppError(Exception):
    """Base of everything worth showing. `str(error)` is the sentence to show, in English.

    The sentence is a template, so that a window can translate it before filling in `facts`.
    `detail` holds a server's or library's own words, as plain text, to stand behind "Details".
    """

    kind: ClassVar[str] = "error"
    sentence: ClassVar[str] = QT_TRANSLATE_NOOP("errors", "Something went wrong.")
    retryable: ClassVar[bool] = False
    next_step: ClassVar[NextStep | None] = None

    def __init__(self, *, detail: str = "", **facts: Fact) -> None:
        self.facts: Mapping[str, Fact] = facts
        self.detail = detail
        super().__init__(filled(self.sentence, facts))


def without_frames(error: AppError) -> AppError:
    """`error` for whoever keeps it: its frames would keep the request's bytes and its key."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


# ── on-device reader ────────────────────────────────────────────────────────────────────────────


class ReaderError(AppError):
    kind = "reader"
    sentence = QT_TRANSLATE_NOOP("errors", "The on-device reader failed.")
    retryable = True
    next_step: ClassVar[NextStep | None] = NextStep.RETRY


class ReaderCrashed(ReaderError):
    kind = "reader_crashed"
    sentence = QT_TRANSLATE_NOOP("errors", "The on-device reader stopped working on this image.")


class NothingToRead(ReaderError):
    kind = "nothing_to_read"
    sentence = QT_TRANSLATE_NOOP("errors", "The on-device reader reads text from images. Add an image first.")
    retryable = False
    next_step = None


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


# ── the model's server ──────────────────────────────────────────────────────────────────────────


class ProviderError(AppError):
    """The model's server said no, or said nothing. Facts: `host`."""

    kind = "provider"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} could not answer.")


class InvalidAddress(ProviderError):
    """Facts: `address`."""

    kind = "invalid_address"
    sentence = QT_TRANSLATE_NOOP("errors", "“{address}” is not a web address that can be used.")
    next_step = NextStep.OPEN_SETTINGS


class ProxyUnusable(ProviderError):
    kind = "proxy"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "The system's proxy settings cannot be used. Correct them and try again."
    )
    retryable = True
    next_step = NextStep.RETRY


class CertificatesUnusable(ProviderError):
    """Facts: `host`. The certificate of the server, or the store that judges it."""

    kind = "certificate"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "No secure connection to {host}: its certificate is not trusted here."
    )
    retryable = True
    next_step = NextStep.RETRY


class ServerUnreachable(ProviderError):
    kind = "unreachable"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} cannot be reached. Check the network and the address.")
    retryable = True
    next_step = NextStep.RETRY


class TimedOut(ProviderError):
    """Facts: `host`, `seconds`."""

    kind = "timeout"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} has been silent for {seconds} seconds.")
    retryable = True
    next_step = NextStep.RETRY


class ConnectionLost(ProviderError):
    kind = "connection_lost"
    sentence = QT_TRANSLATE_NOOP("errors", "The connection to {host} broke off.")
    retryable = True
    next_step = NextStep.RETRY


class NotAnAnswer(ProviderError):
    kind = "not_an_answer"
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{host} answered, but not like a model's server. Check the address in the settings.",
    )
    next_step = NextStep.OPEN_SETTINGS


class Refused(ProviderError):
    """The server refused; its words are in `detail`. Facts: `host`, `status` (HTTP)."""

    kind = "refused"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} refused the request (status {status}).")


class KeyMissing(Refused):
    kind = "key_missing"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} wants an API key. Enter one in the settings.")
    next_step = NextStep.OPEN_SETTINGS


class KeyRejected(Refused):
    kind = "invalid_api_key"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} rejected the API key. Check it in the settings.")
    next_step = NextStep.OPEN_SETTINGS


class RegionalKeyRejected(KeyRejected):
    """DashScope's keys belong to one region, and it says the same of a key of another one."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{host} rejected the API key. Keys belong to one region: check key and region in the settings.",
    )


class AccessDenied(Refused):
    kind = "access_denied"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} does not allow this key to use this model.")
    next_step = NextStep.CHOOSE_MODEL


class AccountProblem(Refused):
    kind = "account"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "{host} refused because of the account: check its balance or quota."
    )


class ModelNotFound(Refused):
    """Facts: `host`, `status`, `model`."""

    kind = "model_not_found"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} has no model “{model}”, or not for this key.")
    next_step = NextStep.CHOOSE_MODEL


class ContentRefused(Refused):
    kind = "content_refused"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "{host} refused the content of the question, an image or the answer."
    )


class RequestRejected(Refused):
    kind = "request_rejected"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} did not accept the request: {reason}")


class RequestTooLarge(Refused):
    kind = "too_large"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "The request is too large for {host}. Send fewer or smaller images."
    )


class RateLimited(Refused):
    kind = "rate_limited"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} is busy or its rate limit is reached.")
    retryable = True
    next_step = NextStep.RETRY


class ServerFailed(Refused):
    kind = "server_failed"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} failed to answer (status {status}).")
    retryable = True
    next_step = NextStep.RETRY
