"""Seeded hostile input to whatever strangers have a hand in: nothing escapes, and memory stays bounded."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.fuzz.engine import run
from tests.support.fuzz.targets import TARGETS

SEED = 7
PARTS = 4
"""In which the cases of `--full` are given, so that they can be spread."""

fonts_and_decoders_may_grumble = pytest.mark.qt_log_ignore(".")


def assert_fuzzed(name: str, cases: range, seed: int) -> None:
    with TARGETS[name]() as target:
        report = run(target, cases, seed)
    print(report)
    assert not report.failures, str(report)


@fonts_and_decoders_may_grumble
@pytest.mark.parametrize("name", TARGETS)
def test_some_hostile_inputs(qapp: QApplication, name: str) -> None:
    assert_fuzzed(name, range(TARGETS[name].some), SEED)


@pytest.mark.slow
@fonts_and_decoders_may_grumble
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", TARGETS)
def test_many_hostile_inputs(qapp: QApplication, name: str, part: int) -> None:
    count = TARGETS[name].many // PARTS
    assert_fuzzed(name, range(part * count, (part + 1) * count), SEED + 1)
