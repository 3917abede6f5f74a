"""The .run, as an ordinary user has it on a desktop that has never heard of the app."""

from __future__ import annotations

import shutil
from pathlib import Path

from proofs.deb_file import DebFile
from proofs.footprint import differences, footprint
from proofs.health import expect_libraries, expect_reading, expect_self_test
from proofs.journal import Journal
from proofs.session import prove_main_job
from proofs.system import HOME, System, desktop_suite

_PREFIX = f"{HOME}/.local"
_ENTRY = f"{_PREFIX}/share/applications/viewfinder.desktop"
# What an uninstallation leaves: the user's data, and the folders that they lie in.
_DATA = (
    ".cache",
    ".cache/*",  # what Qt's and Mesa's shaders and fonts keep for any program
    ".config",
    ".config/viewfinder*",
    ".local",
    ".local/share",
    ".local/share/viewfinder*",
    ".local/state",
    ".local/state/viewfinder*",
)


def prove_run(package: Path, deb: DebFile, journal: Journal) -> None:
    """It installs, does the main job and goes; the libraries of a desktop are those that `deb` depends on."""
    with desktop_suite("bookworm", journal) as system:
        system.as_root(
            "desktop", "apt-get", "satisfy", "--yes", "--no-install-recommends", deb.field("Depends")
        )
        shutil.copy(package, system.root / "srv")
        installer = f"/srv/{package.name}"
        before = footprint(system.home)
        with journal.proof("a user without rights installs it, offline; no library is missing"):
            system.as_user("install", "sh", installer)
            expect_libraries(system, f"{_PREFIX}/opt/viewfinder/current")
        _prove_use(system)
        with journal.proof("uninstalled, it leaves the user's data and nothing else"):
            _uninstall(system, installer, before)


def _prove_use(system: System) -> None:
    program = f"{_PREFIX}/bin/viewfinder"
    with system.journal.proof("its self-test passes, and it reads the sample in the terminal"):
        expect_self_test(system, program)
        expect_reading(system, program)
    with system.journal.proof(
        "started by its desktop entry on a screen, it does the main job with the mouse"
    ):
        prove_main_job(system.root, _ENTRY, HOME, pictures=system.journal.folder)


def _uninstall(system: System, installer: str, before: dict[str, str]) -> None:
    kept = footprint(system.home / ".local" / "share" / "viewfinder")
    system.as_user("uninstall", "sh", installer, "--uninstall")
    system.journal.expect("left", differences(before, footprint(system.home), but=_DATA))
    now = footprint(system.home / ".local" / "share" / "viewfinder")
    system.journal.expect("data", differences(kept, now))
