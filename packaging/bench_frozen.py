"""What freezing costs: `python packaging/bench_frozen.py OUT.json`.

frozen_start_over_venv: CPU of the app's process from its start until the first frame of its window stands on
an X screen, of the bundle that is made of this checkout, by what the virtual environment takes. Each round
starts both; both have started before, so that neither reads the disk.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from figure import Figure, write
from first_paint import Screen, cpu_to_first_paint
from installers.bundle import build_bundle
from set_up import CHECKOUT

from tests.support.display import display

_ROUNDS = 15


def main() -> int:
    """Measure, and write the figure to the path that is given."""
    bundle = build_bundle(Path(sys.executable), CHECKOUT / "build" / "bundle")
    write(Path(sys.argv[1]), [start_figure(bundle / "viewfinder", _ROUNDS)])
    return 0


def start_figure(frozen: Path, rounds: int) -> Figure:
    """What the start of `frozen` takes, by that of the same app in the virtual environment."""
    with tempfile.TemporaryDirectory() as home, display(_new_user(Path(home))) as environ:
        screen = Screen(environ["DISPLAY"])
        commands = [str(frozen)], [sys.executable, "-m", "desktop"]
        found = [[cpu_to_first_paint(screen, each, environ) for each in commands] for _ in range(rounds + 1)]
    pairs = found[1:]
    bundled, installed = (1000 * median(side) for side in zip(*pairs, strict=True))
    print(f"first paint: bundle {bundled:.0f} ms, virtual environment {installed:.0f} ms of CPU", flush=True)
    ratio = median(ours / theirs for ours, theirs in pairs)
    words = f"the same app in its virtual environment; median of {rounds} starts"
    return Figure("frozen_start_over_venv", ratio, "ratio", 1.1, words)


def _new_user(home: Path) -> Mapping[str, str]:
    """The app's files lie in `home`; there is no session bus."""
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    return {**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(runtime)}


if __name__ == "__main__":
    raise SystemExit(main())
