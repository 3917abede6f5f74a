"""What a bug may depend on: versions, the system, and which settings are set; nothing that names anybody."""

import locale
import platform
import shutil
import sqlite3
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, get_args, get_type_hints

from desktop.diagnosis.frames import one_line
from desktop.domain.settings import Settings

PACKAGES = (
    *("PySide6_Essentials", "shiboken6", "qasync", "httpx", "httpcore", "brotli", "truststore", "keyring"),
    *("markdown-it-py", "pygments", "rapidocr", "onnxruntime", "numpy", "opencv-python-headless"),
    *("pillow", "pi-heif", "zxing-cpp"),
)
"""All that the app stands on."""

_SESSION = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM", "QT_SCALE_FACTOR", "LANG")
_LONGEST = 60
_GIGABYTE = 1 << 30
_STEPS = (
    (_GIGABYTE // 10, "less than 0.1 GB"),
    (_GIGABYTE, "less than 1 GB"),
    (10 * _GIGABYTE, "1 to 10 GB"),
)

Facts = dict[str, str]


def system_facts(environ: Mapping[str, str], folder: Path) -> Facts:
    """Versions, the system, its session, and about how much is free where `folder` lies."""
    return {
        "Installed as": _installation(),
        "Python": f"{platform.python_version()} ({platform.python_implementation()})",
        "SQLite": sqlite3.sqlite_version,
        **{name: _version(name) for name in PACKAGES},
        "System": one_line(f"{_distribution()} ({platform.system()} {platform.release()})", _LONGEST * 2),
        "Machine": platform.machine(),
        **{name: one_line(environ[name], _LONGEST) for name in _SESSION if name in environ},
        "Encoding": locale.getpreferredencoding(do_setlocale=False),
        "Free space": _free_space(folder),
    }


def settings_facts(settings: Settings) -> Facts:
    """Each setting: switches, numbers and choices as they are; of what can be typed only whether it is."""
    return dict(_shown(settings))


def _shown(values: Any, prefix: str = "") -> list[tuple[str, str]]:
    hints = get_type_hints(type(values))
    shown = []
    for field in fields(values):
        name, value = prefix + field.name, getattr(values, field.name)
        if is_dataclass(value):
            shown.extend(_shown(value, f"{name}."))
        else:
            shown.append((name, _value(value, hints[field.name])))
    return shown


def _value(value: Any, hint: Any) -> str:
    if value is None or isinstance(value, bool | int | float) or value in get_args(hint):
        return str(value)
    if isinstance(value, tuple):
        return f"{len(value)}"
    return "set" if value else "empty"


def _installation() -> str:
    if getattr(sys, "frozen", False):
        return "bundle"
    has_resources = (Path(__file__).parents[1] / "_resources").is_dir()
    return "wheel" if has_resources else "checkout"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a bundle carries no descriptions of what is in it
        return "?"


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.platform()


def _free_space(folder: Path) -> str:
    there = next((each for each in (folder, *folder.parents) if each.exists()), None)
    try:
        free = shutil.disk_usage(there or Path()).free
    except OSError:
        return "?"
    return next((words for limit, words in _STEPS if free < limit), "more than 10 GB")
