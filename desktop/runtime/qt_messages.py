"""What Qt has to say, in the log: it quotes names of files, addresses, and what was typed."""

import logging
import re
from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LEVELS: Mapping[QtMsgType, int] = MappingProxyType(
    {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }
)

_MOST_CHARACTERS = 200
_QUOTED = re.compile(r"[\"'`].*[\"'`]|[\"'`].*", re.DOTALL)
"""From the first quote to the last: what is quoted may have some in it."""

_PLACE = re.compile(r"[^\s()]*(?:[/\\]|\w\.\w|@).*|\w*[^\x00-\x7f].*", re.DOTALL)
"""From the first word that may be of a path, of a file's name or of an address, or is no English: what
follows may belong to it."""

_log = logging.getLogger(__name__)


def log_qt_messages() -> None:
    """From now on Qt prints nothing, in any thread. A fatal message ends the process all the same."""
    qInstallMessageHandler(_hear)


def without_quotes(message: str) -> str:
    """What of `message` is Qt's own words: neither what stands in quotes nor what may name a place."""
    return _PLACE.sub("...", _QUOTED.sub('"..."', message)[:_MOST_CHARACTERS])


def _hear(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    try:
        level = _LEVELS.get(kind, logging.WARNING)
        if _log.isEnabledFor(level):
            _log.log(level, "%s: %s", context.category or "default", without_quotes(message))
    except Exception:  # noqa: BLE001, S110 - Python ends here; PySide would print what it hears of
        pass
