"""The most memory that a process had, and whether it rests, as Linux tells it."""

import re
from pathlib import Path
from typing import Self


class Peak:
    """Of a `with` block: `before` is what the process has as it begins, `more` what came on top; in MB."""

    def __init__(self, pid: int) -> None:
        self._process = Path(f"/proc/{pid}")
        self.before = self.more = 0.0

    def __enter__(self) -> Self:
        # Makes the peak what there is at the moment: proc_pid_clear_refs(5).
        (self._process / "clear_refs").write_text("5")
        self.before = self._megabytes("VmRSS")
        return self

    def __exit__(self, *_: object) -> None:
        self.more = self._megabytes("VmHWM") - self.before

    def _megabytes(self, name: str) -> float:
        found = re.search(rf"{name}:\s+(\d+) kB", (self._process / "status").read_text("ascii"))
        assert found is not None
        return int(found[1]) / 1024


class Rest:
    """Called again and again, it tells whether the first thread of a process did next to nothing lately."""

    _LOOKS, _LITTLE = 50, 2_000_000
    """In a row; nanoseconds between two of them, in which a caret blinks."""

    def __init__(self, pid: int) -> None:
        self._file = Path(f"/proc/{pid}/task/{pid}/schedstat")
        self._quiet = 0
        self._ran = self._nanoseconds()

    def __call__(self) -> bool:
        before, self._ran = self._ran, self._nanoseconds()
        self._quiet = self._quiet + 1 if self._ran - before < self._LITTLE else 0
        return self._quiet >= self._LOOKS

    def _nanoseconds(self) -> int:
        return int(self._file.read_text("ascii").split()[0])
