"""An environment for checks and measurements, in which nothing of the user's is read or written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What a test may know of the machine; anything else (keys, proxies, a screen, a session bus) is the user's.
_HARMLESS = frozenset(
    ("CI", "COLORTERM", "FORCE_COLOR", "NO_COLOR", "PATH", "SYSTEMROOT", "TEMP", "TERM", "TMP", "TMPDIR")
)


@contextmanager
def empty_home() -> Iterator[dict[str, str]]:
    """The variables of a new user without a screen, whose files are deleted at the end."""
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
