"""The whole set-up, as `run.py` and `test.py` need it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from console import SetupError, say
from environment import Environment, require_supported_python
from system_libraries import unresolved
from system_packages import has_apt, listed, provide

CHECKOUT = Path(__file__).resolve().parent.parent

SET_UP_DONE = "The set-up is done; the next run needs none"

_APP = ("app", "window")
_BUILDERS = ("bundle", "packages")


def prepare_app() -> Path:
    """The interpreter that has all the app needs; where that cannot be, the script ends with a sentence."""
    return _prepare(Environment(CHECKOUT), _APP, with_tests=False)


def prepare_tests(*, full: bool) -> Path:
    """The same with what the tests need, the long ones included if `full`.

    The openai SDK, which is measured against, is the tests' second reader of streams.
    """
    test_lists = ("test", *_BUILDERS, "full") if full else ("test",)
    if not has_apt():
        names = " ".join(package for name in test_lists for package in listed(name))
        say(f"No apt here: the tests of real windows need what Debian packs as {names}")
    lists = (*_APP, *test_lists)
    return _prepare(
        Environment(CHECKOUT),
        lists,
        with_tests=True,
        with_rivals=True,
        with_servers=full,
        with_packers=full,
    )


def prepare_bench(*, rival_programs: bool, rival_packages: bool, bundle: bool) -> Path:
    """The same with what is measured against, and what makes and shows a bundle, as far as asked for."""
    asked = {"bench": rival_programs, "bundle": bundle, "test": bundle}
    lists = (*_APP, *(name for name, is_asked in asked.items() if is_asked))
    return _prepare(Environment(CHECKOUT), lists, with_tests=True, with_rivals=rival_packages)


def prepare_bundle() -> Path:
    """The same with what builds a bundle, and packs it."""
    lists = (*_APP, *_BUILDERS)
    return _prepare(Environment(CHECKOUT), lists, with_tests=True, with_packers=True)


def _prepare(environment: Environment, lists: Sequence[str], **parts: bool) -> Path:
    try:
        require_supported_python()
        if has_apt():
            provide(lists)
        if environment.ensure(**parts):
            _name_missing_libraries(environment)
            say(SET_UP_DONE)
    except SetupError as error:
        sys.exit(f"viewfinder: {error}")
    except OSError as error:
        sys.exit(f"viewfinder: The set-up failed: {error}")
    except KeyboardInterrupt:
        say("Interrupted; the next run begins the set-up anew")
        sys.exit(130)
    return environment.python


def _name_missing_libraries(environment: Environment) -> None:
    if sys.platform == "linux" and (names := unresolved(environment.site_packages)):
        say(f"Libraries that Qt loads are missing; please install what holds {', '.join(names)}")
