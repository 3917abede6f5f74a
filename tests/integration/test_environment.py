"""The set-up itself, with a real interpreter and a real pip, on a small project that needs no network."""

import hashlib
import io
import json
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.scripts import load_script

console = load_script("console")
environment = load_script("environment")

PYPROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "small"
[tool.hatch]
"""
BACKEND = """\
import shutil
def build_editable(folder, config_settings=None, metadata_directory=None):
    return shutil.copy("small-1-py3-none-any.whl", folder).rpartition("/")[2]
"""

SOURCES_BACKEND = """\
from pathlib import Path
def build_wheel(folder, config_settings=None, metadata_directory=None):
    raise AssertionError("built")
def prepare_metadata_for_build_wheel(folder, config_settings=None):
    info = Path(folder, "examples-1.dist-info")
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\\nName: examples\\nVersion: 1\\n")
    return info.name
"""


def wheel(folder: Path, name: str) -> Path:
    """The smallest wheel: one module that knows its name."""
    file = folder / f"{name}-1-py3-none-any.whl"
    info = f"{name}-1.dist-info"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{name}.py", f"NAME = {name!r}\n")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return file


def source(folder: Path, name: str, examples: str) -> Path:
    """The smallest source of a package that has CommonMark's examples; pip may ask its name, not build it."""
    file = folder / f"{name}-1.tar.gz"
    content = {
        "pyproject.toml": PYPROJECT,
        "backend.py": SOURCES_BACKEND,
        examples: '[{"example": 1, "markdown": "text"}]',
    }
    with tarfile.open(file, "w:gz") as archive:
        for path, text in content.items():
            member = tarfile.TarInfo(f"{name}-1/{path}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return file


def pin(file: Path) -> str:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return f"{file.name.partition('-')[0]} @ {file.as_uri()} --hash=sha256:{digest}\n"


def pin_source(checkout: Path, examples: str) -> None:
    """Have the examples fetched from a source where they lie at the path `examples`."""
    pins = checkout / "packaging" / "constraints" / "specification.txt"
    pins.write_text(pin(source(checkout, "examples", examples)))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "backend.py").write_text(BACKEND)
    wheel(tmp_path, "small")
    constraints = tmp_path / "packaging" / "constraints"
    constraints.mkdir(parents=True)
    for name in ("run", "test", "bench"):
        (constraints / f"{name}.txt").write_text(pin(wheel(tmp_path, f"for_{name}")))
    pin_source(tmp_path, "tests/fixtures/commonmark.json")
    return tmp_path


def imports(python: Path, module: str) -> bool:
    return (
        subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0
    )


def test_the_first_run_sets_up_and_the_second_does_nothing(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(checkout / "elsewhere"))
    monkeypatch.setenv("PIP_TARGET", str(checkout / "elsewhere"))
    made = environment.Environment(checkout)

    assert made.ensure()
    assert imports(made.python, "small, for_run")
    assert (made.site_packages / "for_run.py").is_file()
    assert not imports(made.python, "for_test")
    assert not made.ensure()

    assert made.ensure(with_tests=True)
    assert imports(made.python, "small, for_run, for_test")
    assert json.loads(made.examples.read_text()) == [{"example": 1, "markdown": "text"}]
    assert not imports(made.python, "examples")
    assert not made.ensure(with_tests=True)
    assert not made.ensure()

    assert made.ensure(with_rivals=True)
    assert (made.rivals / "for_bench.py").is_file()
    assert not imports(made.python, "for_bench")
    assert not made.ensure(with_rivals=True)


def test_a_package_that_is_not_the_pinned_one_is_refused_and_the_next_run_begins_anew(checkout: Path) -> None:
    pins = checkout / "packaging" / "constraints" / "run.txt"
    right = pins.read_text()
    made = environment.Environment(checkout)

    pins.write_text(right[:-2] + ("0" if right[-2] != "0" else "1") + "\n")
    with pytest.raises(console.SetupError, match="pinned packages"):
        made.ensure()
    pins.write_text(right)

    assert made.ensure()
    assert imports(made.python, "small, for_run")


def test_a_source_without_the_examples_is_named_and_the_next_run_needs_only_another(checkout: Path) -> None:
    pin_source(checkout, "elsewhere.json")
    made = environment.Environment(checkout)

    with pytest.raises(console.SetupError, match="commonmark"):
        made.ensure(with_tests=True)
    assert made._is_stamped("test")
    pin_source(checkout, "tests/fixtures/commonmark.json")

    assert made.ensure(with_tests=True)
    assert made.examples.is_file()


@pytest.fixture
def stamped(checkout: Path) -> Any:
    """As after a set-up, without the wait for one."""
    made = environment.Environment(checkout)
    made.python.parent.mkdir(parents=True)
    made.python.touch()
    made._stamp("run")
    assert made._is_stamped("run")
    return made


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "packaging/constraints/run.txt").write_text(""),
        lambda root: (root / "pyproject.toml").write_text(PYPROJECT.replace("small", "other")),
        lambda root: (root / ".venv/stamp-run").write_text(""),
        lambda root: environment.Environment(root).python.unlink(),
    ],
    ids=["other pins", "other project", "interrupted", "its Python has gone"],
)
def test_what_makes_an_environment_worthless(
    checkout: Path, stamped: Any, change: Callable[[Path], object]
) -> None:
    change(checkout)
    assert not stamped._is_stamped("run")


def test_lint_rules_and_the_pins_of_tests_leave_the_app_as_it_is(checkout: Path, stamped: Any) -> None:
    (checkout / "pyproject.toml").write_text(PYPROJECT + "[tool.ruff]\nline-length = 1\n")
    (checkout / "packaging" / "constraints" / "test.txt").write_text("")
    assert stamped._is_stamped("run")


def test_a_moved_checkout_is_set_up_again(
    checkout: Path, stamped: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    moved = checkout.rename(tmp_path_factory.mktemp("other") / "checkout")
    assert not environment.Environment(moved)._is_stamped("run")
