import re

import pytest

from tests.support.scripts import load_script

depends = load_script("installers.depends")
SetupError = load_script("console").SetupError

FLOORS = {"GLIBC": (2, 35), "GLIBCXX": (3, 4, 30), "CXXABI": (1, 3, 13)}


def test_each_package_is_asked_for_once_with_the_version_that_the_symbols_ask_for() -> None:
    sonames = {
        "libc.so.6",
        "libm.so.6",
        "libstdc++.so.6",
        "libglib-2.0.so.0",
        "libgthread-2.0.so.0",
        "libGL.so.1",
    }

    assert depends.depends(sonames, FLOORS) == [
        "libc6 (>= 2.35)",
        "libgl1",
        "libglib2.0-0t64 | libglib2.0-0",
        "libstdc++6 (>= 12)",
    ]


def test_a_library_that_no_package_is_known_for_stops_the_build_by_its_name() -> None:
    with pytest.raises(SetupError, match=r"^The bundle needs libfoo\.so\.1, libgtk-3\.so\.0 from the system"):
        depends.depends({"libgtk-3.so.0", "libc.so.6", "libfoo.so.1"}, FLOORS)


@pytest.mark.parametrize(("family", "version"), [("GLIBCXX", (3, 4, 99)), ("CXXABI", (1, 4))])
def test_a_libstdcxx_that_no_compiler_is_known_for_stops_the_build(
    family: str, version: tuple[int, ...]
) -> None:
    with pytest.raises(SetupError, match=f"{family}_{version[0]}"):
        depends.depends({"libstdc++.so.6"}, {**FLOORS, family: version})


def test_the_newer_of_both_families_decides() -> None:
    assert depends.depends({"libstdc++.so.6"}, {**FLOORS, "CXXABI": (1, 3, 15)}) == ["libstdc++6 (>= 14)"]


def test_symbols_older_than_all_systems_ask_for_the_oldest_known_compiler() -> None:
    assert depends.depends({"libstdc++.so.6"}, {"GLIBC": (2, 35), "GLIBCXX": (3, 4, 11)}) == [
        "libstdc++6 (>= 9.3)"
    ]


def test_the_table_has_sonames_and_relations_as_dpkg_reads_them() -> None:
    name = r"[a-z0-9][a-z0-9.+-]+( \(>= [0-9.]+\))?"
    for soname, relation in depends.debian_packages().items():
        assert re.fullmatch(r"(lib|ld-)[\w.+-]+\.so\.\d+", soname)
        assert re.fullmatch(rf"{name}( \| {name})*", relation)


def test_names_of_64_bit_time_stand_before_the_older_ones() -> None:
    for relation in depends.debian_packages().values():
        alternatives = relation.split(" | ")
        assert [each for each in alternatives if "t64" in each] == alternatives[: len(alternatives) - 1]
