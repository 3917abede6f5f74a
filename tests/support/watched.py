"""What a program does, with all that it starts, as the kernel tells it: `strace` misses nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.waiting import wait_for

_CALLS = (
    "execve,execveat,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat"
)
_OPENED = re.compile(r"open(?:at)?\(.*O_(?:WRONLY|RDWR|CREAT).*\) += \d+<(.*?)>(?:\(deleted\))?$")
_NAMED = re.compile(r'(?:mkdir|rename|link|symlink|creat)\w*\(.*"((?:[^"\\]|\\.)*)"[^"]*\) += \d')
_ENDED = re.compile(r"\+\+\+ (?:exited|killed|superseded) .*\+\+\+")


@dataclass(frozen=True, slots=True)
class Started:
    """One program that was started: its process, and its line, with arguments and environment."""

    pid: int
    line: str


class Watch:
    """Logs into `folder`, a file for each thread. Ids of processes may come back, so one `Watch` a start."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder

    @property
    def inside(self) -> list[str]:
        """The beginning of the command line of what is to be watched; it keeps its id and its parent."""
        how = ["-D", "-ff", "--seccomp-bpf", "-y", "-v", "-s", "1000000", "-e", f"trace={_CALLS}"]
        return ["strace", *how, "-o", str(self._folder / "of"), "--"]

    def wait_for_end(self) -> None:
        """Until all that was started has ended, and all of it is told."""
        wait_for("the end of all that was started", lambda: all(map(_has_ended, self._logs())))

    def started(self) -> list[Started]:
        """All programs so far, the watched one among them."""
        return [
            Started(pid, line)
            for pid, line in self._lines()
            if line.startswith("execve") and line.endswith("= 0")
        ]

    def written(self) -> set[Path]:
        """All names so far under which something was opened for writing, made, or moved."""
        lines = [line for _, line in self._lines()]
        opened = (found[1] for line in lines if (found := _OPENED.match(line)))
        named = (found[1] for line in lines if (found := _NAMED.match(line)))
        return {Path(name) for name in (*opened, *named)}

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _logs(self) -> list[Path]:
        return list(self._folder.iterdir())

    def _lines(self) -> Iterator[tuple[int, str]]:
        for log in self._logs():
            for line in log.read_text("utf-8", "backslashreplace").splitlines():
                yield int(log.suffix[1:]), line


def _has_ended(log: Path) -> bool:
    *_, last = log.read_text("utf-8", "backslashreplace").splitlines() or [""]
    return _ENDED.search(last) is not None
