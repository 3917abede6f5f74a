"""Where the app's own files lie: in a checkout, in a wheel, and frozen."""

import sys
from pathlib import Path

import platformdirs

APP = "viewfinder"


def resource(*parts: str) -> Path:
    """A file that ships with the app, `resource("samples", "receipt.png")`."""
    return _resources().joinpath(*parts)


def config_dir() -> Path:
    """Where settings are kept."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False))


def data_dir() -> Path:
    """Where conversations and their images are kept."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def log_dir() -> Path:
    return Path(platformdirs.user_log_dir(APP, appauthor=False))


def _resources() -> Path:
    if frozen := getattr(sys, "_MEIPASS", None):
        return Path(frozen, "resources")
    installed = Path(__file__).parent / "_resources"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "resources"
