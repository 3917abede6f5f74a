"""What went wrong, in a small file of its own: warnings and errors, never what was asked or answered."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_MAX_BYTES = 256 * 1024
_OLDER_FILES = 2
_TALKATIVE = ("httpx", "httpcore", "hpack", "keyring", "asyncio", "rapidocr", "RapidOCR")
"""Loggers that say more than warnings when asked to; some of it is the user's."""


def log_to(folder: Path) -> None:
    """Write warnings to `viewfinder.log` in `folder`, at most 768 kB in all; do without if it cannot be."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "viewfinder.log",
            maxBytes=_MAX_BYTES,
            backupCount=_OLDER_FILES,
            encoding="utf-8",
            errors="backslashreplace",
        )
    except OSError:
        return
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
