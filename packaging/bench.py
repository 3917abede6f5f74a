#!/usr/bin/env python3
"""Set up, unless it is done, and measure: `python3 packaging/bench.py [GROUP…]`, by default all groups.

Each group is a script of its own, `bench_GROUP.py OUT.json`. One line a figure is printed, and all figures,
those of groups measured earlier included, are written to `build/bench.json`: a list of objects with `name`,
`value`, `unit`, `target`, `baseline` and `better`. The exit status is 1 if a figure misses its target or a
group ends with an error.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from empty_home import empty_home
from figure import Figure, read, write
from set_up import CHECKOUT, prepare_bench

_SCRIPTS = Path(__file__).resolve().parent
_BUILD = CHECKOUT / "build"


def main() -> int:
    """Return 0 if every figure of the chosen groups meets its target, else 1."""
    chosen = _parsed()
    python = prepare_bench(
        rival_programs="reader" in chosen, rival_packages="sse" in chosen, bundle="frozen" in chosen
    )
    results = [_measured(python, group) for group in chosen]
    write(_BUILD / "bench.json", _all_figures())
    return int(not all(results))


def groups() -> list[str]:
    """The groups there are, by name."""
    return sorted(path.stem[len("bench_") :] for path in _SCRIPTS.glob("bench_*.py"))


def _parsed() -> Sequence[str]:
    parser = argparse.ArgumentParser(description="Measure Viewfinder against its goals.")
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"one or more of: {', '.join(groups())}")
    chosen: list[str] = parser.parse_args().groups
    if unknown := [name for name in chosen if name not in groups()]:
        parser.error(f"no such group: {', '.join(unknown)}; there are {', '.join(groups())}")
    return list(dict.fromkeys(chosen)) or groups()


def _measured(python: Path, group: str) -> bool:
    """Whether the group ran to its end and met its goals."""
    out = _figures_of(group)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.unlink(missing_ok=True)
    print(f"── {group}", flush=True)
    with empty_home() as env:
        command = [str(python), str(_SCRIPTS / f"bench_{group}.py"), str(out)]
        status = subprocess.run(command, cwd=CHECKOUT, env=env, check=False).returncode
    if status or not out.exists():
        print(f"FAILED: {group} ended with status {status}", flush=True)
        return False
    figures = read(out)
    print(*figures, sep="\n", flush=True)
    return all(figure.met for figure in figures)


def _figures_of(group: str) -> Path:
    return _BUILD / "bench" / f"{group}.json"


def _all_figures() -> list[Figure]:
    paths = [path for group in groups() if (path := _figures_of(group)).exists()]
    return [figure for path in paths for figure in read(path)]


if __name__ == "__main__":
    sys.exit(main())
