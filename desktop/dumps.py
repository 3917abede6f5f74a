"""No copy of this process's memory, in which keys and pictures stand, is left behind when it crashes."""

import sys

if sys.platform != "win32":
    import resource

    _MOST = 1 if sys.platform == "linux" else 0
    """Bytes. Linux heeds 0 for files only: where /proc/sys/kernel/core_pattern pipes dumps to a collector, it
    hands the memory over all the same. Exactly 1 it takes for a collector that crashed itself, and dumps
    nothing (`do_coredump` in fs/coredump.c); nor is a file begun that is to have 1 byte."""

    def forbid_dumps() -> None:
        """Here, and in every process that is started from here."""
        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        most = _MOST if hard == resource.RLIM_INFINITY else min(_MOST, hard)
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))

else:

    def forbid_dumps() -> None:
        """Windows writes dumps of programs that ask for them only."""
