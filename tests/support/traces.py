"""The traces that a secret leaves: in files, in what is packed into them, and in whatever form it is written.

What is looked into: bytes as they lie there (of databases too, with their free pages and their log), zlib,
gzip, ZIP and base64 within them and within each other, the values of SQLite databases, names of files and
targets of links.
"""

import base64
import binascii
import html
import json
import re
import sqlite3
import stat
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote, quote_plus

PART = 12
"""Characters in a row that are taken for a part of a key; providers show up to eight on purpose."""

_DEPTH = 3
_PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
_ZIP_HEADER = 30
_STEP = 1024
_MOST = 2**26
_SQLITE = b"SQLite format 3\0"


def forms(secret: str) -> frozenset[bytes]:
    """How `secret` may be written. It must be 12 characters or longer."""
    assert len(secret) >= PART
    written = {secret, secret.lower(), secret.upper(), html.escape(secret), json.dumps(secret)[1:-1]}
    written |= {json.dumps(text)[1:-1].replace("/", "\\/") for text in list(written)}
    written |= {quote(secret, safe=""), quote(secret), quote_plus(secret)}
    coded = {
        text.encode(code) for text in written for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
    }
    data = secret.encode()
    return frozenset(coded | {data.hex().encode(), data.hex().upper().encode()} | set(_in_base64(data)))


def parts(key: str) -> frozenset[bytes]:
    """All that is taken for a part of `key`, in plain."""
    return frozenset(key[n : n + PART].encode() for n in range(len(key) - PART + 1))


def holds(data: bytes, sought: Iterable[bytes]) -> bool:
    """Whether any of `sought` stands in `data`, or in anything that is packed in it."""
    needles = tuple(sought)
    return any(needle in layer for layer in layers(data) for needle in needles)


def layers(data: bytes, depth: int = _DEPTH) -> Iterator[bytes]:
    """`data`, and what can be unpacked anywhere in it."""
    yield data
    if depth > 0:
        for inner in (*_unpacked(data), *_decoded(data)):
            yield from layers(inner, depth - 1)


def files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """All that lies below `folder`, with what it holds; a link holds its target, a socket nothing.

    Behind a database stand its values once more, each in one piece.
    """
    for path in sorted(folder.rglob("*")):
        with suppress(FileNotFoundError):  # it has gone meanwhile
            data = _content(path)
            yield path, data
            if data.startswith(_SQLITE):
                yield path, b"\n".join(_values(path))


def found(folder: Path, sought: Iterable[bytes]) -> list[str]:
    """The names below `folder` of what holds any of `sought`, or is called so."""
    needles = tuple(sought)
    held = (
        str(path.relative_to(folder))
        for path, data in files(folder)
        if holds(data, needles) or holds(bytes(path.relative_to(folder)), needles)
    )
    return sorted(set(held))


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _in_base64(data: bytes) -> Iterator[bytes]:
    """However many bytes stand before it: those shift it, and its ends mix with what is beside it."""
    for before in range(3):
        encoded = base64.b64encode(b" " * before + data).rstrip(b"=")[before and before + 1 : -1]
        yield encoded
        yield encoded.translate(bytes.maketrans(b"+/", b"-_"))


def _unpacked(data: bytes) -> Iterator[bytes]:
    for place in _PACKED.finditer(data):
        start, kind = place.start(), zlib.MAX_WBITS | 32
        if place[0].startswith(b"PK"):
            lengths = (int.from_bytes(data[start + n : start + n + 2], "little") for n in (26, 28))
            start, kind = start + _ZIP_HEADER + sum(lengths), -zlib.MAX_WBITS
        yield _inflated(data[start:], kind)


def _inflated(data: bytes, kind: int) -> bytes:
    """As much of a stream as is whole."""
    inflate, done, at = zlib.decompressobj(kind), b"", 0
    while at < len(data) and not inflate.eof and len(done) < _MOST:
        before = inflate.copy()
        try:
            done += inflate.decompress(data[at : at + _STEP], _MOST)
        except zlib.error:
            return done + b"".join(_to_the_fault(before, data[at : at + _STEP]))
        at += _STEP
    return done


def _to_the_fault(inflate: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    with suppress(zlib.error):
        for n in range(len(data)):
            yield inflate.decompress(data[n : n + 1])


def _decoded(data: bytes) -> Iterator[bytes]:
    for run in _BASE64.findall(data.replace(b"\\/", b"/")):
        usual = run.translate(bytes.maketrans(b"-_", b"+/"))
        # Letters that happen to stand before it shift it.
        for start in range(4):
            rest = usual[start : start + (len(usual) - start) // 4 * 4]
            with suppress(binascii.Error):
                yield base64.b64decode(rest)


def _content(path: Path) -> bytes:
    if path.is_symlink():
        return bytes(path.readlink())
    return path.read_bytes() if stat.S_ISREG(path.stat().st_mode) else b""


def _values(path: Path) -> Iterator[bytes]:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        for (table,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
        ).fetchall():
            for row in db.execute(f'SELECT * FROM "{table}"'):
                yield from (value if isinstance(value, bytes) else str(value).encode() for value in row)
