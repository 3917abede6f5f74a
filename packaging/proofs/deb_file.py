"""The .deb as a file: what is in it, what it needs, and an older one made of it."""

from __future__ import annotations

import re
import subprocess
from functools import cached_property
from pathlib import Path

OLDER = "0.0.1~proof"
LEFT_BEHIND = "usr/lib/viewfinder/_internal/left-behind/libgone.so.1"
"""What the older one has and the newer has not."""


class DebFile:
    """A .deb, unpacked into `work` when it is looked into."""

    def __init__(self, path: Path, work: Path) -> None:
        self.path = path
        self._work = work

    @cached_property
    def contents(self) -> Path:
        """A folder with what it installs."""
        into = self._work / "contents"
        subprocess.run(["dpkg-deb", "--extract", self.path, into], check=True)
        return into

    def field(self, name: str) -> str:
        """A field of its control file."""
        query = ["dpkg-deb", "--field", str(self.path), name]
        return subprocess.run(query, capture_output=True, text=True, check=True).stdout.strip()

    @cached_property
    def older(self) -> Path:
        """The same app in an older package, with a library that the newer has not."""
        tree = self._work / "older"
        subprocess.run(["dpkg-deb", "--raw-extract", self.path, tree], check=True)
        control = tree / "DEBIAN" / "control"
        version = re.compile(r"^Version: .*$", re.MULTILINE)
        control.write_text(version.sub(f"Version: {OLDER}", control.read_text("utf-8")), "utf-8")
        (tree / LEFT_BEHIND).parent.mkdir()
        (tree / LEFT_BEHIND).write_bytes(b"\0" * 4096)
        package = self._work / f"viewfinder_{OLDER}_amd64.deb"
        pack = ["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(tree), str(package)]
        subprocess.run(pack, check=True, stdout=subprocess.DEVNULL)
        return package
