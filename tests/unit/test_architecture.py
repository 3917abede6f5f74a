"""The house rules that import-linter and ruff cannot see."""

import ast
import re
from pathlib import Path, PurePosixPath

import pytest

from tests.support.source import ROOT, Module, modules, project_files

MAX_LINES = 400
MAX_METHODS = 25
VAGUE = {"utils", "util", "helpers", "common", "manager", "base", "misc"}

# Where an import may be put off, and why.
LATE_IMPORTS = {
    "desktop/__main__.py": "the image worker and the terminal form must not pay for the window",
    "desktop/cli.py": "the same",
    "desktop/app.py": "what is needed after the first paint only",
    "desktop/worker": "the child loads what the image asks for",
    "desktop/storage/secrets.py": "keyring costs 150 ms, in a thread of its own",
}

DESKTOP = modules("desktop")
every_module = pytest.mark.parametrize("module", DESKTOP, ids=lambda module: str(module.path))


def qt_forbidden_in(module: Module) -> tuple[str, ...]:
    """The parts of Qt that have no business in `module`."""
    if module.is_in("desktop/ui", "desktop/app.py", "desktop/selftest/checks"):
        return ()
    if module.is_in("desktop/worker"):
        return ("PySide6.QtWidgets",)
    return ("PySide6.QtWidgets", "PySide6.QtGui")


@every_module
def test_each_part_of_qt_stays_in_its_room(module: Module) -> None:
    forbidden = qt_forbidden_in(module)

    assert not [name for name in module.imports() if name.startswith(forbidden)]


@every_module
def test_view_models_know_only_qtcore(module: Module) -> None:
    if module.is_in("desktop/viewmodels", "desktop/runtime"):
        qt = {name for name in module.imports() if name.startswith("PySide6")}
        assert all(name.startswith("PySide6.QtCore") for name in qt)


@every_module
def test_no_event_loop_runs_inside_another(module: Module) -> None:
    assert not module.nested_event_loops()


@every_module
def test_what_is_translated_is_a_literal(module: Module) -> None:
    assert not module.composed_translations()


@every_module
def test_imports_stand_at_the_top(module: Module) -> None:
    if not module.is_in(*LATE_IMPORTS):
        assert not module.late_imports()


@every_module
def test_a_module_says_what_it_is_and_stays_small(module: Module) -> None:
    assert ast.get_docstring(module.tree)
    assert module.text.count("\n") <= MAX_LINES
    assert not module.large_classes(MAX_METHODS)


@every_module
def test_a_module_has_a_name_that_says_something(module: Module) -> None:
    assert not VAGUE & {PurePosixPath(part).stem for part in module.path.parts}


@pytest.mark.parametrize(
    "module", modules("tests") + modules("packaging"), ids=lambda module: str(module.path)
)
def test_tests_and_scripts_stay_small_too(module: Module) -> None:
    assert module.text.count("\n") <= MAX_LINES
    if not module.path.name.startswith("test_"):
        assert ast.get_docstring(module.tree)


def test_the_folder_packaging_is_no_package() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_nothing_names_a_place_that_only_one_machine_has() -> None:
    # Put together here, so that this file does not name them either.
    places = [
        r"\.\./" + "shared",
        "/" + "work/",
        r"/(home|Users)/(?!USER\b)\w+/",
        r"\b(pypi|pythonhosted|npmjs|crates)" + r"\.(org|io)\b",
        r"\bmirrors?\.[a-z-]+\.(com|cn|edu)",
    ]
    pattern = re.compile("|".join(places).encode())

    assert not {_name(path): m[0] for path in project_files() if (m := pattern.search(path.read_bytes()))}


@pytest.mark.parametrize(
    ("source", "findings"),
    [
        ("from PySide6.QtWidgets import QLabel", 1),
        ("import PySide6.QtWidgets", 1),
        ("def f():\n    from PySide6 import QtWidgets", 1),
        ("from PySide6.QtCore import QObject", 0),
    ],
)
def test_the_rule_about_qt_finds_what_it_forbids(source: str, findings: int) -> None:
    module = Module(PurePosixPath("desktop/domain/x.py"), source)

    assert len([n for n in module.imports() if n.startswith(qt_forbidden_in(module))]) == findings


def test_the_other_rules_find_what_they_forbid() -> None:
    source = """
def f(self):
    import late
    dialog.exec()
    QApplication.processEvents()
    self.tr(f"{n} images")
    self.tr("a" + b)
    self.tr("fine").format(n)
    create_subprocess_exec()

class Window:
    def a(self): ...
    async def b(self): ...
"""
    module = Module(PurePosixPath("desktop/x.py"), source)

    assert module.late_imports() == {"late"}
    assert module.nested_event_loops() == [4, 5]
    assert module.composed_translations() == [6, 7]
    assert module.large_classes(1) == {"Window": 2}
    assert module.is_in("desktop")
    assert not module.is_in("desk", "desktop/ui")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
