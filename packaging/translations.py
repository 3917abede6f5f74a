"""Bring the catalogues in `resources/translations/` up to date with the sources, and compile them.

`python packaging/translations.py` (in `.venv`) rewrites them; with `--check` nothing is changed. Either way
it says what is wrong, and its exit status is 1 when anything is.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "resources" / "translations"

_QT_TOOLS = Path(PySide6.__file__).parent


@dataclass(frozen=True, slots=True)
class Message:
    """One string of a catalogue; `is_finished` is false until a translator has seen it as it is now."""

    context: str
    source: str
    translation: str
    is_finished: bool


def main(arguments: list[str] | None = None) -> int:
    """Update unless only asked to check; the exit status is 1 when something is wrong."""
    parser = argparse.ArgumentParser(description="Keep the translations up to date with the sources.")
    parser.add_argument("--check", action="store_true", help="change nothing")
    only_check = parser.parse_args(arguments).check
    faults: list[str] = []
    for catalogue in sorted(CATALOGUES.glob("*.ts")):
        if not only_check:
            update(catalogue)
            release(catalogue, catalogue.with_suffix(".qm"))
        faults += faults_of(catalogue)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def update(catalogue: Path) -> None:
    """Take over what the sources say now. Raises `CalledProcessError`, for what lupdate warns of, too."""
    # Without places and in the order of the alphabet, a catalogue changes with its words only.
    form = ("-no-obsolete", "-sort-messages", "-locations", "none")
    sources = ("-warnings-are-errors", "-extensions", "py", "desktop")
    _run("lupdate", "-silent", *form, *sources, "-ts", str(catalogue))


def release(catalogue: Path, compiled: Path) -> None:
    """Write the form that the app loads. Unfinished strings are in it where they have any words."""
    _run("lrelease", "-silent", str(catalogue), "-qm", str(compiled))


def faults_of(catalogue: Path) -> Iterator[str]:
    """What is wrong with `catalogue` and its compiled form, a line each; neither is changed."""
    compiled = catalogue.with_suffix(".qm")
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder, catalogue.name)
        shutil.copy(catalogue, fresh)
        update(fresh)
        if fresh.read_bytes() != catalogue.read_bytes():
            yield f"{catalogue.name}: not what the sources say"
        for message in messages(fresh):
            if not message.is_finished:
                yield f"{catalogue.name}: not translated: {message.context}: {message.source}"
        release(catalogue, fresh.with_suffix(".qm"))
        if not compiled.exists() or fresh.with_suffix(".qm").read_bytes() != compiled.read_bytes():
            yield f"{compiled.name}: not what the catalogue says"


def messages(catalogue: Path) -> list[Message]:
    """All strings of a .ts file."""
    contexts = ET.parse(catalogue).iter("context")  # noqa: S314 - it is our own file
    return [_message(context, message) for context in contexts for message in context.iter("message")]


def _message(context: ET.Element, message: ET.Element) -> Message:
    translation = message.find("translation")
    words = "" if translation is None else "".join(translation.itertext()).strip()
    is_finished = translation is not None and "type" not in translation.attrib and bool(words)
    return Message(context.findtext("name", ""), message.findtext("source", ""), words, is_finished)


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(_QT_TOOLS / tool), *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
