#!/usr/bin/env python3
"""Prove that the two commands work for a stranger: `python3 packaging/clean_root.py`, as root, on a Debian.

In a bare Debian 12, a fresh clone of this checkout's HEAD and an empty HOME, each command runs twice: the
first time it sets everything up, the second time it must do without, and the app even without a network.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from bare_system import bare_system, inside, require_means
from console import SetupError, say
from proofs.health import ON_THE_RECEIPT
from set_up import CHECKOUT, SET_UP_DONE, prepare_tests

_CACHE = CHECKOUT / "build" / "clean-root"
_CLONE = "/srv/viewfinder"
_RUN = ("python3", "packaging/run.py")
_SAMPLE = "resources/samples/receipt.png"
_USAGE = 2


class Failed(Exception):
    """A command did not do what it must; `str(error)` says which and what."""


class CleanRoot:
    """A clone in a bare system; what its commands print is kept in `build/clean-root`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        clone = f"{root}{_CLONE}"
        subprocess.run(["git", "clone", "--quiet", "--no-local", str(CHECKOUT), clone], check=True)

    def run(
        self, name: str, *command: str, expected: int = 0, sets_up: bool = False, network: bool = True
    ) -> str:
        """Run a command in the clone; return what it printed.

        Raises:
            Failed: Its exit status is not `expected`, or a set-up was done or not done against `sets_up`.
        """
        out, err = _CACHE / f"{name}.out", _CACHE / f"{name}.err"
        began = time.monotonic()
        with out.open("wb") as stdout, err.open("wb") as stderr:
            line = inside(self._root, _CLONE, command, network=network)
            status = subprocess.run(
                line, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, check=False
            ).returncode
        say(f"{name}: exit {status} after {time.monotonic() - began:.1f} s")
        said = err.read_text(encoding="utf-8")
        if status != expected:
            raise Failed(f"{name}: exit {status}, not {expected}; see {out} and {err}")
        if (SET_UP_DONE in said) != sets_up:
            raise Failed(f"{name}: {'no set-up was' if sets_up else 'a set-up was'} done; see {err}")
        return out.read_text(encoding="utf-8")


def main() -> int:
    """Return 0 if both do."""
    try:
        require_means()
        pip = [str(prepare_tests(full=True)), "-m", "pip"]
        with bare_system(_CACHE, pip) as root:
            _prove(CleanRoot(root))
    except (Failed, SetupError, OSError, subprocess.CalledProcessError) as failure:
        say(str(failure))
        return 1
    say("Both commands work on a bare system")
    return 0


def _prove(system: CleanRoot) -> None:
    first = system.run("sample-1", *_RUN, _SAMPLE, sets_up=True)
    if missing := [line for line in ON_THE_RECEIPT if line not in first]:
        raise Failed(f"sample-1: the answer lacks {missing}")
    if system.run("sample-2", *_RUN, _SAMPLE, network=False) != first:
        raise Failed("sample-2: another answer than the first time")
    system.run("no-image", *_RUN, expected=_USAGE)
    system.run("test-1", "python3", "packaging/test.py", sets_up=True)
    system.run("test-2", "python3", "packaging/test.py")


if __name__ == "__main__":
    sys.exit(main())
