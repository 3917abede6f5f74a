"""What a bundle needs at its start: the user's own environment back, and modules that stay what they are."""

import os
import sys
from collections.abc import MutableMapping
from functools import cache
from pathlib import Path
from zipimport import zipimporter

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
    """Keep the archives open that hold the modules; outside a bundle on Linux nothing is done.

    PyInstaller opens the program by its name for each module that is imported, and Python the archive of its
    codecs, such as the one for the names of hosts. An upgrade puts others in their places, in which the
    modules are not where they were; these stay as long as they are open.
    """
    archive = getattr(sys.modules.get("pyimod02_importers"), "pyz_archive", None)
    if archive is None or sys.platform != "linux":
        return
    archive._filename = _held(sys.executable)  # noqa: SLF001 - no other way in; a test upgrades a bundle
    for finder in sys.path_importer_cache.values():
        if isinstance(finder, zipimporter):
            finder.archive = _held(finder.archive)


@cache
def _held(file: str) -> str:
    """A name by which `file` can be opened as long as this process is there."""
    name = f"/proc/self/fd/{os.open(file, os.O_RDONLY | os.O_CLOEXEC)}"
    return name if Path(name).exists() else file
