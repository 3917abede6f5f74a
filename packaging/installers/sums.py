"""SHA256SUMS, by which users check what they downloaded: `sha256sum --check SHA256SUMS`."""

from __future__ import annotations

import hashlib
from pathlib import Path

from installers.whole import whole


def installer_names(version: str) -> tuple[str, ...]:
    """The names of all that users download of this version."""
    return (
        f"viewfinder_{version}_amd64.deb",
        f"viewfinder-{version}-1.x86_64.rpm",
        f"viewfinder-{version}-x86_64.run",
        f"viewfinder-{version}-py3-none-any.whl",
    )


def write_sums(folder: Path, version: str) -> Path:
    """Write the sums of what lies in `folder` of this version: files of others, or none, are not listed."""
    files = [folder / name for name in sorted(installer_names(version))]
    lines = [f"{_sha256(file)}  {file.name}\n" for file in files if file.is_file()]
    with whole(folder / "SHA256SUMS") as sums:
        sums.write_text("".join(lines), encoding="ascii")
    return folder / "SHA256SUMS"


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
