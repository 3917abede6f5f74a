import ast
import re
import tomllib

import pytest
from packaging.specifiers import SpecifierSet

from tests.support.scripts import CHECKOUT, PACKAGING, load_script

console = load_script("console")
environment = load_script("environment")

FRONTS = ("bench", "build", "run", "test")
NEIGHBOURS = (
    "console",
    "empty_home",
    "environment",
    "figure",
    "npm_package",
    "set_up",
    "system_libraries",
    "system_packages",
)
INSTALLERS = tuple(f"installers/{file.stem}" for file in sorted((PACKAGING / "installers").glob("*.py")))
SET_UP = (*FRONTS, *NEIGHBOURS, *INSTALLERS)
CHARACTERS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")
POSSESSIVE_GROUP = re.compile(r"\)\s*(?:[*+?]|\{\d*,?\d*\})\+")


@pytest.mark.parametrize("name", SET_UP)
def test_an_older_python_reads_the_set_up_far_enough_to_say_that_it_is_too_old(name: str) -> None:
    ast.parse((PACKAGING / f"{name}.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_the_versions_that_are_let_in_are_those_that_the_project_declares() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = SpecifierSet(project["requires-python"])
    assert [minor for minor in range(8, 20) if is_let_in(3, minor)] == [
        minor for minor in range(8, 20) if declared.contains(f"3.{minor}")
    ]


def is_let_in(*version: int) -> bool:
    try:
        environment.require_supported_python(version)
    except console.SetupError:
        return False
    return True


def test_no_pattern_holds_a_possessive_group() -> None:
    # Pythons before 3.11.5 match them wrongly, and Debian 12 has 3.11.2 (gh-106052).
    found = {
        f"{path.relative_to(CHECKOUT)}: {node.value}"
        for path in (CHECKOUT / "desktop").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if "(?" in node.value and POSSESSIVE_GROUP.search(CHARACTERS.sub("x", node.value))
    }
    assert not found
