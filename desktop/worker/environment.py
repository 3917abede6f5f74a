"""What the child is told of the environment: enough to start Python, and no secret."""

import os
from collections.abc import Mapping
from pathlib import Path

import desktop

ALLOWED = frozenset(
    {
        *("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "LD_LIBRARY_PATH"),
        *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "TEMP", "TMP", "USERPROFILE", "LOCALAPPDATA", "APPDATA"),
        *("PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONUTF8"),
    }
)


def child_environment(own: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The allowed part of `own`, and where to find this very package.

    API keys live in variables of any name, so what may pass is listed, not what may not. With a safe
    path, a folder named `desktop` in the working directory cannot stand in for the package.
    """
    passed = {name: value for name, value in own.items() if name.upper() in ALLOWED}
    return passed | {"PYTHONPATH": str(_root()), "PYTHONSAFEPATH": "1"}


def _root() -> Path:
    return Path(desktop.__file__).resolve().parent.parent
