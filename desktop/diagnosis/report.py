"""The report that a user pastes into a bug's description: facts, the end of the log, the last crashes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from desktop.diagnosis.crashes import CRASH, WORKER_CRASH, kept_crashes
from desktop.diagnosis.frames import one_line, place_of
from desktop.diagnosis.log import LOG

MOST_LINES = 200
"""Of the log, and of each crash."""

_TAIL_BYTES = 64 * 1024
_RECORD = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ \[\d+\] ")
_FRAME = re.compile(r'  File "(.+)", (line (?:\d+|\?\?\?) in .+)')


def report(facts: Mapping[str, str], folder: Path) -> str:
    """In English, as Markdown; `folder` holds the log and the crashes. Reads files."""
    parts = ["\n".join(f"{name}: {value}" for name, value in facts.items())]
    older, log = folder / f"{LOG}.1", folder / LOG
    parts.append(_part("Log", _records([*_tail(older), *_tail(log)])))
    crashes = (folder / CRASH, *kept_crashes(folder)[:1])
    parts.extend(_part(crash.name, _short_frames(_beginning(crash))) for crash in crashes)
    parts.append(_part(WORKER_CRASH, _short_frames(_tail(folder / WORKER_CRASH)[-MOST_LINES:])))
    return _without_home("\n\n".join(filter(None, parts)) + "\n")


def _part(title: str, lines: Iterable[str]) -> str:
    told = "\n".join(lines)
    return f"{title}:\n```\n{told}\n```" if told else ""


def _records(lines: Iterable[str]) -> list[str]:
    """The last records of the log; earlier versions wrote others, which may quote what was asked."""
    return list(_of_ours(lines))[-MOST_LINES:]


def _of_ours(lines: Iterable[str]) -> Iterator[str]:
    is_ours = False
    for line in lines:
        is_ours = bool(_RECORD.match(line)) or (is_ours and line.startswith("  "))
        if is_ours:
            yield line


def _short_frames(lines: Iterable[str]) -> Iterator[str]:
    """A crash file's lines, with source files as imports find them."""
    for line in lines:
        frame = _FRAME.fullmatch(line)
        yield f"  {place_of(frame[1])}, {frame[2]}" if frame else line


def _tail(path: Path) -> list[str]:
    """The last lines of a file; none if it cannot be read."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _TAIL_BYTES))
            return _lines(file.read(_TAIL_BYTES))[-2 * MOST_LINES :]
    except OSError:
        return []


def _beginning(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            return _lines(file.read(_TAIL_BYTES))[:MOST_LINES]
    except OSError:
        return []


def _lines(raw: bytes) -> list[str]:
    return [one_line(line) for line in raw.decode("utf-8", "replace").splitlines()]


def _without_home(text: str) -> str:
    """The folder's name is the user's."""
    home = Path.home()
    for folder in {str(home), str(home.resolve())} - {"/"}:
        text = text.replace(folder, "~")
    return text
