"""What lets Chinese be typed, and letters with accents."""

import os
import sys
from pathlib import Path

from desktop.selftest.checks.plugins import load_all
from desktop.selftest.finding import Finding, note, ok

_PLUGINS = tuple(f"platforminputcontexts/{name}platforminputcontextplugin" for name in ("ibus", "compose"))

_FCITX = ("fcitx", "fcitx5")


def check(_folder: Path) -> Finding:
    if sys.platform != "linux":
        return ok("the system's own")
    load_all(_PLUGINS)
    wanted = os.environ.get("QT_IM_MODULE", "")
    if wanted in _FCITX:
        return note(
            f"ibus and compose load, but QT_IM_MODULE is {wanted}: set it to ibus, which fcitx answers too."
        )
    return ok("ibus and compose load")
