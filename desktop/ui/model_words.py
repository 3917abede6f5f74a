"""Words for what is known of a model."""

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.models import GROUP_NAMES, READER_MODEL, Model, Price

_K = 1024


def model_name(model_id: str) -> str:
    """How a model is called in the window: its id, but for the on-device reader."""
    if model_id == READER_MODEL:
        return QCoreApplication.translate("model", "On-device reader")
    return model_id


def group_name(model: Model) -> str:
    """The group's words; none for the on-device reader."""
    if model.id == READER_MODEL:
        return ""
    return QCoreApplication.translate("catalog", GROUP_NAMES[model.group])


def facts_of(model: Model, price: Price | None) -> str:
    """One line of facts: lengths, thinking, and what a short request costs."""
    if model.id == READER_MODEL:
        return QCoreApplication.translate("model", "Reads text on this device · no key, no network")
    return " · ".join(filter(None, [_lengths(model), _thinking(model), _cost(price)]))


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
