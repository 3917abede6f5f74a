"""SHA256SUMS, by which users check what they downloaded: `sha256sum --check SHA256SUMS`."""

from __future__ import annotations

import hashlib
from pathlib import Path

from installers.release import KINDS, file_name
from installers.whole import whole


def write_sums(folder: Path, version: str) -> Path:
    """Write the sums of what lies in `folder` of this version: files of others, or none, are not listed."""
    files = [folder / name for name in sorted(file_name(kind, version) for kind in KINDS)]
    lines = [f"{_sha256(file)}  {file.name}\n" for file in files if file.is_file()]
    with whole(folder / "SHA256SUMS") as sums:
        sums.write_text("".join(lines), encoding="ascii")
    return folder / "SHA256SUMS"


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
