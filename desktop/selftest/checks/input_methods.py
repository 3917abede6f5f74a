"""What lets Chinese be typed, and letters with accents."""

import os
import sys
from pathlib import Path

from desktop.selftest.checks.plugins import load_all
from desktop.selftest.finding import Finding, ok

_PLUGINS = tuple(f"platforminputcontexts/{name}platforminputcontextplugin" for name in ("ibus", "compose"))


def check(_folder: Path) -> Finding:
    if sys.platform != "linux":
        return ok("the system's own")
    load_all(_PLUGINS)
    wanted = os.environ.get("QT_IM_MODULE", "")
    if wanted.startswith("fcitx"):  # ui/plugins.py sees to that
        return ok(f"ibus and compose load; {wanted} is spoken to as ibus")
    return ok("ibus and compose load")
