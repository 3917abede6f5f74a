#!/usr/bin/env python3
"""Prove what users do with the installers: `python3 packaging/prove_packages.py`, as root, on a Debian.

What was printed, and pictures of the screen, are in `build/proofs/` then. The exit status is the number of
groups of proofs in which one failed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from bare_system import require_means
from console import SetupError, say
from installers.release import file_name
from proofs.deb_file import DebFile
from proofs.journal import Failed, Journal
from proofs.own_install import prove_run
from proofs.same import prove_same
from proofs.suites import prove_bare_suite, prove_full_suite
from proofs.texts import prove_texts
from set_up import CHECKOUT, prepare_tests

_DIST = CHECKOUT / "dist"
_FOLDER = CHECKOUT / "build" / "proofs"
_KINDS = ("deb", "rpm", "run")
_FAULTS = (Failed, OSError, ValueError, subprocess.CalledProcessError)


class Packages:
    """What was built: one of each kind in `folder`; `work` is for what is made of them."""

    def __init__(self, folder: Path, work: Path) -> None:
        self._folder = folder
        self._work = work

    @cached_property
    def deb(self) -> DebFile:
        return DebFile(self.path("deb"), self._work)

    def path(self, kind: str) -> Path:
        """Where the one of this `kind` is.

        Raises:
            Failed: There is none of this version.
        """
        found = self._folder / file_name(kind)
        if not found.is_file():
            raise Failed(f"{found} is not there: build it first")
        return found


_GROUPS: Mapping[str, Callable[[Packages, Journal], None]] = {
    "texts": lambda packages, journal: prove_texts(packages.deb, journal),
    "same": lambda packages, journal: prove_same(packages.path, journal),
    "deb-bookworm": lambda packages, journal: prove_full_suite(packages.deb, journal),
    "deb-trixie": lambda packages, journal: prove_bare_suite(packages.deb, journal),
    "run": lambda packages, journal: prove_run(packages.path("run"), packages.deb, journal),
}


def main() -> int:
    """Return how many groups failed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(_GROUPS)}; default: all")
    parser.add_argument("--built", action="store_true", help="take what is in dist/ as it is")
    options = parser.parse_args()
    if unknown := sorted({*options.groups} - {*_GROUPS}):
        parser.error(f"there is no group {', '.join(unknown)}")
    try:
        require_means()
        prepare_tests(full=True)
        if not options.built:
            _build()
    except SetupError as error:
        sys.exit(f"viewfinder: {error}")
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="packages-", dir=_FOLDER) as work:
        packages = Packages(_DIST, Path(work))
        failed = [name for name in options.groups or _GROUPS if not _is_proved(name, packages)]
    say(f"The proofs of {', '.join(failed)} failed" if failed else "All is as it must be")
    return len(failed)


def _build() -> None:
    """All kinds at once, as each is made of the same bundle."""
    script = str(CHECKOUT / "packaging" / "build.py")
    if subprocess.run([sys.executable, script, *_KINDS], check=False).returncode:
        raise SetupError("There is nothing to be proved: the installers could not be built, see above.")


def _is_proved(name: str, packages: Packages) -> bool:
    try:
        _GROUPS[name](packages, Journal(_FOLDER, name))
    except _FAULTS as fault:
        say(f"{name}: {fault}")
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
