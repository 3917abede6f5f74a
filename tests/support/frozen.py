"""Looks into a bundle, and at what it gives to others."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

from PyInstaller.archive.readers import CArchiveReader


def linked(bundle: Path, place: Path) -> Path:
    """`bundle` once more, as `place`: the files are the same ones, where both lie on one disk."""
    try:
        shutil.copytree(bundle, place, symlinks=True, copy_function=os.link)
    except shutil.Error:
        shutil.rmtree(place)
        shutil.copytree(bundle, place, symlinks=True)
    return place


def frozen_texts(program: Path) -> Iterator[str]:
    """All texts, and names of files, in the modules that are packed into `program`."""
    archive = CArchiveReader(str(program))
    modules = archive.open_embedded_archive("PYZ.pyz")
    for name in modules.toc:
        found = modules.extract(name)
        if isinstance(found, CodeType):
            yield from _texts(found)


def environ_given(told: Path) -> dict[str, str]:
    """What /proc said of a process's environment, as it was copied to `told`."""
    pairs = os.fsdecode(told.read_bytes()).rstrip("\0").split("\0")
    return dict(pair.split("=", 1) for pair in pairs)


def _texts(code: CodeType) -> Iterator[str]:
    yield code.co_filename
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _texts(constant)
        elif isinstance(constant, str):
            yield constant
