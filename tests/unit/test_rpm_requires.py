"""What the .rpm says of itself: what it asks for, and under which licences it is."""

from tests.support.scripts import load_script

rpm = load_script("installers.rpm")


def test_libraries_are_asked_for_by_soname_and_by_what_they_must_know() -> None:
    needed = {"libX11.so.6", "libc.so.6", "libstdc++.so.6"}

    assert rpm.requires(needed, {"GLIBC": (2, 35), "GLIBCXX": (3, 4, 30), "GCC": (3, 0)}) == [
        "libX11.so.6()(64bit)",
        "libc.so.6()(64bit)",
        "libc.so.6(GLIBC_2.35)(64bit)",
        "libstdc++.so.6()(64bit)",
        "libstdc++.so.6(GLIBCXX_3.4.30)(64bit)",
    ]


def test_the_licence_is_that_of_all_that_is_in_it() -> None:
    bundled = ["LGPL-3.0-only", "MIT AND Zlib", "Apache-2.0 OR BSD-3-Clause", "Zlib"]

    assert rpm.licence(bundled) == "MIT AND (Apache-2.0 OR BSD-3-Clause) AND LGPL-3.0-only AND Zlib"
