"""Bytes damaged at random, the same way for the same `random.Random`."""

import random
from collections.abc import Callable, Sequence
from typing import TypeAlias

LARGEST = 1 << 20
"""Bytes that an input may grow to."""

_MOST_PIECES = 3_000
_EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_GROWTH = (2, 3, 10, 100, 1_000, 20_000)

Mutation: TypeAlias = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def mutated(chance: random.Random, data: bytes, words: Sequence[bytes], most: int = 6) -> bytes:
    """`data` after none to `most` damages, often none; `words` mean something to whoever reads it."""
    for _ in range(chance.randrange(most + 1) if chance.random() < 0.6 else 0):
        data = chance.choice(MUTATIONS)(chance, data, words)[:LARGEST]
    return data


def cuts(chance: random.Random, data: bytes) -> list[bytes]:
    """`data` in at most some thousands of pieces: of one byte, of a few, or of many; some of them empty."""
    longest = max(chance.choice((1, 3, 20, 300, 5_000, LARGEST)), len(data) // _MOST_PIECES)
    pieces, at = [], 0
    while at < len(data):
        length = chance.randint(0 if longest > 1 else 1, longest)
        pieces.append(data[at : at + length])
        at += length
    return pieces


def own_chance(data: bytes) -> random.Random:
    """Decides what goes with `data` beside its bytes, so that the bytes alone tell a case."""
    return random.Random(data)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _stretch(chance: random.Random, data: bytes) -> slice:
    start = chance.randrange(len(data) + 1)
    return slice(start, start + chance.choice((1, 2, 4, 16, 100, len(data))))


def _flip(chance: random.Random, data: bytes, _words: Sequence[bytes]) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 8) if data else 0):
        damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _cut(chance: random.Random, data: bytes, _words: Sequence[bytes]) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _drop(chance: random.Random, data: bytes, _words: Sequence[bytes]) -> bytes:
    part = _stretch(chance, data)
    return data[: part.start] + data[part.stop :]


def _insert(chance: random.Random, data: bytes, words: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(words) + data[at:]


def _replace(chance: random.Random, data: bytes, words: Sequence[bytes]) -> bytes:
    part = _stretch(chance, data)
    return data[: part.start] + chance.choice(words) + data[part.stop :]


def _splice(chance: random.Random, data: bytes, _words: Sequence[bytes]) -> bytes:
    """A stretch of it stands somewhere else as well."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[_stretch(chance, data)] + data[at:]


def _grow(chance: random.Random, data: bytes, words: Sequence[bytes]) -> bytes:
    """A stretch, or a word, many times over."""
    part = _stretch(chance, data)
    piece = chance.choice((data[part], chance.choice(words)))[:1_000]
    times = min(chance.choice(_GROWTH), LARGEST // (len(piece) + 1))
    return data[: part.start] + piece * times + data[part.start :]


def _overwrite_number(chance: random.Random, data: bytes, _words: Sequence[bytes]) -> bytes:
    width, at = chance.choice((1, 2, 4)), chance.randrange(len(data) + 1)
    value = chance.choice(_EXTREMES) & ((1 << 8 * width) - 1)
    return (
        data[:at] + value.to_bytes(width, "big" if chance.random() < 0.5 else "little") + data[at + width :]
    )


def _noise(chance: random.Random, data: bytes, _words: Sequence[bytes]) -> bytes:
    part = _stretch(chance, data)
    return data[: part.start] + chance.randbytes(len(data[part])) + data[part.stop :]


MUTATIONS: Sequence[Mutation] = (
    _flip,
    _cut,
    _drop,
    _insert,
    _replace,
    _splice,
    _grow,
    _overwrite_number,
    _noise,
)
