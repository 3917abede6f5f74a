"""The project's own sources as syntax trees, and what the house rules ask of them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]

_NOT_OURS = {".git", ".venv", ".hypothesis", "build", "dist"}
_NESTED_DIALOGS = {"exec", "exec_", "processEvents"}
_TRANSLATING = {"tr", "translate", "QT_TRANSLATE_NOOP"}


@dataclass(frozen=True)
class Module:
    """One source file. `path` is relative to the project's root."""

    path: PurePosixPath
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def is_in(self, *places: str) -> bool:
        """Whether it is one of these files or lies in one of these folders."""
        return any(self.path.is_relative_to(place) for place in places)

    def imports(self) -> set[str]:
        """The full names of all that is imported, anywhere in the file."""
        return set(_imported(self.tree))

    def late_imports(self) -> set[str]:
        """The same, inside functions only."""
        functions = (n for n in ast.walk(self.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
        return {name for function in functions for name in _imported(function)}

    def nested_event_loops(self) -> list[int]:
        """Lines that run an event loop inside the event loop."""
        return [call.lineno for name, call in self._calls() if name in _NESTED_DIALOGS]

    def composed_translations(self) -> list[int]:
        """Lines that ask for the translation of a text that is put together on the way."""
        return [
            call.lineno
            for name, call in self._calls()
            if name in _TRANSLATING and any(isinstance(a, ast.JoinedStr | ast.BinOp) for a in call.args)
        ]

    def large_classes(self, limit: int) -> dict[str, int]:
        """Classes with more methods than `limit`, and how many they have."""
        counts = {
            node.name: sum(isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef) for item in node.body)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ClassDef)
        }
        return {name: count for name, count in counts.items() if count > limit}

    def _calls(self) -> Iterator[tuple[str, ast.Call]]:
        for node in ast.walk(self.tree):
            match node:
                case ast.Call(func=ast.Attribute(attr=name)) | ast.Call(func=ast.Name(id=name)):
                    yield name, node
                case _:
                    pass


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom():
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            case _:
                pass


def modules(folder: str) -> list[Module]:
    """All Python files below `folder`."""
    return [
        Module(PurePosixPath(path.relative_to(ROOT).as_posix()), path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]


def project_files() -> list[Path]:
    """Everything that belongs to the project: no environment, no build, no cache."""
    return [path for path in _files(ROOT) if path.is_file()]


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in _NOT_OURS or path.name.endswith(("_cache", "__pycache__", ".egg-info")):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path
