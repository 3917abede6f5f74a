"""Bugs to be met, with words in their messages that must be nowhere else."""

import sys
import threading
import warnings

import pytest

from desktop.diagnosis.bugs import Bugs
from desktop.diagnosis.hooks import lead_to

SECRET = "sk-marker0123456789 and what was asked"
"""What no log, no report and no stream may hold."""


def raise_secret(kind: type[Exception] = RuntimeError) -> None:
    raise kind(SECRET)


def caught(kind: type[Exception] = RuntimeError) -> Exception:
    """An exception with frames."""
    try:
        raise_secret(kind)
    except kind as error:
        return error
    raise AssertionError


def lead_back(patch: pytest.MonkeyPatch, bugs: Bugs) -> None:
    """Lead all ends of Python to `bugs`, until `patch` undoes it."""
    for place, name in (
        (sys, "excepthook"),
        (sys, "unraisablehook"),
        (threading, "excepthook"),
        (warnings, "showwarning"),
    ):
        patch.setattr(place, name, getattr(place, name))
    lead_to(bugs)
