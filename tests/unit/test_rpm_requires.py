"""What the .rpm asks for."""

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
