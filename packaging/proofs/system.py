"""A bare Debian with a user in it, as a proof has one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from bare_system import bare_system, inside
from set_up import CHECKOUT

from proofs.journal import Journal

USER = "tester"
HOME = f"/home/{USER}"
_CACHE = CHECKOUT / "build" / "clean-root"
# What a desktop has before anything is installed in it.
_DESKTOP = (
    "dbus-user-session",
    "desktop-file-utils",
    "gnome-keyring",
    "gtk-update-icon-cache",
    "hicolor-icon-theme",
    "man-db",
    "shared-mime-info",
)
_UNATTENDED = MappingProxyType({"DEBIAN_FRONTEND": "noninteractive"})


class System:
    """Runs programs in `root`, and keeps what they say in `journal`."""

    def __init__(self, root: Path, journal: Journal) -> None:
        self.root = root
        self.journal = journal

    @property
    def home(self) -> Path:
        """The user's HOME, as this machine sees it."""
        return self.root / HOME.lstrip("/")

    def as_root(self, name: str, *command: str) -> str:
        """What `command` prints; the network is there, and nobody to answer questions."""
        return self.journal.run(name, inside(self.root, "/", command, variables=_UNATTENDED))

    def as_user(
        self, name: str, *command: str, variables: Mapping[str, str] = MappingProxyType({}), expected: int = 0
    ) -> str:
        """What `command` prints that a user without rights starts, with no network."""
        line = inside(self.root, HOME, command, network=False, user=USER, variables=variables)
        return self.journal.run(name, line, expected=expected)

    def install(self, package: Path, *options: str) -> None:
        """Install a .deb as its user does: by apt, which brings in what it needs."""
        shutil.copy(package, self.root / "srv")
        here = f"/srv/{package.name}"
        self.as_root(f"install-{package.stem}", "apt-get", "install", "--yes", *options, here)
        (self.root / here.lstrip("/")).unlink()


@contextmanager
def bare_suite(suite: str, journal: Journal) -> Iterator[System]:
    """The smallest system of Debian's `suite`, with an ordinary user whose HOME is empty."""
    with _system(suite, (), journal) as system:
        yield system


@contextmanager
def desktop_suite(suite: str, journal: Journal) -> Iterator[System]:
    """The same with what every desktop has: a Secret Service, and the caches of menus, icons and manuals."""
    with _system(suite, _DESKTOP, journal) as system:
        yield system


@contextmanager
def _system(suite: str, packages: Sequence[str], journal: Journal) -> Iterator[System]:
    with bare_system(_CACHE, suite=suite, packages=packages) as root:
        system = System(root, journal)
        system.as_root("update", "apt-get", "update")
        system.as_root("user", "useradd", "--shell", "/bin/sh", USER)
        system.as_root("home", "install", "--directory", f"--owner={USER}", f"--group={USER}", HOME)
        yield system
