"""What the programs and shared libraries in a folder tell of themselves: what they need, and from where.

Read from their section headers; the numbers are those of elf.h, for 64-bit little-endian files.
"""

from __future__ import annotations

import mmap
import re
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_MAGIC = b"\x7fELF\x02\x01"
_SECTIONS_AT, _SECTIONS_SHAPE = 0x28, 0x3A
_DYNAMIC, _VERSIONS_NEEDED = 6, 0x6FFFFFFE
_END, _NEEDED, _SONAME, _RPATH, _RUNPATH = 0, 1, 14, 15, 29


class Elf(NamedTuple):
    """One file: `needed` are sonames, `runpath` folders, `versions` pairs of soname and version."""

    path: Path
    soname: str
    needed: frozenset[str]
    runpath: tuple[str, ...]
    versions: frozenset[tuple[str, str]]


class _Section(NamedTuple):
    name: int
    kind: int
    flags: int
    address: int
    offset: int
    size: int
    link: int
    info: int
    alignment: int
    entry: int


def read(path: Path) -> Elf | None:
    """What the file at `path` tells; None where it is no ELF file."""
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            return None
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _read(path, data)


def files(folder: Path) -> list[Elf]:
    """All in `folder` and below; a file that has several names there once."""
    found = (read(path) for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return [each for each in found if each is not None]


def needed(folder: Path) -> set[str]:
    """The sonames that the files in `folder` need and that are not there: what the system must have."""
    return _outside(files(folder))


def floors(folder: Path) -> dict[str, tuple[int, ...]]:
    """The newest version that is asked for of each name that the system's libraries version by.

    {"GLIBC": (2, 35), "GLIBCXX": (3, 4, 30)}: with an older one nothing starts.
    """
    there = files(folder)
    outside = _outside(there)
    return _newest(version for each in there for source, version in each.versions if source in outside)


def dotted(version: tuple[int, ...]) -> str:
    """As people write it: "2.35"."""
    return ".".join(map(str, version))


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _outside(there: Iterable[Elf]) -> set[str]:
    there = list(there)
    inside = {name for each in there for name in (each.soname, each.path.name)}
    return {name for each in there for name in each.needed} - inside


def _newest(versions: Iterable[str]) -> dict[str, tuple[int, ...]]:
    newest: dict[str, tuple[int, ...]] = {}
    for version in versions:
        if match := re.fullmatch(r"(\w+)_(\d+(?:\.\d+)*)", version):
            numbers = tuple(int(number) for number in match[2].split("."))
            newest[match[1]] = max(newest.get(match[1], ()), numbers)
    return newest


def _read(path: Path, data: mmap.mmap) -> Elf:
    sections = list(_sections(data))
    told: dict[int, list[str]] = {_NEEDED: [], _SONAME: [], _RPATH: [], _RUNPATH: []}
    versions: set[tuple[str, str]] = set()
    for section in sections:
        if section.kind == _DYNAMIC:
            for tag, text in _dynamic(data, section, sections[section.link]):
                told[tag].append(text)
        elif section.kind == _VERSIONS_NEEDED:
            versions.update(_versions(data, section, sections[section.link]))
    runpath = tuple(folder for text in told[_RPATH] + told[_RUNPATH] for folder in text.split(":"))
    soname = told[_SONAME][0] if told[_SONAME] else ""
    return Elf(path, soname, frozenset(told[_NEEDED]), runpath, frozenset(versions))


def _sections(data: mmap.mmap) -> Iterator[_Section]:
    (start,) = struct.unpack_from("<Q", data, _SECTIONS_AT)
    size, count = struct.unpack_from("<HH", data, _SECTIONS_SHAPE)
    for index in range(count):
        yield _Section(*struct.unpack_from("<IIQQQQIIQQ", data, start + index * size))


def _dynamic(data: mmap.mmap, section: _Section, strings: _Section) -> Iterator[tuple[int, str]]:
    """The tags of texts, each with its text."""
    for tag, value in struct.iter_unpack("<QQ", data[section.offset : section.offset + section.size]):
        if tag == _END:
            return
        if tag in {_NEEDED, _SONAME, _RPATH, _RUNPATH}:
            yield tag, _text(data, strings, value)


def _versions(data: mmap.mmap, section: _Section, strings: _Section) -> Iterator[tuple[str, str]]:
    """The versions that are asked for, each with the library that must have it."""
    at = section.offset
    for _ in range(section.info):
        _, count, source, first, following = struct.unpack_from("<HHIII", data, at)
        entry = at + first
        for _ in range(count):
            _, _, _, name, after = struct.unpack_from("<IHHII", data, entry)
            yield _text(data, strings, source), _text(data, strings, name)
            entry += after
        at += following


def _text(data: mmap.mmap, strings: _Section, offset: int) -> str:
    start = strings.offset + offset
    return data[start : data.find(b"\0", start)].decode()
