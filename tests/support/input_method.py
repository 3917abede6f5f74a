"""A real input method (ibus), as people who write Chinese have it running."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tests.support.background import running
from tests.support.waiting import wait_for

PINYIN = "m17n:zh:tonepy"
"""The engine: Pinyin, each syllable with its tone as a digit (`ni3`)."""

_DAEMON = ["ibus-daemon", "--panel=disable", "--emoji-extension=disable"]


@contextmanager
def pinyin(environ: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Run it on the screen of `environ`; yields the environment of programs that are typed into with it."""
    with running(_DAEMON, environ):
        wait_for("the input method", lambda: _is_chosen(environ))
        yield {**environ, "QT_IM_MODULE": "ibus"}


def _is_chosen(environ: Mapping[str, str]) -> bool:
    choose, tell = ["ibus", "engine", PINYIN], ["ibus", "engine"]
    subprocess.run(choose, env=environ, capture_output=True, check=False)
    told = subprocess.run(tell, env=environ, capture_output=True, text=True, check=False)
    return told.stdout.strip() == PINYIN
