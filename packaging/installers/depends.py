"""The Debian packages that bring what the bundle takes from the system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from console import SetupError

from installers.elf import dotted
from installers.places import LINUX

_TABLE = LINUX / "debian-packages.txt"
# Which GCC first had a version of libstdc++'s symbols, and Debian's package is numbered as GCC is:
# https://gcc.gnu.org/onlinedocs/libstdc++/manual/abi.html
_GCCS: Mapping[str, Mapping[tuple[int, ...], tuple[int, ...]]] = {
    "GLIBCXX": {
        (3, 4, 28): (9, 3),
        (3, 4, 29): (11,),
        (3, 4, 30): (12,),
        (3, 4, 31): (13, 1),
        (3, 4, 32): (13, 2),
        (3, 4, 33): (14,),
    },
    "CXXABI": {(1, 3, 12): (9,), (1, 3, 13): (11,), (1, 3, 14): (13,), (1, 3, 15): (14,)},
}


def debian_packages() -> dict[str, str]:
    """The reviewed table: for each soname the relation that brings it, `libfoo1t64 | libfoo1`."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))
    return {soname: relation.strip() for soname, relation in rows}


def depends(sonames: Iterable[str], floors: Mapping[str, tuple[int, ...]]) -> list[str]:
    """The relations for Depends, sorted, each once.

    Args:
        sonames: What the bundle's files need and do not bring.
        floors: The newest version of each family of symbols that they ask for, `{"GLIBC": (2, 35)}`.

    Raises:
        SetupError: A library is not in the table, or a libstdc++ is asked for that the table of GCCs lacks.
    """
    table = debian_packages()
    if unknown := sorted({*sonames} - {*table}):
        raise SetupError(
            f"The bundle needs {', '.join(unknown)} from the system, and {_TABLE.name} does not say which "
            "package of Debian brings that: leave it out of the bundle, pack it, or add a reviewed row."
        )
    gcc = max(_first_gcc(family, floors.get(family, ())) for family in _GCCS)
    versioned = {"libc6": dotted(floors["GLIBC"]), "libstdc++6": dotted(gcc)}
    relations = {table[soname] for soname in sonames}
    return sorted(f"{one} (>= {versioned[one]})" if one in versioned else one for one in relations)


def _first_gcc(family: str, version: tuple[int, ...]) -> tuple[int, ...]:
    """The oldest GCC that is known here, unless `version` asks for a newer one."""
    gccs = _GCCS[family]
    wanted = max(version, min(gccs))
    if wanted not in gccs:
        raise SetupError(f"No GCC is known here whose libstdc++ has {family}_{dotted(version)}: add it.")
    return gccs[wanted]
