"""What a bundle's start puts into the environment is for itself: what the app starts gets the user's own."""

import sys
from collections.abc import MutableMapping

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
