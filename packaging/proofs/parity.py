"""Whether packages hold the same: what a .deb, an .rpm and a .run lay down, and where they differ."""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

from installers.deb import LINTIAN
from installers.run_file import PAYLOAD

_OWN = "viewfinder"


class Entry(NamedTuple):
    """One path of a package.

    `mode` holds the permission bits; a link's are 0, since they mean nothing and packers disagree about them.
    `content` is a file's SHA-256, a link's target, or empty for a folder.
    """

    kind: str
    mode: int
    owner: str
    content: str


Contents = Mapping[str, Entry]
"""Entries by path without a leading slash: `usr/bin/viewfinder`."""


def of_deb(package: Path) -> Contents:
    """What `package` lays down, without what is for Debian's checker alone."""
    laid_down = _unpacked(["dpkg-deb", "--fsys-tarfile", str(package)])
    return {path: entry for path, entry in laid_down.items() if path != str(LINTIAN)}


def of_rpm(package: Path) -> Contents:
    """What `package` lays down: of its payload, not only as its header tells it."""
    with package.open("rb") as stream:
        return _unpacked(["rpm2archive", "--nocompression", "-"], stdin=stream)


def of_run(package: Path) -> Contents:
    """What `package` carries, under the names that the others have for it."""
    return _unpacked(["sh", str(package), "--tar", "xOf", f"./{PAYLOAD}"])


def differences(one: Contents, other: Contents) -> list[str]:
    """A line for each path in which two packages differ, sorted; none if they lay down the same.

    A folder that only one of them names is a difference only if it is the app's own: packages share the
    others, and an .rpm leaves them to the package that owns them.
    """
    return sorted(_compared(one, other))


# ── inside ──────────────────────────────────────────────────────────────────────────────────────────────


def _compared(one: Contents, other: Contents) -> Iterator[str]:
    for path in one.keys() | other.keys():
        first, second = one.get(path), other.get(path)
        if first is not None and second is not None:
            if first != second:
                yield f"{path}: {first} is not {second}"
        elif (lone := first or second) is not None and (lone.kind != "folder" or _OWN in path.split("/")):
            yield f"{path}: only the {'first' if first else 'second'} has it"


def _unpacked(command: Sequence[str], stdin: BinaryIO | None = None) -> Contents:
    """The contents of the tar archive that `command` writes.

    Raises:
        ValueError: It wrote none, or an unfinished one.
    """
    with subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE) as program:
        try:
            with tarfile.open(fileobj=program.stdout, mode="r|*") as archive:
                contents = _read(archive)
            _ = program.stdout and program.stdout.read()  # what fills up the last block
        except tarfile.TarError as error:
            raise ValueError(f"{command[0]} gave no archive: {error}") from error
    if program.returncode:
        raise ValueError(f"{command[0]} ended with {program.returncode}")
    return contents


def _read(archive: tarfile.TarFile) -> Contents:
    contents: dict[str, Entry] = {}
    for member in archive:
        path = _plain(member.name)
        owner = f"{member.uname or member.uid}:{member.gname or member.gid}"
        if member.islnk():
            contents[path] = contents[_plain(member.linkname)]
        elif member.issym():
            contents[path] = Entry("link", 0, owner, member.linkname)
        elif member.isdir():
            contents[path] = Entry("folder", member.mode, owner, "")
        elif (content := archive.extractfile(member)) is not None:
            contents[path] = Entry("file", member.mode, owner, _digest(content))
    contents.pop("", None)  # the root
    return contents


def _plain(name: str) -> str:
    """Without "./" or "/" before it; empty for the root."""
    return "/".join(part for part in name.split("/") if part not in {"", "."})


def _digest(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := content.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()
