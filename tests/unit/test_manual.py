import argparse
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest

from desktop.cli import (
    BUG,
    NOT_HANDED_OVER,
    NOT_TESTED,
    SELFTEST,
    USAGE,
    _ask_parser,
    _selftest_parser,
    _window_parser,
)
from desktop.domain.profiles import PROFILES
from desktop.domain.settings import ProviderKind, Region
from desktop.terminal import Exit
from tests.support.scripts import PACKAGING, load_script

manual = load_script("installers.manual")
release = load_script("installers.release")

COMPLETION = PACKAGING / "linux" / "viewfinder.bash"


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    return {option for action in parser._actions for option in action.option_strings}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file: Path = tmp_path_factory.mktemp("man") / "viewfinder.1"
    file.write_text(manual.manual(), encoding="utf-8")
    return file


def section(page: Path, name: str) -> str:
    """The source of a section or a subsection, up to the next."""
    (_, _, rest) = page.read_text(encoding="utf-8").partition(f" {name}\n")
    return re.split(r"^\.S[hs] ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def options_in(text: str) -> set[str]:
    return {f"-{option}" for option in re.findall(r"\bFl (-?[a-z-]+)", text)}


def test_groff_and_mandoc_find_no_fault(page: Path) -> None:
    set_by_groff = subprocess.run(
        ["groff", "-mdoc", "-ww", "-Tutf8", "-z", page], capture_output=True, text=True, check=True
    )
    linted = subprocess.run(["mandoc", "-Tlint", page], capture_output=True, text=True, check=False)

    assert set_by_groff.stderr == ""
    # The page is not part of an operating system, so that its foot names the app.
    assert all("operating system explicitly" in line for line in linted.stdout.splitlines())


def test_nothing_is_left_to_be_filled_in(page: Path) -> None:
    shown = subprocess.run(
        ["groff", "-mdoc", "-Tascii", "-P-cbu", page], capture_output=True, text=True, check=True
    ).stdout

    assert "@" not in shown
    assert f"Viewfinder {release.VERSION}" in shown
    assert release.HOST in shown


@pytest.mark.parametrize(
    ("parser", "name"),
    [
        (_window_parser(), "Options of the window"),
        (_selftest_parser(), "Options of the test"),
        (_ask_parser(), "Options of ask"),
    ],
)
def test_each_option_is_explained(page: Path, parser: argparse.ArgumentParser, name: str) -> None:
    heads = "\n".join(re.findall(r"^\.It (.*)", section(page, name), re.MULTILINE))

    assert options_in(heads) == options_of(parser)


def test_the_synopsis_has_every_option(page: Path) -> None:
    known = set().union(*map(options_of, (_window_parser(), _selftest_parser(), _ask_parser())))

    assert options_in(section(page, "SYNOPSIS")) == known - {"-h", "--prompt"}


def test_choices_keys_and_exit_statuses_are_all_there(page: Path) -> None:
    options = section(page, "Options of ask").replace("\n", " ")
    assert all(f" {choice}" in options for choice in (*get_args(ProviderKind), *get_args(Region)))

    keys = {profile.key_variable for profile in PROFILES.values()} - {""}
    assert keys <= set(re.findall(r"\w+_API_KEY", section(page, "ENVIRONMENT")))

    statuses = {
        int(status) for status in re.findall(r"^\.It (\d+)", section(page, "EXIT STATUS"), re.MULTILINE)
    }
    assert statuses >= {*Exit, USAGE, NOT_HANDED_OVER, NOT_TESTED, BUG}


def completed(words: Iterable[str]) -> set[str]:
    """What bash offers for the last of `words`."""
    script = (
        'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _viewfinder; echo "${COMPREPLY[@]}"'
    )
    command = ["bash", "-c", script, "bash", str(COMPLETION), *words]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_bash_completes_what_the_parsers_know() -> None:
    assert completed(["viewfinder", "-"]) == options_of(_window_parser()) - {"-h"}
    assert completed(["viewfinder", SELFTEST, "-"]) == options_of(_selftest_parser()) - {"-h", SELFTEST}
    assert completed(["viewfinder", "ask", "-"]) == options_of(_ask_parser()) - {"-h", "-p"}
    assert completed(["viewfinder", "ask", "--provider", ""]) == {*get_args(ProviderKind)}
    assert completed(["viewfinder", "ask", "a.png", "--region", "cn-"]) == {"cn-beijing", "cn-hongkong"}


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["viewfinder", "a"], {"ask"}),
        (["viewfinder", ""], set()),
        (["viewfinder", "ask", "a"], set()),
        (["viewfinder", "ask", "--prompt", "-"], set()),
        (["viewfinder", "picture.png", "a"], set()),
    ],
)
def test_bash_is_left_to_offer_files_everywhere_else(words: list[str], offered: set[str]) -> None:
    assert completed(words) == offered
