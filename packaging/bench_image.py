"""What it costs to drop images on the window: `python packaging/bench_image.py OUT.json`.

The app's own window stands on Qt's offscreen platform, over its own view models, loader and image worker,
which is warm. A drop begins with Qt's drop event, the pointer having been over the window before, and ends
0.1 s after the question can be sent, when the thumbnails are painted. Counted is all CPU, user and system,
of both processes; the floor is a third, bare process, which decodes the same bytes and scales them to 256 px.

image_cpu_over_floor: one 3840 × 2160 PNG; the median over three images.
image_ui_thread_ms: the part of it that the window's own thread takes, layout and painting included.
thumbnails_jpeg: what the floor takes for 50 JPEGs of that size, by what dropping them takes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from drawn_images import jpegs, pngs
from drop_target import DropTarget, drop_target
from figure import Figure, write
from PySide6.QtWidgets import QApplication

from desktop.runtime.loop import qt_loop

_ROUNDS = 7
_MANY, _ROUNDS_OF_MANY = 50, 3


class Costs(NamedTuple):
    """Seconds of CPU: of a drop, of the window's thread in it, of the floor."""

    cpu: float
    ui: float
    bare: float


class Bare:
    """The process that decodes and does nothing else."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def cost(self, paths: Sequence[Path]) -> float:
        """Seconds of CPU for all of `paths`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        total = 0.0
        for path in paths:
            print(path, file=self._process.stdin, flush=True)
            total += float(self._process.stdout.readline())
        return total


def main() -> int:
    """Measure, and write the figures to the path that is given."""
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory() as folder, _bare() as bare, qt_loop(app) as loop:
        write(Path(sys.argv[1]), loop.run_until_complete(_figures(app, Path(folder), bare)))
    return 0


@contextmanager
def _bare() -> Iterator[Bare]:
    command = [sys.executable, str(Path(__file__).with_name("bare_decode.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Bare(process)


async def _figures(app: QApplication, folder: Path, bare: Bare) -> list[Figure]:
    async with drop_target(app, folder) as target:
        singles = [await _measured(target, bare, [path], _ROUNDS) for path in pngs(folder)]
        many = await _measured(target, bare, list(jpegs(folder, _MANY)), _ROUNDS_OF_MANY)
    over_floor = median(one.cpu / one.bare for one in singles)
    ui = median(one.ui for one in singles)
    decode = "QImage decode and 256-px thumbnail in a bare process"
    return [
        Figure("image_cpu_over_floor", over_floor, "ratio", 1.1, decode),
        Figure("image_ui_thread_ms", ui * 1000, "ms", 2.0, "nothing: all that the window's thread does"),
        Figure("thumbnails_jpeg", many.bare / many.cpu, "ratio", 2.5, f"{decode}, 50 JPEGs", "higher"),
    ]


async def _measured(target: DropTarget, bare: Bare, paths: Sequence[Path], rounds: int) -> Costs:
    """Medians over rounds of one drop and one bare decode each; a first round warms up."""
    found = [await _round(target, bare, paths) for _ in range(rounds + 1)][1:]
    costs = Costs(*map(median, zip(*found, strict=True)))
    cpu, ui, floor = (f"{1000 * seconds:.1f}" for seconds in costs)
    print(
        f"{paths[0].name} and {len(paths) - 1} more: {cpu} ms of CPU, {ui} of them in the window's thread;"
        f" bare {floor} ms",
        flush=True,
    )
    return costs


async def _round(target: DropTarget, bare: Bare, paths: Sequence[Path]) -> Costs:
    dropped = await target.drop(paths)
    await target.clear()
    return Costs(dropped.cpu, dropped.ui_thread, bare.cost(paths))


if __name__ == "__main__":
    sys.exit(main())
