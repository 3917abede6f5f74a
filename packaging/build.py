#!/usr/bin/env python3
"""Build what is handed to users: `python3 packaging/build.py [TARGET…]`, or all targets.

They are bundle, deb, rpm, run, wheel and screenshots, which software centres fetch from the home page. All
come into `dist/`, and the sums of what users download into `dist/SHA256SUMS`.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from console import SetupError, say
from installers.bundle import build_bundle
from installers.deb import build_deb
from installers.release import VERSION, releases
from installers.rpm import build_rpm
from installers.run_file import build_run
from installers.screenshots import take_screenshots
from installers.sums import write_sums
from installers.tree import lay_out
from installers.wheel import build_wheel
from set_up import CHECKOUT, prepare_bundle

_DIST = CHECKOUT / "dist"
_ROOT = CHECKOUT / "build" / "installers" / "root"
_PACKED = {"deb": build_deb, "rpm": build_rpm, "run": build_run}
TARGETS = ("bundle", *_PACKED, "wheel", "screenshots")
_INTERRUPTED = 130  # as a shell says it


def main() -> int:
    """Print the path of each thing that was built; where one cannot be, end with a sentence."""
    options = parsed()
    python = prepare_bundle()
    try:
        releases()  # now, rather than after the bundle
        for made in _built(options.targets, python, quick=options.quick):
            print(made, flush=True)
    except (SetupError, OSError, ValueError, subprocess.CalledProcessError) as error:
        sys.exit(f"viewfinder: {error}")
    except KeyboardInterrupt:
        say("Interrupted; what was finished before is in dist")
        return _INTERRUPTED
    return 0


def parsed(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """`targets`: what to build, each once, in the order in which they are built; and `quick`."""
    parser = argparse.ArgumentParser(description="Build what is handed to users, into dist/.")
    parser.add_argument("targets", nargs="*", type=_target, metavar="|".join(TARGETS), help="all if none")
    parser.add_argument("--quick", action="store_true", help="pack larger and sooner, to try it out")
    options = parser.parse_args(arguments)
    options.targets = [target for target in TARGETS if target in (options.targets or TARGETS)]
    return options


# ── inside ──────────────────────────────────────────────────────────────────────────────────────────────


def _target(name: str) -> str:
    # not by `choices`, to which no target at all is a wrong one
    if name not in TARGETS:
        raise argparse.ArgumentTypeError(f"{name!r} is none of them")
    return name


def _built(targets: Sequence[str], python: Path, *, quick: bool) -> Iterator[Path]:
    """Build one target after another; SHA256SUMS is true whenever one is there."""
    for target, build in _builds(targets, python, quick=quick):
        say(f"Building the {target}")
        began = time.monotonic()
        made = build()
        write_sums(_DIST, VERSION)
        say(f"{made.name}: {_megabytes(made):.1f} MB after {time.monotonic() - began:.0f} s")
        yield made


def _builds(targets: Sequence[str], python: Path, *, quick: bool) -> Iterator[tuple[str, Callable[[], Path]]]:
    packed = [target for target in targets if target in _PACKED]
    if packed or "bundle" in targets:
        yield "bundle", lambda: build_bundle(python, _DIST)
    if packed:
        yield "tree", _laid_out
    for target in packed:
        yield target, partial(_PACKED[target], _ROOT, _DIST, quick=quick)
    if "wheel" in targets:
        yield "wheel", lambda: build_wheel(python, _DIST)
    if "screenshots" in targets:
        yield "screenshots", partial(_drawn, python)


def _laid_out() -> Path:
    shutil.rmtree(_ROOT, ignore_errors=True)
    lay_out(_DIST / "viewfinder", _ROOT)
    return _ROOT


def _drawn(python: Path) -> Path:
    folder = _DIST / "screenshots"
    take_screenshots(python, folder)
    return folder


def _megabytes(made: Path) -> float:
    files = [made] if made.is_file() else [path for path in made.rglob("*") if path.is_file()]
    return sum(file.lstat().st_size for file in files) / 1e6


if __name__ == "__main__":
    sys.exit(main())
