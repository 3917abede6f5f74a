"""Packages of npm that need no others: fetched by name and version, proven by hash, unpacked."""

from __future__ import annotations

import base64
import hashlib
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from console import SetupError


class Pin(NamedTuple):
    """One line of a pins file: name, version, and the hash as npm writes it (`sha512-…`, base64)."""

    name: str
    version: str
    integrity: str


def read_pins(path: Path) -> list[Pin]:
    return [Pin(*line.split()) for line in path.read_text(encoding="ascii").splitlines() if line]


def unpack(pin: Pin, into: Path, npm: Sequence[str], run: Callable[..., None]) -> None:
    """Fetch `pin` by the command `npm` and lay its files into the folder `into`.

    `run` runs a command, named by its aim first, and raises `SetupError` if it fails.

    Raises:
        SetupError: It cannot be fetched, or is not what the pin proves.
    """
    with TemporaryDirectory() as folder:
        run(f"fetch {pin.name}", *npm, "pack", f"{pin.name}@{pin.version}", "--pack-destination", folder)
        (archive,) = Path(folder).iterdir()
        _prove(archive.read_bytes(), pin)
        with tarfile.open(archive) as opened:
            # Python 3.11.4 knows filters, Debian 12's does not; what is unpacked is what the hash proves.
            opened.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
            opened.extractall(into)  # noqa: S202 - proven by hash


def _prove(content: bytes, pin: Pin) -> None:
    algorithm, _, expected = pin.integrity.partition("-")
    if base64.b64encode(hashlib.new(algorithm, content).digest()).decode() != expected:
        raise SetupError(f"{pin.name} {pin.version} is not what its pin says it is.")
