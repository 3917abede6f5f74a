"""What a bundle needs at its start: the user's own environment back, and modules that stay what they are."""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

_LIBRARIES, _SET_ASIDE = "LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG"
_LOADER = "_PYI_"
"""How the names begin by which PyInstaller's loader speaks to a second run of itself."""


def restore(environ: MutableMapping[str, str]) -> None:
    """Give `environ` back what the loader changed; outside a bundle it stays as it is.

    A browser would load our libraries instead of the system's, and another Viewfinder, perhaps a newer one,
    would take itself for a child of this one. The dynamic linker has read its variable by now, for good; the
    image worker sets it anew.
    """
    if not getattr(sys, "frozen", False):
        return
    former = environ.pop(_SET_ASIDE, None)
    environ.pop(_LIBRARIES, None)
    if former is not None:
        environ[_LIBRARIES] = former
    for name in [name for name in environ if name.startswith(_LOADER)]:
        del environ[name]


def hold_modules() -> None:
    """Keep the program open that holds the modules; outside a bundle on Linux nothing is done.

    PyInstaller opens it by its name for each module that is imported. An upgrade puts another in its place,
    in which the module is not where it was; this one stays as long as it is open.
    """
    archive = getattr(sys.modules.get("pyimod02_importers"), "pyz_archive", None)
    if archive is None or sys.platform != "linux":
        return
    held = Path("/proc/self/fd", str(os.open(sys.executable, os.O_RDONLY | os.O_CLOEXEC)))
    if held.exists():
        archive._filename = str(held)  # noqa: SLF001 - there is no other way in; a test upgrades a bundle
