"""JSON of any shape: made up, or a real value damaged where it hurts."""

import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

from tests.support.fuzz.texts import hostile_text

_NUMBERS = (0, -1, 1, 0.5, 200, 404, 1 << 31, 1 << 63, -(1 << 63), 10**30, 1e308, -1e308, 5e-324)
_NOT_NUMBERS = (float("inf"), float("-inf"), float("nan"))
_FEW = 10
_DEEP = "a place for something deep"
_LONG = "a place for something long"


def any_value(chance: random.Random, depth: int = 3) -> Any:
    """Anything that JSON can say, and a little more."""
    kind = chance.randrange(9 if depth else 6)
    match kind:
        case 0:
            return chance.choice((None, True, False))
        case 1:
            return chance.choice(_NUMBERS)
        case 2:
            return chance.choice((*_NOT_NUMBERS, *([_DEEP, _LONG] if chance.random() < 0.1 else [])))
        case 3 | 4 | 5:
            return hostile_text(chance)
        case 6:
            return [any_value(chance, depth - 1) for _ in range(chance.randrange(4))]
        case _:
            return {
                hostile_text(chance, most=2): any_value(chance, depth - 1) for _ in range(chance.randrange(4))
            }


def damaged_value(chance: random.Random, value: Any, most: int = 3) -> Any:
    """`value` after none to `most` damages, each anywhere in it."""
    for _ in range(chance.randrange(most + 1)):
        value = _damaged(chance, value)
    return value


def dumped(chance: random.Random, value: Any) -> str:
    """As JSON; what is deep or long becomes so here."""
    text = json.dumps(value, ensure_ascii=chance.random() < 0.5)
    depth = chance.choice((5, 500, 100_000))
    opened, closed = chance.choice((("[", "]"), ('{"a":', "}"), ('[{"error":', "}]")))
    deep = opened * depth + chance.choice(("", "1" + closed * depth))
    text = text.replace(f'"{_DEEP}"', deep, 1)
    return text.replace(
        f'"{_LONG}"', chance.choice(("9" * 5_000, "1e" + "9" * 400, '"' + "x" * 70_000 + '"')), 1
    )


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _damaged(chance: random.Random, value: Any) -> Any:
    if (
        chance.random() < 0.15
        or not isinstance(value, Mapping | Sequence)
        or isinstance(value, str)
        or not value
    ):
        return _other(chance, value)
    if isinstance(value, Mapping):
        return _damaged_object(chance, dict(value))
    return _damaged_list(chance, list(value))


def _other(chance: random.Random, value: Any) -> Any:
    """In its place: anything, itself in a box, or itself as text."""
    return chance.choice((any_value(chance), any_value(chance), [value], {"error": value}, str(value)))


def _damaged_object(chance: random.Random, value: dict[str, Any]) -> dict[str, Any]:
    name = chance.choice(list(value))
    match chance.randrange(6):
        case 0:
            del value[name]
        case 1:
            value[hostile_text(chance, most=3)] = value.pop(name)
        case 2:
            value[chance.choice(list(value))] = value[name]
        case _:
            value[name] = _damaged(chance, value[name])
    return value


def _damaged_list(chance: random.Random, value: list[Any]) -> list[Any]:
    at = chance.randrange(len(value))
    match chance.randrange(5):
        case 0:
            del value[at]
        case 1:
            value *= chance.choice((2, 3, 30)) if len(value) < _FEW else 1
        case _:
            value[at] = _damaged(chance, value[at])
    return value
