"""Small values of an answer as JSON, and back: errors, notices, lines, usage, what was done to an image.

What cannot be understood, be it damaged or another version's, is left out: the words around it matter more.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from desktop.domain import history_errors, image_errors, links, provider_errors, refusals
from desktop.domain.errors import AppError, Fact
from desktop.domain.events import LineRead, Notice, NoticeRaised, Usage
from desktop.domain.images import Box, ImageChange, Size
from desktop.storage.texts import to_json

T = TypeVar("T")

_DECODER = json.JSONDecoder()

_HOMES_OF_ERRORS = (history_errors, image_errors, links, provider_errors, refusals)
"""Named so that they are imported: a class is found once it exists."""


def error_json(error: AppError | None) -> str | None:
    if error is None:
        return None
    return to_json([type(error).__name__, dict(error.facts), error.detail])


def error_from(stored: str | None) -> AppError | None:
    """The same class with the same sentence; an `AppError` if there is no such class any more."""
    return _understood(stored, _error, AppError()) if stored is not None else None


def notices_json(notices: Sequence[NoticeRaised]) -> str | None:
    return to_json([[each.notice.name, dict(each.facts)] for each in notices]) if notices else None


def notices_from(stored: str | None) -> tuple[NoticeRaised, ...]:
    return _understood(stored, lambda found: tuple(_notices(found)), ()) or ()


def lines_json(lines: Sequence[LineRead]) -> str | None:
    return to_json([[each.image, each.box, each.text, each.confidence] for each in lines]) if lines else None


def lines_from(stored: str | None) -> tuple[LineRead, ...]:
    return _understood(stored, _lines, ()) or ()


def usage_json(usage: Usage | None) -> str | None:
    return to_json(asdict(usage)) if usage is not None else None


def usage_from(stored: str | None) -> Usage | None:
    return _understood(stored, _usage, None)


def change_json(change: ImageChange | None) -> str | None:
    return to_json(asdict(change)) if change is not None else None


def change_from(stored: str | None) -> ImageChange | None:
    return _understood(stored, _change, None)


def kinds(kind: type[AppError]) -> Iterator[type[AppError]]:
    """`kind` and all that derive from it."""
    yield kind
    for each in kind.__subclasses__():
        yield from kinds(each)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _understood(stored: str | None, made_of: Callable[[Any], T], otherwise: T | None) -> T | None:
    if stored is None:
        return None
    try:
        return made_of(_DECODER.raw_decode(stored)[0])
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return otherwise


def _error(found: Any) -> AppError:
    name, facts, detail = found
    _refuse_others(str, detail)
    kind = next((each for each in kinds(AppError) if each.__name__ == name), None)
    if kind is None:
        return AppError(detail=detail)
    return kind(detail=detail, **{key: _fact(value) for key, value in facts.items()})


def _fact(value: Any) -> Fact:
    return tuple(value) if isinstance(value, list) else value


def _notices(found: Any) -> Iterator[NoticeRaised]:
    for name, facts in found:
        if name in Notice.__members__:
            Notice[name].value.format(**facts)  # or it could not be said
            yield NoticeRaised(Notice[name], facts)


def _lines(found: Any) -> tuple[LineRead, ...]:
    for image, box, text, confidence in found:
        _refuse_others(str, text)
        _refuse_others(int, image, *box)
        _refuse_others(float, float(confidence))
    return tuple(LineRead(image, Box(*box), text, confidence) for image, box, text, confidence in found)


def _usage(found: Any) -> Usage:
    _refuse_others(int, *[count for count in found.values() if count is not None])
    return Usage(**found)


def _change(found: Any) -> ImageChange:
    size = found.pop("from_size")
    _refuse_others(int, found["frames"], found["page"], *(size or ()))
    _refuse_others(str, found["from_type"])
    return ImageChange(**found, from_size=Size(*size) if size is not None else None)


def _refuse_others(kind: type, *values: object) -> None:
    """What is shown later must be of its kind now."""
    if not all(isinstance(value, kind) for value in values):
        raise TypeError
