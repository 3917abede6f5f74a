"""The user's hand on the pointer and the keys of one screen."""

import subprocess
from collections.abc import Mapping

Place = tuple[int, int]

_STEPS = 6
"""In which the pointer moves where the way matters."""


class Hand:
    """Moves, clicks and types through xdotool: whatever is there takes it, as from a real hand."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = dict(environ)

    def do(self, *words: object) -> str:
        """Run one xdotool command line; returns what it prints."""
        command = ["xdotool", *map(str, words)]
        done = subprocess.run(
            command, env=self._environ, capture_output=True, text=True, timeout=60, check=False
        )
        return done.stdout.strip()

    def move(self, place: Place) -> None:
        self.do("mousemove", *place)

    def click(self, place: Place) -> None:
        self.do("mousemove", *place, "click", 1)

    def key(self, *keys: str) -> None:
        """Press keys or combinations (`ctrl+v`, `Return`) one after the other."""
        self.do("key", "--delay", 20, *keys)

    def type(self, text: str) -> None:
        self.do("type", "--delay", 20, "--", text)

    def rest(self) -> None:
        """As long as a hand takes between two keys; by that the app tells them from one that is passed on."""
        self.do("sleep", 0.2)

    def press_and_drag(self, start: Place) -> None:
        """Press the button at `start` and move it, far enough that a drag begins there."""
        steps = [word for _ in range(6) for word in ("mousemove_relative", 6, 6)]
        self.do("mousemove", *start, "mousedown", 1, *steps)

    def sweep(self, start: Place, end: Place) -> None:
        """Press the button at `start`, move it straight to `end`, and let it go there."""
        (x, y), (dx, dy) = start, (end[0] - start[0], end[1] - start[1])
        way = [(x + dx * step // _STEPS, y + dy * step // _STEPS) for step in range(1, _STEPS + 1)]
        moves = [word for place in way for word in ("mousemove", *place)]
        self.do("mousemove", *start, "mousedown", 1, *moves, "mouseup", 1)

    def release(self) -> None:
        self.do("mouseup", 1)
