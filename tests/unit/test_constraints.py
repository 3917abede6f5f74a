import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.scripts import CHECKOUT, PACKAGING

LISTS = ("run", "test", "bench", "specification", "packages")


def text(name: str) -> str:
    return (PACKAGING / "constraints" / f"{name}.txt").read_text(encoding="utf-8")


def pins(name: str) -> dict[str, set[str]]:
    """Versions by package: one package may have one for each range of Python versions."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^(\S+)==(\S+)", text(name), re.MULTILINE):
        found.setdefault(package, set()).add(version)
    return found


def required(tables: list[str]) -> list[Requirement]:
    return [Requirement(line) for line in tables]


@pytest.mark.parametrize("name", LISTS)
def test_pins_name_no_registry_and_prove_what_comes(name: str) -> None:
    assert "://" not in text(name)
    lines = text(name).replace("\\\n", "").splitlines()
    assert all("--hash=sha256:" in line for line in lines)


@pytest.mark.parametrize("name", ["test", "bench"])
def test_tests_and_measurements_run_with_the_versions_that_users_get(name: str) -> None:
    run, other = pins("run"), pins(name)
    shared = run.keys() & other.keys()
    assert {package: other[package] for package in shared} == {package: run[package] for package in shared}


def test_pins_fit_what_the_project_asks_for() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    for_run = required(project["project"]["dependencies"] + groups["build"])
    for_test = required(groups["test"] + groups["bundle"])
    asked_for = {"run": for_run, "test": for_test} | {
        name: required(groups[name]) for name in ("bench", "specification", "packages")
    }
    for name, requirements in asked_for.items():
        found = pins(name)
        for requirement in requirements:
            versions = found[canonicalize_name(requirement.name)]
            assert all(requirement.specifier.contains(version) for version in versions), requirement
