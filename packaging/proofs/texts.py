"""What Debian's and freedesktop.org's checkers say of a .deb."""

from __future__ import annotations

from pathlib import Path

from proofs.deb_file import DebFile
from proofs.journal import Journal


def prove_texts(deb: DebFile, journal: Journal) -> None:
    """None of them finds an error."""
    share = deb.contents / "usr" / "share"
    with journal.proof("desktop-file-validate and appstreamcli find no error"):
        journal.run("desktop-file", ["desktop-file-validate", *_files(share / "applications")])
        journal.run("appstream", ["appstreamcli", "validate", "--no-net", *_files(share / "metainfo")])
    with journal.proof("lintian finds no error that has no reason"):
        journal.run("lintian", ["lintian", "--allow-root", "--fail-on=error", str(deb.path)])


def _files(folder: Path) -> list[str]:
    return [str(file) for file in sorted(folder.iterdir())]
