"""What the app writes into its log is constant: nobody's words can get into it by a placeholder."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.support.source import Module, modules

WRITE_WHAT_HAS_BEEN_CLEANED = (
    "desktop/diagnosis",  # class names, places, our own names
    "desktop/runtime/qt_messages.py",  # without what Qt quotes
    "desktop/runtime/tasks.py",  # the names of tasks, which the second rule holds
)
_LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "log"}


def log_calls_with_facts(module: Module) -> list[int]:
    """Lines that log anything but one constant sentence."""
    return [call.lineno for call in _calls(module, _LEVELS, "_log") if not _is_constant(call)]


def composed_task_names(module: Module) -> list[int]:
    """Lines that start a task under a name that is put together there."""
    started = _calls(module, {"start"}, "_tasks", "tasks")
    return [
        call.lineno for call in started if any(isinstance(a, ast.JoinedStr | ast.BinOp) for a in call.args)
    ]


def _calls(module: Module, names: set[str], *owners: str) -> Iterator[ast.Call]:
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name)
            ):
                if name in names and owner in owners:
                    yield node
            case _:
                pass


def _is_constant(call: ast.Call) -> bool:
    words = [isinstance(each, ast.Constant) for each in call.args]
    return words == [True] and {each.arg for each in call.keywords} <= {"exc_info"}


every_module = pytest.mark.parametrize("module", modules("desktop"), ids=lambda module: str(module.path))


@every_module
def test_a_log_call_is_one_constant_sentence(module: Module) -> None:
    if not module.is_in(*WRITE_WHAT_HAS_BEEN_CLEANED):
        assert not log_calls_with_facts(module)


@every_module
def test_a_logger_is_called_log(module: Module) -> None:
    loggers = [
        node
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Assign) and "getLogger" in _source(node)
    ]

    assert all(_source(node) == "_log = logging.getLogger(__name__)" for node in loggers)


@every_module
def test_the_name_of_a_task_is_not_put_together(module: Module) -> None:
    assert not composed_task_names(module)


@every_module
def test_only_the_terminal_form_prints(module: Module) -> None:
    printing = {"print", "print_exc", "print_exception", "print_stack", "format_exc", "format_exception"}
    called = {node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call)}
    names = {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in called}

    if not module.is_in("desktop/cli.py", "desktop/terminal.py"):
        assert not printing & names


def test_the_rules_find_what_they_forbid() -> None:
    source = """
_log.warning("fine")
_log.warning("fine", exc_info=True)
_log.warning(words)
_log.error("no %s", name)
_log.error(f"no {name}")
_log.error("no", extra={})
self._tasks.start(work(), "fine")
self._tasks.start(work(), f"no {name}")
"""
    module = Module(PurePosixPath("desktop/x.py"), source)

    assert log_calls_with_facts(module) == [4, 5, 6, 7]
    assert composed_task_names(module) == [9]


def _source(node: ast.AST) -> str:
    return ast.unparse(node)
