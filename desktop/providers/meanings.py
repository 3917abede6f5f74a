"""What servers mean by their codes, words and statuses: data, and the order in which it decides.

Sources: the service's page "Error codes"; OpenAI's; SiliconFlow's "Error handling"; OpenRouter's "Errors",
and goose 5396; llama.cpp 13566 and 15780, and its `tools/server`; lmstudio-bug-tracker 237, 618,
655, 908 and 2322; ollama 17301, and its `model/model.go`; vllm 19144, 20409 and 23402; 2026.
"""

import re
from collections.abc import Mapping

from desktop.domain.profiles import Profile
from desktop.domain.refusals import (
    AccessDenied,
    AccountProblem,
    AnswerFailed,
    ContentRefused,
    ContextTooLong,
    CountryNotServed,
    ImageCountRefused,
    KeyRejected,
    LinkNotOpened,
    ModelCannotSee,
    ModelLoading,
    ModelNotFound,
    OversizedImage,
    RateLimited,
    Refused,
    RequestRejected,
    RequestTooLarge,
    ServerFailed,
)
from desktop.domain.server_words import ServerWords
from desktop.providers.server_words import LONGEST_HEARD

_CLIENT_ERRORS = range(400, 500)

_BY_CODE: Mapping[str, type[Refused]] = {
    "invalidapikey": KeyRejected,
    "authenticationerror": KeyRejected,
    "unauthenticated": KeyRejected,
    "nodbconnection": KeyRejected,  # litellm's proxy, where it would look for a key that is not its master's
    "notauthorized": AccessDenied,
    "accessdenied": AccessDenied,
    "permissionerror": AccessDenied,
    "permissiondenied": AccessDenied,
    "unsupportedcountryregionterritory": CountryNotServed,
    "modelnotfound": ModelNotFound,
    "modelnotsupported": ModelNotFound,
    "datainspectionfailed": ContentRefused,
    "contentfilter": ContentRefused,
    "contentpolicyviolation": ContentRefused,
    "moderationblocked": ContentRefused,
    "ipinfringementsuspect": ContentRefused,
    "customroleblocked": ContentRefused,
    "faqruleblocked": ContentRefused,
    "arrearage": AccountProblem,
    "allocationquota.freetieronly": AccountProblem,
    "commoditynotpurchased": AccountProblem,
    "prepaidbilloverdue": AccountProblem,
    "postpaidbilloverdue": AccountProblem,
    "insufficientquota": AccountProblem,
    "billinghardlimitreached": AccountProblem,
    "billingnotactive": AccountProblem,
    "accountdeactivated": AccountProblem,
    "throttling": RateLimited,
    "limitrequests": RateLimited,
    "limitburstrate": RateLimited,
    "ratelimitexceeded": RateLimited,
    "ratelimiterror": RateLimited,
    "resourceexhausted": RateLimited,
    "modelservingerror": RateLimited,
    "modelunavailable": RateLimited,
    "overloadederror": RateLimited,
    "badrequest.toolarge": RequestTooLarge,
    "requesttoolarge": RequestTooLarge,
    "contextlengthexceeded": ContextTooLong,
    "exceedcontextsizeerror": ContextTooLong,
    "invalidurl": LinkNotOpened,
    "invalidimageurl": LinkNotOpened,
}
"""Without `_` and blanks, in small letters. `Throttling.RateQuota` is a kind of `Throttling`."""

_WEAK_CODES: Mapping[str, type[Refused]] = {
    "invalidparameter": RequestRejected,
    "invalidparametererror": RequestRejected,
    "invalidrequesterror": RequestRejected,
    "invalidargument": RequestRejected,
    "badrequesterror": RequestRejected,
    "badrequest": RequestRejected,
}
"""These say less than a status, but inside a stream there is none."""


def _patterns(*rows: tuple[str, type[Refused]]) -> tuple[tuple[re.Pattern[str], type[Refused]], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in rows)


