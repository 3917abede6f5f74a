#!/usr/bin/env python3
"""Set up what the tests need, unless it is there, and run all checks: `python3 packaging/test.py [--full]`.

Every check runs, whatever became of those before it. What this script does not know itself goes on to pytest:
`python3 packaging/test.py -k stop`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from environment import clean
from set_up import CHECKOUT, prepare_tests

_CHECKS = (
    ("format", "ruff", "format", "--check"),
    ("lint", "ruff", "check"),
    ("types", "mypy"),
    ("imports", "lint-imports"),
)
_WORKERS = 2  # the slowest machine that the tests are for has two cores
# What a test may know of the machine; anything else (keys, proxies, a screen, a session bus) is the user's.
_HARMLESS = frozenset(
    ("CI", "COLORTERM", "FORCE_COLOR", "NO_COLOR", "PATH", "SYSTEMROOT", "TEMP", "TERM", "TMP", "TMPDIR")
)


def main() -> int:
    """Return 0 if every check passed, else 1."""
    options, pytest_arguments = _parsed()
    tools = prepare_tests(full=options.full).parent
    results = [_timed(name, [str(tools / tool), *rest], clean(os.environ)) for name, tool, *rest in _CHECKS]
    with _empty_home() as env:
        results.append(_timed("tests", _pytest(tools, full=options.full, arguments=pytest_arguments), env))
    if options.full:
        results.append(_timed("bare system", [sys.executable, "packaging/clean_root.py"], clean(os.environ)))
    _summarize(results)
    return int(any(status for _, status, _ in results))


def _parsed() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        description="Run all checks of Viewfinder.", epilog="The rest goes on to pytest."
    )
    parser.add_argument(
        "--full", action="store_true", help="the long tests too, and the proof on a bare Debian"
    )
    return parser.parse_known_args()


def _pytest(tools: Path, *, full: bool, arguments: list[str]) -> list[str]:
    """One run, so that one closing line tells all; tests/conftest.py keeps the `real` ones to one worker."""
    chosen = [] if full else ["-m", "not slow"]
    return [str(tools / "pytest"), "-n", str(_WORKERS), "--dist", "loadgroup", *chosen, *arguments]


def _timed(name: str, command: list[str], env: Mapping[str, str]) -> tuple[str, int, float]:
    print(f"── {name}", flush=True)
    began = time.monotonic()
    status = subprocess.run(command, cwd=CHECKOUT, env=env, check=False).returncode
    return name, status, time.monotonic() - began


@contextmanager
def _empty_home() -> Iterator[dict[str, str]]:
    """An environment in which nothing of the user's is read or written, nor any screen used."""
    with tempfile.TemporaryDirectory(prefix="viewfinder-tests-") as home:
        runtime = Path(home, "runtime")
        runtime.mkdir(mode=0o700)
        yield {
            **{name: value for name, value in os.environ.items() if name in _HARMLESS},
            "HOME": home,
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
            "USERPROFILE": home,
            "XDG_RUNTIME_DIR": str(runtime),
        }


def _summarize(results: list[tuple[str, int, float]]) -> None:
    print("── summary")
    for name, status, seconds in results:
        print(f"{'passed' if status == 0 else 'FAILED'} {seconds:7.1f} s  {name}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
