"""A screen of its own for real windows."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

SIZE = "1280x800x24"


@contextmanager
def display(environ: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Run an X server; yields `environ` for programs that show windows on it."""
    readable, writable = os.pipe()
    # Without -noreset the first program that leaves, as long as it is alone, throws out one that just comes.
    options = ["-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"]
    command = ["Xvfb", "-displayfd", str(writable), *options]
    with subprocess.Popen(command, pass_fds=[writable], stderr=subprocess.DEVNULL) as server:
        os.close(writable)
        try:
            with os.fdopen(readable) as answer:
                number = answer.readline().strip()
            yield {**environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.terminate()
