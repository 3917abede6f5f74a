"""Give hostile input to the app's parts: `python -m tests.support.fuzz [TARGET…] [--cases N] [--seed S]`.

A failure is met again with `--seed S --case N`, or with `--file` and what was saved in `build/fuzz/`.
"""

import argparse
import os
import sys
from pathlib import Path

# Before Qt is imported, as for the tests.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.support.fuzz.engine import input_of, judged, run
from tests.support.fuzz.targets import TARGETS


def main() -> int:
    """Return 1 if anything failed."""
    options = _parsed()
    reports = []
    for name in options.targets or TARGETS:
        with TARGETS[name]() as target:
            if options.file or options.case is not None:
                data = (
                    options.file.read_bytes()
                    if options.file
                    else input_of(target, options.seed, options.case)
                )
                print(f"{data[:2_000]!r}\n{judged(target, data)}")
                continue
            reports.append(run(target, range(options.cases), options.seed))
            print(reports[-1], flush=True)
    return int(any(report.failures for report in reports))


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "targets", nargs="*", metavar="TARGET", choices=[*TARGETS, []], help=", ".join(TARGETS)
    )
    parser.add_argument("--cases", type=int, default=1_000, help="of each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", type=int, help="this one only; what it raises is not caught")
    parser.add_argument("--file", type=Path, help="a saved input in the place of a case")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
