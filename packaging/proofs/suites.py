"""The .deb in a bare Debian: installed by apt, used, upgraded, purged."""

from __future__ import annotations

from proofs.deb_file import LEFT_BEHIND, OLDER, DebFile
from proofs.footprint import differences, footprint
from proofs.health import expect_libraries, expect_reading, expect_self_test
from proofs.journal import Failed, Journal
from proofs.session import ENTRY, prove_kept, prove_main_job, prove_session
from proofs.system import HOME, System, bare_suite, desktop_suite

_FOLDER = "/usr/lib/viewfinder"
_PROGRAM = "/usr/bin/viewfinder"

# Else apt keeps what it brought in, where anything that was there before recommends it too.
_WHOLLY = (
    "-o",
    "APT::AutoRemove::RecommendsImportant=false",
    "-o",
    "APT::AutoRemove::SuggestsImportant=false",
)
# What may differ after a purge.
_BOOKS = (
    "etc/ssl*",  # this machine's authorities, put there before the package that owns the place
    "home/*",  # the user's data, which are compared apart
    "var/cache/apt/*",  # apt's own books, lists and downloads
    "var/cache/debconf/*",  # the questions that other packages could have asked
    "var/cache/fontconfig/*",  # what fontconfig, ldconfig and man-db write anew at will
    "var/cache/ldconfig/aux-cache",
    "var/cache/man/*",
    "var/lib/apt/*",
    "var/lib/dpkg/*",  # dpkg's own books
    "var/log/*",  # apt's and dpkg's diaries
)


def prove_bare_suite(deb: DebFile, journal: Journal) -> None:
    """In Debian 13, with nothing but what the package cannot do without."""
    with bare_suite("trixie", journal) as system:
        before = footprint(system.root)
        with journal.proof("apt installs it without what it recommends; no library is missing"):
            system.install(deb.path, "--no-install-recommends")
            expect_libraries(system, _FOLDER)
        _prove_use(system)
        _prove_purge(system, before)


def prove_full_suite(deb: DebFile, journal: Journal) -> None:
    """In Debian 12, as a user gets it: an older one, upgraded."""
    with desktop_suite("bookworm", journal) as system:
        before = footprint(system.root)
        _prove_upgrade(system, deb)
        _prove_use(system)
        with journal.proof(
            "started by its desktop entry on a screen, offline, it does all that its user does"
        ):
            prove_session(system.root, pictures=journal.folder)
        _prove_purge(system, before)


def _prove_upgrade(system: System, deb: DebFile) -> None:
    with system.journal.proof("apt installs an older one with what it recommends; it does the main job"):
        system.install(deb.older)
        prove_main_job(system.root, ENTRY, HOME, pictures=system.journal.folder)
    with system.journal.proof(
        "upgraded, nothing of the older one is there but the user's data, and they open"
    ):
        kept = footprint(system.home)
        system.install(deb.path)
        _expect_whole(system)
        system.journal.expect("kept", differences(kept, footprint(system.home)))
        prove_kept(system.root, ENTRY, HOME, pictures=system.journal.folder)


def _expect_whole(system: System) -> None:
    if (system.root / LEFT_BEHIND).parent.exists():
        raise Failed(f"The upgrade from {OLDER} left {LEFT_BEHIND}")
    damaged = system.as_root("verify", "dpkg", "--verify", "viewfinder")
    system.journal.expect("damaged", damaged.splitlines())


def _prove_use(system: System) -> None:
    with system.journal.proof(
        "a user without rights, offline, has a self-test that passes and the sample read"
    ):
        expect_self_test(system, _PROGRAM)
        expect_reading(system, _PROGRAM)


def _prove_purge(system: System, before: dict[str, str]) -> None:
    with system.journal.proof("purged, it leaves the user's data as they were, and nothing else"):
        kept = footprint(system.home)
        system.as_root("purge", "apt-get", "purge", "--autoremove", "--yes", *_WHOLLY, "viewfinder")
        system.journal.expect("data", differences(kept, footprint(system.home)))
        left = differences(before, footprint(system.root), but=_BOOKS)
        system.journal.expect("left", left)
