"""Whether keys can be kept: that the libraries are there, and who answers on this machine."""

import importlib
import sys
from importlib.metadata import entry_points
from pathlib import Path

from desktop.selftest.finding import CheckFailed, Finding, note, ok
from desktop.storage.secrets import keyring_name

_BACKENDS = {"darwin": "macOS", "win32": "Windows"}
_LINUX = "SecretService"
_UNDER_IT = {"linux": ("secretstorage", "jeepney"), "win32": ("win32ctypes.pywin32",)}
"""What the backend imports and, where it is missing, goes silently without."""

_SECONDS = 5.0
"""Longest wait for the system's keyring."""


def check(_folder: Path) -> Finding:
    backend = _BACKENDS.get(sys.platform, _LINUX)
    for module in (*_UNDER_IT.get(sys.platform, ()), f"keyring.backends.{backend}"):
        try:
            importlib.import_module(module)
        except ImportError as error:
            raise CheckFailed(f"{module} cannot be loaded: {error}.") from error
    if f"keyring.backends.{backend}" not in {each.value for each in entry_points(group="keyring.backends")}:
        raise CheckFailed(f"The library keyring does not know of its own {backend}: its metadata is missing.")
    return told(backend, keyring_name(_SECONDS))


def told(backend: str, name: str) -> Finding:
    """`name` is what `keyring_name` says of the keyring that the app uses."""
    if name == "none":
        return note(
            f"{backend} loads, but no keyring answers: a key lasts until the app is closed. "
            "Install one, such as gnome-keyring, or start the one that is there."
        )
    if name == "no answer":
        return note(
            f"{backend} loads, but the system's keyring was silent: a key may have to be entered anew. "
            "Is it waiting to be unlocked?"
        )
    return ok(f"{name} answers")
