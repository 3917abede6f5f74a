import re

from tests.support.scripts import PACKAGING, load_script

system_packages = load_script("system_packages")

DPKG_LISTING = """\
ii \tlibegl1\t
ii \tlibglib2.0-0t64\tlibglib2.0-0 (= 2.84.4-3), libgio-fam
rc \txvfb\txserver
"""


def test_only_what_is_installed_counts_with_all_that_it_provides() -> None:
    assert system_packages.provided(DPKG_LISTING) == {
        "libegl1",
        "libglib2.0-0t64",
        "libglib2.0-0",
        "libgio-fam",
    }


def test_no_package_is_listed_twice_and_each_is_a_plain_name() -> None:
    names = [name for file in (PACKAGING / "system").iterdir() for name in system_packages.listed(file.stem)]
    assert len(names) == len(set(names))
    assert not [name for name in names if not re.fullmatch(r"[a-z0-9][a-z0-9.+-]+", name)]
