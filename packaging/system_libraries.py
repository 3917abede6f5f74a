"""The shared libraries that Qt and the reader would miss on this Linux, as the loader itself tells it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

# What the app loads of the installed packages: Qt's widgets and sockets with all below them, Qt's plugins for
# windows, input and images, and the reader's engines. Other plugins (databases, GTK) may lack what they like.
_LOADED = (
    "PySide6/QtCore.abi3.so",
    "PySide6/QtGui.abi3.so",
    "PySide6/QtWidgets.abi3.so",
    "PySide6/QtNetwork.abi3.so",
    "PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "PySide6/Qt/plugins/platforms/libqwayland.so",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platforminputcontexts/lib[!q]*.so",
    "PySide6/Qt/plugins/platformthemes/libqxdgdesktopportal.so",
    "PySide6/Qt/plugins/xcbglintegrations/*.so",
    "PySide6/Qt/plugins/wayland-*-client/*.so",
    "PySide6/Qt/plugins/wayland-shell-integration/libxdg-shell.so",
    "PySide6/Qt/plugins/iconengines/*.so",
    "PySide6/Qt/plugins/imageformats/libq[!p]*.so",
    "cv2/*.so",
    "numpy/_core/*.so",
    "onnxruntime/capi/*.so",
    "shapely/*.so",
    "zxingcpp*.so",
)


def unresolved(site_packages: Path) -> list[str]:
    """The names of the shared libraries that the app's packages need and the loader does not find."""
    files = [str(file) for pattern in _LOADED for file in site_packages.glob(pattern)]
    listing = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False).stdout
    return sorted({*re.findall(r"^\s*(\S+) => not found", listing, re.MULTILINE)})