_BY_MESSAGE = _patterns(
    # ── the account ──
    (r"free allocated quota exceeded|free tier .{0,80} exhausted|in good standing", AccountProblem),
    (r"balance is (?:insufficient|not enough|too low)|insufficient (?:balance|credits)", AccountProblem),
    (r"insufficient account balance|key limit exceeded", AccountProblem),
    (r"(?:incorrect|invalid) api[ -]?key|api key (?:is )?(?:not valid|invalid)", KeyRejected),
    (r"country, region, or territory not supported|location is not supported", CountryNotServed),
    (r"no endpoints found matching your data policy|guardrail restrictions", AccessDenied),
    (r"inappropriate content|requires moderation|rejected .{0,40}safety system", ContentRefused),
    # ── too much; what has to do with `max_tokens` is no matter of the question ──
    (r"max(?:_completion)?_tokens\W.{0,60}(?:too large|should be)|range of max_tokens", RequestRejected),
    (r"max bytes per data-uri|file size is too large|image size exceeds", OversizedImage),
    (r"image length and width do not meet|image dimensions? exceed|image exceeds [\d.]+ ?mb", OversizedImage),
    (r"image is below \d+ ?mb|image (?:is )?too large", OversizedImage),
    (r"at most 0 images?|at most 0 image\(s\)", ModelCannotSee),
    (r"at most \d+ image|too many images|number of images .{0,40}exceed", ImageCountRefused),
    (r"range of input length|maximum (?:context|prompt|model) length|context window", ContextTooLong),
    (r"(?:available|exceeded?).{0,20} context (?:size|length)|context size .{0,20}exceed", ContextTooLong),
    (r"exceeds? (?:the )?(?:context|model.{0,20} token) l|n_keep .{0,40}n_ctx", ContextTooLong),
    (r"when context the overflows|context length of only|longer than the context length", ContextTooLong),
    (r"prompt is too long|input (?:is )?too long|token count .{0,40}exceeds the maximum", ContextTooLong),
    (r"input tokens exceed|reduce the length of the (?:input )?messages", ContextTooLong),
    (r"request too large for|request entity too large|payload too large", RequestTooLarge),
    # ── images ──
    (r"input content must be a string|unknown variant `?image_url", ModelCannotSee),
    (r"not a (?:multimodal model|vlm)\b|image_url is only supported", ModelCannotSee),
    (r"image input is not (?:supported|enabled)|support(?:s|ed)? image input\b", ModelCannotSee),
    (r"not support (?:the )?(?:image|vision|multimodal)|missing data required for image", ModelCannotSee),
    (r"(?:vision|images?) (?:is|are) not supported (?:by|for) th", ModelCannotSee),
    # ── the model ──
    (r"\bloading model|model (?:\S+ )?is (?:(?:currently |still )?loading|being loaded)\b", ModelLoading),
    (r"no models? (?:is |are )?loaded|not a valid model id|invalid model identifier", ModelNotFound),
    (r"no endpoints found for|model not exist|model disabled", ModelNotFound),
    (r"\bmodel\b.{0,200}(?:does not exist|not found)", ModelNotFound),
    (r"overloaded|server busy|rate[- ]limited", RateLimited),
    # ── errors of the client that come with status 500 ──
    (r"list index out of range|failed to (?:process|load|decode) (?:the )?image", RequestRejected),
)
"""Looked at before the code. The first pattern found decides."""

_WITH_IMAGES = _patterns(
    (r"download.{0,60}(?:timed out|time ?out)|time ?out while downloading", LinkNotOpened),
    (r"(?:failed|unable|error|while) (?:to )?download|content-(?:type|length) of multimodal", LinkNotOpened),
    (r"provided url does not appear|image urls are not (?:currently )?supported", LinkNotOpened),
    (r"content\W.{0,40}(?:must be|expected) (?:a |an )?string|unsupported content\[\]\.type", ModelCannotSee),
    (r"unsupported content type|invalid content type", ModelCannotSee),
)
"""Clear only where images were sent."""

_ELSEWHERE = re.compile(r"unexpected endpoint or method|invalid url \(|unknown request url", re.IGNORECASE)

_BY_STATUS: Mapping[int, type[Refused]] = {
    400: RequestRejected,
    401: KeyRejected,
    402: AccountProblem,
    403: AccessDenied,
    408: ServerFailed,
    409: ServerFailed,
    413: RequestTooLarge,
    422: RequestRejected,
    425: ServerFailed,
    429: RateLimited,
    451: ContentRefused,
    501: Refused,
    505: Refused,
    529: RateLimited,
}


def by_words(words: ServerWords, profile: Profile, images: int) -> type[Refused] | None:
    """What the words mean whatever the status is; None if they do not say."""
    message = words.message[:LONGEST_HEARD]
    for pattern, kind in _BY_MESSAGE + (_WITH_IMAGES if images else ()):
        if pattern.search(message):
            return kind
    for code in _spellings(words):
        if (meant := profile.meanings.get(code) or _BY_CODE.get(code)) is not None:
            return meant
    return None


def by_weak_code(words: ServerWords) -> type[Refused]:
    """For a refusal without a status."""
    return next((_WEAK_CODES[code] for code in _spellings(words) if code in _WEAK_CODES), AnswerFailed)


def by_status(status: int) -> type[Refused]:
    """409 and 425 are of locks and of haste: the same may succeed."""
    return _BY_STATUS.get(status, Refused if status in _CLIENT_ERRORS else ServerFailed)


def is_elsewhere(words: ServerWords) -> bool:
    """Whether the server has nothing at the address that was asked; LM Studio says so with 200."""
    return bool(_ELSEWHERE.search(words.message))


def is_burst(words: ServerWords) -> bool:
    """Whether requests came too quickly one after another."""
    return bool({"throttling.burstrate", "limitburstrate"} & set(_spellings(words)))


def _spellings(words: ServerWords) -> tuple[str, ...]:
    """`invalid_api_key` is `InvalidApiKey`; of a dotted code the first and the last part count, too."""
    code = re.sub(r"[_\s]", "", words.code).lower()
    return code, code.partition(".")[0], code.rpartition(".")[2]
