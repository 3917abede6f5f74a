"""A terminal on a pseudo-terminal: what a program printed on it, byte for byte as the screen got it."""

import os
import pty
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


def printed(command: Sequence[str], cwd: Path, environ: Mapping[str, str]) -> bytes:
    """What `command` wrote on a terminal, stdout and stderr as they came; "\\n" is "\\r\\n" there."""
    screen, program = pty.openpty()
    with subprocess.Popen(
        command, cwd=cwd, env=environ, stdin=program, stdout=program, stderr=program
    ) as process:
        os.close(program)
        shown = b"".join(_read(screen))
    os.close(screen)
    assert process.returncode is not None
    return shown


def _read(screen: int) -> list[bytes]:
    pieces: list[bytes] = []
    while True:
        try:
            piece = os.read(screen, 65536)
        except OSError:  # EIO: the last program has gone
            return pieces
        if not piece:
            return pieces
        pieces.append(piece)


def acted_on(shown: bytes) -> set[str]:
    """The characters in UTF-8 that a terminal does not only show; the ends of lines are its own."""
    text = shown.decode("utf-8").replace("\r\n", "\n")
    return {char for char in text if not (char.isprintable() or char in "\n\t\u200c\u200d\u3000\xa0")}
