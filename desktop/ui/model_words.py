"""Words for what is known of a model, and of the server that has it."""

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.endpoints import profile_of
from desktop.domain.models import GROUP_NAMES, READER_MODEL, Model, Price
from desktop.domain.provider_errors import ProxyUnusable, ServerUnreachable, TimedOut
from desktop.domain.settings import Endpoint
from desktop.domain.visible import on_one_line
from desktop.ui.endpoint_words import server_name
from desktop.viewmodels.picker_groups import Choice, Heading, ListState

_K = 1024


def model_name(model_id: str) -> str:
    """How a model is called in the window: its id, but for the on-device reader."""
    if model_id == READER_MODEL:
        return QCoreApplication.translate("model", "On-device reader")
    return on_one_line(model_id)


def group_name(model: Model) -> str:
    """The group's words; none for the on-device reader."""
    if model.id == READER_MODEL:
        return ""
    return QCoreApplication.translate("catalog", GROUP_NAMES[model.group])


def facts_of(model: Model, price: Price | None) -> str:
    """One line of facts: whether it sees, lengths, thinking, and what a short request costs."""
    if model.id == READER_MODEL:
        return QCoreApplication.translate("model", "Reads text on this device · no key, no network")
    return " · ".join(filter(None, [_sight(model), _lengths(model), _thinking(model), _cost(price)]))


def kind_words(choice: Choice) -> str:
    """Which of a server's models it is; empty where its list has no parts."""
    if not choice.is_listed:
        return QCoreApplication.translate("model", "not listed")
    has_parts = choice.endpoint is not None and profile_of(choice.endpoint).has_catalog
    return group_name(choice.model) if has_parts else ""


def choice_words(choice: Choice) -> str:
    """All that a row says, and whose the model is."""
    facts = facts_of(choice.model, choice.price)
    words = [model_name(choice.model.id), server_words(choice.endpoint), kind_words(choice), facts]
    return ", ".join(filter(None, words))


# ── servers ─────────────────────────────────────────────────────────────────────────────────────


def server_words(endpoint: Endpoint | None) -> str:
    """What stands above a server's models."""
    if endpoint is None:
        return QCoreApplication.translate("model", "On this device")
    return server_name(endpoint)


def searched_words(endpoint: Endpoint | None) -> str:
    """What a server's models are found by, besides their own names."""
    if endpoint is None:
        return f"{server_words(None)} {model_name(READER_MODEL)}"
    return f"{server_words(endpoint)} {profile_of(endpoint).name}"


def title_words(heading: Heading) -> str:
    words = server_words(heading.endpoint)
    if heading.is_found:
        found = QCoreApplication.translate("model", "{server} · found on this computer")
        return found.format(server=words)
    return words


def state_words(heading: Heading) -> str:
    """How far the server is with telling its models, in a word or two."""
    match heading.state:
        case ListState.ASKING:
            return QCoreApplication.translate("model", "asking…")
        case ListState.NEEDS_KEY:
            return QCoreApplication.translate("model", "needs a key")
        case ListState.FAILED if isinstance(heading.error, ServerUnreachable | TimedOut | ProxyUnusable):
            return QCoreApplication.translate("model", "not reachable")
        case ListState.FAILED:
            return QCoreApplication.translate("model", "no list")
        case ListState.LISTED if heading.endpoint is not None:
            return _count(heading.count)
    return ""


def _count(models: int) -> str:
    if models == 1:
        return QCoreApplication.translate("model", "1 model")
    return QCoreApplication.translate("model", "{n} models").format(n=models)


# ── facts ───────────────────────────────────────────────────────────────────────────────────────


def _sight(model: Model) -> str:
    return QCoreApplication.translate("model", "no images") if model.sees is False else ""


def _lengths(model: Model) -> str:
    words = []
    if model.context:
        words.append(QCoreApplication.translate("model", "context {n}").format(n=_thousands(model.context)))
    if model.max_output:
        words.append(QCoreApplication.translate("model", "answer {n}").format(n=_thousands(model.max_output)))
    return " · ".join(words)


def _thinking(model: Model) -> str:
    if model.thinking == "always":
        return QCoreApplication.translate("model", "always thinks")
    if model.thinking == "hybrid":
        return QCoreApplication.translate("model", "can think")
    return ""


def _cost(price: Price | None) -> str:
    if price is None:
        return ""
    sign = "$" if price.currency == "USD" else "¥"
    locale = QLocale()
    words = QCoreApplication.translate("model", "{sign}{prompt} / {sign}{completion} per M tokens")
    return words.format(
        sign=sign,
        prompt=locale.toString(price.prompt, "g", 4),
        completion=locale.toString(price.completion, "g", 4),
    )


def _thousands(tokens: int) -> str:
    if tokens >= 1_000_000:  # noqa: PLR2004 - a million
        return f"{tokens / 1_000_000:.0f} M"
    return f"{tokens / _K:.0f} K"
