"""What a model's server says no with.

Refused
├── KeyMissing · KeyRejected (RegionalKeyRejected, PlanKeyRejected, HomelessKeyRejected)
├── AccessDenied (CountryNotServed) · AccountProblem
├── ModelNotFound · ModelCannotSee · ContentRefused
├── RequestRejected (LinkNotOpened)
├── RequestTooLarge (OversizedImage, ImageCountRefused, QuestionTooLong) · ContextTooLong (ContextTooLongFor)
├── RateLimited (RateLimitedFor, ModelLoading)
└── ServerFailed (AnswerFailed)
"""

from typing import ClassVar

from desktop.domain.errors import NextStep, Turn
from desktop.domain.provider_errors import ProviderError
from desktop.domain.server_words import ServerWords
from desktop.domain.text import QT_TRANSLATE_NOOP


class Refused(ProviderError):
    """The server refused, with `words`, which are also in `detail`. Facts: `host`, `status` (HTTP)."""

    kind = "refused"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} refused the request (status {status}).")
    turn = Turn.USER
    words = ServerWords()


# ── the key and the account ─────────────────────────────────────────────────────────────────────


class KeyMissing(Refused):
    kind = "key_missing"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} wants an API key. Enter one in the settings.")
    next_step = NextStep.OPEN_SETTINGS


class KeyRejected(Refused):
    kind = "invalid_api_key"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} rejected the API key. Check it in the settings.")
    next_step: ClassVar[NextStep | None] = NextStep.OPEN_SETTINGS


class RegionalKeyRejected(KeyRejected):
    """DashScope's keys belong to one region, and it says the same of a key of another one."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{host} rejected the API key. Each key belongs to one region: the others can be tried.",
    )
    next_step = NextStep.TRY_REGIONS


class PlanKeyRejected(RegionalKeyRejected):
    """DashScope's keys of a plan are taken at the plan's address only, and the others there not."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{host} rejected the API key. Keys that begin with sk-sp- belong to a plan, and only they are taken"
        " at its address: the others can be tried.",
    )


class HomelessKeyRejected(KeyRejected):
    """All of DashScope's addresses where the key could belong were asked."""

    sentence = QT_TRANSLATE_NOOP(
        "errors", "None of the regions takes the API key. Check it in the settings, or make a new one."
    )


class AccessDenied(Refused):
    kind = "access_denied"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} does not allow this key to use this model.")
    next_step = NextStep.CHOOSE_MODEL


class CountryNotServed(AccessDenied):
    kind = "country_not_served"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "{host} does not answer in the country or region that the question seems to come from."
    )
    next_step = NextStep.OPEN_NETWORK_SETTINGS


class AccountProblem(Refused):
    kind = "account"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "{host} refused because of the account: check its balance or quota."
    )


# ── the model and the question ──────────────────────────────────────────────────────────────────


class ModelNotFound(Refused):
    """Facts: `host`, `status`, `model`."""

    kind = "model_not_found"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} has no model “{model}”, or not for this key.")
    next_step = NextStep.CHOOSE_MODEL


class ModelCannotSee(Refused):
    """Facts: `host`, `status`, `model`."""

    kind = "model_cannot_see"
    sentence = QT_TRANSLATE_NOOP("errors", "“{model}” at {host} takes no images. Choose a model that does.")
    next_step = NextStep.CHOOSE_MODEL


class ContentRefused(Refused):
    kind = "content_refused"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "{host} refused the content of the question, an image or the answer."
    )


class RequestRejected(Refused):
    """Facts: `host`, `status`, `reason` (the server's words, shortened)."""

    kind = "request_rejected"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} did not accept the request: {reason}")


class LinkNotOpened(RequestRejected):
    kind = "link_not_opened"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "{host} could not open an image's web address. Attach the image itself, or try again."
    )
    retryable = True
    next_step = NextStep.RETRY


class RequestTooLarge(Refused):
    kind = "too_large"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "The request is too large for {host}. Send fewer or smaller images."
    )
    next_step: ClassVar[NextStep | None] = NextStep.SHRINK_IMAGES


class OversizedImage(RequestTooLarge):
    kind = "oversized_image"
    sentence = QT_TRANSLATE_NOOP("errors", "An image is too large for {host}. It can be sent smaller.")


class ImageCountRefused(RequestTooLarge):
    """Facts: `host`, `status`, `model`."""

    kind = "image_count_refused"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "“{model}” at {host} takes fewer images at once. Ask about fewer of them."
    )
    next_step = None


class QuestionTooLong(RequestTooLarge):
    """Too long by itself, without images and earlier messages. Facts: `host`, `status`, `model`."""

    kind = "question_too_long"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "The question is too long for “{model}” at {host}. Shorten it, or choose another model."
    )
    next_step = NextStep.CHOOSE_MODEL


class ContextTooLong(RequestTooLarge):
    """What was said and shown is longer than what the model can hold."""

    kind = "context_too_long"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "The conversation has become too long for the model. Ask without what was said before."
    )
    next_step = NextStep.ASK_ALONE


class ContextTooLongFor(ContextTooLong):
    """Facts: `host`, `status`, `limit` (tokens)."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "The conversation is too long for the model, which holds {limit} tokens. Ask without what was said"
        " before.",
    )


# ── not now ─────────────────────────────────────────────────────────────────────────────────────


class RateLimited(Refused):
    kind = "rate_limited"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} is busy or its rate limit is reached.")
    retryable = True
    next_step = NextStep.RETRY
    turn = Turn.SERVER
    is_fleeting = True


class RateLimitedFor(RateLimited):
    """Facts: `host`, `status`, `seconds`: longer than anybody would watch."""

    kind = "rate_limited_for"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} has reached a limit and asks to wait {seconds} seconds.")
    is_fleeting = False


class ModelLoading(RateLimited):
    kind = "model_loading"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} is still loading the model.")


class ServerFailed(Refused):
    kind = "server_failed"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} failed to answer (status {status}).")
    retryable = True
    next_step = NextStep.RETRY
    turn = Turn.SERVER
    is_fleeting = True


class AnswerFailed(ServerFailed):
    """Told inside what had begun as a success, with no status of its own."""

    kind = "answer_failed"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} failed while it answered.")
