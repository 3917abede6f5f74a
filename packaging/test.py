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
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from empty_home import empty_home
from environment import clean
from set_up import CHECKOUT, prepare_tests

_CHECKS = (
    ("format", "ruff", "format", "--check"),
    ("lint", "ruff", "check"),
    ("types", "mypy"),
    ("imports", "lint-imports"),
)
# Real programs have the machine to themselves, one test at a time. (One run with xdist's groups would do, but
# they are ignored: https://github.com/pytest-dev/pytest-xdist/issues/1386)
_TESTS = (("tests", "not real", ("-n", "2")), ("tests of real programs", "real", ()))
_PROOFS = (("bare system", "clean_root.py"), ("packages", "prove_packages.py"))
_NO_TEST = 5  # pytest's exit status


class Result(NamedTuple):
    name: str
    status: int
    seconds: float


def main() -> int:
    """Return 0 if every check passed, else 1."""
    options, pytest_arguments = _parsed()
    tools = prepare_tests(full=options.full).parent
    results = [_timed(name, [str(tools / tool), *rest], clean(os.environ)) for name, tool, *rest in _CHECKS]
    results += _tested(tools / "pytest", pytest_arguments, full=options.full)
    if options.full:
        for name, script in _PROOFS:
            results.append(_timed(name, [sys.executable, f"packaging/{script}"], clean(os.environ)))
    _summarize(results)
    return int(any(result.status for result in results))


def _parsed() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        description="Run all checks of Viewfinder.", epilog="The rest goes on to pytest."
    )
    parser.add_argument(
        "--full", action="store_true", help="the long tests too, and the proofs on bare Debians"
    )
    return parser.parse_known_args()


def _tested(pytest: Path, arguments: list[str], *, full: bool) -> Iterator[Result]:
    """Run pytest once for each row of `_TESTS`; where `arguments` choose none of its tests, it has passed."""
    for name, chosen, how in _TESTS:
        marked = chosen if full else f"{chosen} and not slow"
        with empty_home() as env:
            result = _timed(name, [str(pytest), *how, "-m", marked, *arguments], env)
        yield result._replace(status=0) if arguments and result.status == _NO_TEST else result


def _timed(name: str, command: list[str], env: Mapping[str, str]) -> Result:
    print(f"── {name}", flush=True)
    began = time.monotonic()
    status = subprocess.run(command, cwd=CHECKOUT, env=env, check=False).returncode
    return Result(name, status, time.monotonic() - began)


def _summarize(results: list[Result]) -> None:
    print("── summary")
    for name, status, seconds in results:
        print(f"{'passed' if status == 0 else 'FAILED'} {seconds:7.1f} s  {name}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
