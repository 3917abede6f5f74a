"""Images damaged at random, the same way for the same seed."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from tests.support.corpus_region import regions
from tests.support.corpus_shelf import part

Damage: TypeAlias = Callable[[random.Random, bytes], bytes]

_EXTREMES = (0, 1, 0x7F, 0xFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


class Mutant(NamedTuple):
    """A damaged image: a name that tells how it came to be, under which it is sent; its bytes."""

    name: str
    data: bytes


SEEDS: Mapping[str, Sequence[tuple[str, str]]] = {
    "png": (
        ("png", "colour-8.png"),
        ("png", "palette-4-clear.png"),
        ("png", "colour-alpha-16-adam7.png"),
        ("png", "exif-6.png"),
        ("png", "swapped-colour.png"),
        ("png", "animated.png"),
    ),
    "jpg": (
        ("jpeg", "smooth-420.jpg"),
        ("jpeg", "busy-444-progressive.jpg"),
        ("jpeg", "exif-6.jpg"),
        ("jpeg", "cmyk.jpg"),
        ("jpeg", "restart-blocks.jpg"),
        ("jpeg", "swapped.jpg"),
        ("jpeg", "everything.jpg"),
    ),
    "webp": (
        ("frames", "lossless-alpha.webp"),
        ("frames", "lossy-cut-out-100.webp"),
        ("frames", "exif-6.webp"),
        ("frames", "moving.webp"),
    ),
    "gif": (("frames", "colours-4.gif"), ("frames", "clear-interlaced.gif"), ("frames", "moving.gif")),
    "tiff": (
        ("tiff", "strips.tiff"),
        ("tiff", "deflate-tiles-motorola.tiff"),
        ("tiff", "colour-tiff_lzw.tiff"),
        ("tiff", "bilevel-group4.tiff"),
        ("tiff", "pages.tiff"),
        ("tiff", "cmyk.tiff"),
        ("tiff", "colour-jpeg.tiff"),
    ),
    "bmp": (
        ("bitmap", "palette-4-header-40.bmp"),
        ("bitmap", "run-lengths-8.bmp"),
        ("bitmap", "colour-565.bmp"),
        ("bitmap", "alpha-header-124.bmp"),
    ),
    "tga": (("bitmap", "colour-top-left.tga"), ("bitmap", "alpha-runs.tga"), ("bitmap", "palette.tga")),
    "psd": (("psd", "colour.psd"), ("psd", "alpha-packed.psd"), ("psd", "cmyk-packed.psd")),
    "jp2": (("modern", "colour.jp2"), ("modern", "lossy.j2k"), ("modern", "alpha.jp2")),
    "avif": (("modern", "busy.avif"), ("modern", "alpha.avif"), ("modern", "exif-6.avif")),
    "heic": (("modern", "colour.heic"), ("modern", "turned-1.heic"), ("modern", "alpha.heic")),
}
"""Of each kind: the parts and names of the corpus's entries that are damaged."""


def mutants(kind: str, count: int, seed: int) -> Iterator[Mutant]:
    """`count` images of `kind`, damaged in turn in each of the ways of `DAMAGES`."""
    chance = random.Random(f"{kind}-{seed}")
    seeds = [_seed(*place) for place in SEEDS[kind]]
    ways = list(DAMAGES.items())
    for number in range(count):
        name, data = seeds[number % len(seeds)]
        way, damage = ways[number // len(seeds) % len(ways)]
        yield Mutant(f"{seed}-{number}-{way}-{name}", damage(chance, data))


def _seed(name: str, file: str) -> tuple[str, bytes]:
    return next((entry.name, entry.data) for entry in part(name) if entry.name == file)


def _flip(chance: random.Random, data: bytes) -> bytes:
    """One to eight bits, anywhere."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _flip_head(chance: random.Random, data: bytes) -> bytes:
    """One bit where headers are."""
    damaged = bytearray(data)
    damaged[chance.randrange(min(len(data), 200))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _cut(chance: random.Random, data: bytes) -> bytes:
    """At a region's start, in its head, or in its middle."""
    return data[: max(1, chance.choice(regions(data)) + chance.choice((0, 1, 4, 7, 13)))]


def _overwrite_number(chance: random.Random, data: bytes) -> bytes:
    """A length, a count or an offset becomes an extreme."""
    width, order = chance.choice((1, 2, 4, 4)), chance.choice(("big", "little"))
    place = min(chance.choice(regions(data)) + chance.choice((0, 2, 4, 8)), len(data) - width)
    value = chance.choice(_EXTREMES) & ((1 << 8 * width) - 1)
    return data[:place] + value.to_bytes(width, "big" if order == "big" else "little") + data[place + width :]


def _double(chance: random.Random, data: bytes) -> bytes:
    """A region stands there twice."""
    start, end = _between(chance, data)
    return data[:end] + data[start:end] + data[end:]


def _drop(chance: random.Random, data: bytes) -> bytes:
    start, end = _between(chance, data)
    return data[:start] + data[end:]


def _blank(chance: random.Random, data: bytes) -> bytes:
    start, end = _between(chance, data)
    return data[:start] + chance.choice((b"\0", b"\xff")) * (end - start) + data[end:]


def _exchange(chance: random.Random, data: bytes) -> bytes:
    """Two regions change places."""
    first, middle, last = sorted(chance.choice(regions(data)) for _ in range(3))
    return data[:first] + data[middle:last] + data[first:middle] + data[last:]


def _append_other(chance: random.Random, data: bytes) -> bytes:
    """Another image behind, or this one again, or before."""
    other = _seed(*chance.choice(SEEDS[chance.choice(tuple(SEEDS))]))[1]
    return chance.choice((data + other, data + data, other + data))


def _graft(chance: random.Random, data: bytes) -> bytes:
    """The head of this on the body of another."""
    other = _seed(*chance.choice(SEEDS[chance.choice(tuple(SEEDS))]))[1]
    return data[: chance.choice(regions(data))] + other[chance.choice(regions(other)) :]


def _between(chance: random.Random, data: bytes) -> tuple[int, int]:
    places = [*regions(data), len(data)]
    first = chance.randrange(len(places) - 1)
    return places[first], places[first + 1]


DAMAGES: Mapping[str, Damage] = {
    "flip": _flip,
    "flip-head": _flip_head,
    "cut": _cut,
    "number": _overwrite_number,
    "double": _double,
    "drop": _drop,
    "blank": _blank,
    "exchange": _exchange,
    "other": _append_other,
    "graft": _graft,
}
