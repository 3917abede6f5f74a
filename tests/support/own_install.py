"""An ordinary user with an odd HOME, who installs a small tree by packaging/linux/install.sh."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.scripts import PACKAGING, load_script

run_file = load_script("installers.run_file")

ODD = "Bücher & \"Häuser\" 'x' $HOME `id` 100% a\\b"
BARE_PATH = "/usr/local/bin:/usr/bin:/bin"
_NOBODY = 65534
_DROP_ROOT = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]
AS_THE_USER = _DROP_ROOT if os.geteuid() == 0 else []
"""How a command line begins that the user runs."""
_DESKTOP = Path("usr", "share", "applications", "viewfinder.desktop")


class OwnInstall:
    """The user's folders, and what they do there.

    `home` holds nothing yet. `tree` begins as the app's, the program being a script that says its version.
    """

    def __init__(self, folder: Path) -> None:
        self.home = folder / ODD
        self.tree = folder / "tree"
        self.setup = folder / "setup"
        self.home.mkdir()
        self.program = self.home / ".local" / "bin" / "viewfinder"
        self.environ: dict[str, str] = {"HOME": str(self.home), "PATH": BARE_PATH}
        self._fill_tree()
        self._give_away(self.home)

    def write(self, path: str, text: str) -> Path:
        """A file of the tree; `path` begins with usr."""
        file = self.tree / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def give(self, path: str, text: str) -> Path:
        """A file of the user's own, at `path` in their HOME."""
        file = self.home / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self._give_away(self.home / path.split("/", maxsplit=1)[0])
        return file

    def set_program(self, text: str) -> None:
        self.write("usr/lib/viewfinder/viewfinder", text).chmod(0o755)

    def lay_setup(self) -> None:
        """Make of the tree what the .run unpacks."""
        shutil.rmtree(self.setup, ignore_errors=True)
        run_file.lay_setup(self.tree, self.setup, level=1)

    def install(self, *options: str, before: Sequence[str] = ()) -> "subprocess.CompletedProcess[str]":
        """Start install.sh with `options`, by the command `before`, in what `lay_setup` made."""
        return self.run([*before, "sh", str(self.setup / "install.sh"), *options])

    def run(self, command: Sequence[str | Path]) -> "subprocess.CompletedProcess[str]":
        """Run a program as the user; what it says on stderr is in `stdout` too."""
        return subprocess.run(
            [*AS_THE_USER, *command],
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def laid_down(self) -> dict[str, str | bytes]:
        """All files below HOME with their content, links with their targets, folders with an empty one."""
        return {str(path.relative_to(self.home)): _content(path) for path in self.home.rglob("*")}

    def _give_away(self, folder: Path) -> None:
        """Let `folder`, and all in it, be the user's."""
        for path in (folder, *folder.rglob("*")):
            if os.geteuid() == 0:
                os.chown(path, _NOBODY, _NOBODY, follow_symlinks=False)

    def _fill_tree(self) -> None:
        self.set_program('#!/bin/sh\necho "Viewfinder 1 $*"\n')
        self.write(str(_DESKTOP), (PACKAGING / "linux" / "viewfinder.desktop").read_text(encoding="utf-8"))
        self.write("usr/share/icons/hicolor/16x16/apps/viewfinder.png", "icon")
        self.write("usr/lib/viewfinder/_internal/data", "x" * 100_000)
        (self.tree / "usr" / "bin").mkdir()
        (self.tree / "usr" / "bin" / "viewfinder").symlink_to("../lib/viewfinder/viewfinder")


@contextmanager
def own_install() -> Iterator[OwnInstall]:
    """In a folder that every user can reach, unlike pytest's."""
    with TemporaryDirectory(prefix="viewfinder-install-") as folder:
        Path(folder).chmod(0o755)
        install = OwnInstall(Path(folder))
        install.lay_setup()
        yield install


def _content(path: Path) -> str | bytes:
    if path.is_symlink():
        return str(path.readlink())
    return "" if path.is_dir() else path.read_bytes()
