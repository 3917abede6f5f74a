"""The fuzzer itself: a case is the same bytes each time; what goes wrong is found, saved and made smaller."""

import random
import sys
from pathlib import Path

import pytest

from tests.support.fuzz import engine
from tests.support.fuzz.engine import MB, Escaped, Target, TooMuchMemory, input_of, run
from tests.support.fuzz.targets import TARGETS


class Fragile(Target):
    """Fails on each letter in a way of its own."""

    name = "fragile"
    peak_mb = 1

    def make(self, chance: random.Random) -> bytes:
        return bytes(chance.choices(b"....RME", k=9))

    def check(self, data: bytes) -> str:
        if b"R" in data:
            raise KeyError("raised")
        if b"M" in data:
            assert bytearray(2 * MB)
        if b"E" in data:
            sys.excepthook(ValueError, ValueError("in a slot"), None)
        return "well"


@pytest.fixture(autouse=True)
def failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(engine, "FAILED", tmp_path / "fuzz")
    return tmp_path / "fuzz"


def test_what_goes_wrong_is_found_and_the_least_of_it_is_saved(failed: Path) -> None:
    report = run(Fragile(), range(60), seed=1, most_failures=60)

    assert report.outcomes.total() == 60
    assert {type(failure.error) for failure in report.failures} == {KeyError, TooMuchMemory, Escaped}
    least = {KeyError: b"R", TooMuchMemory: b"M", Escaped: b"E"}
    assert all(failure.file.read_bytes() == least[type(failure.error)] for failure in report.failures)
    assert len(list(failed.iterdir())) == len(report.failures)
    assert "python -m tests.support.fuzz fragile --seed 1 --case" in str(report)


def test_enough_failures_are_enough() -> None:
    assert len(run(Fragile(), range(1_000), seed=1, most_failures=3).failures) == 3


@pytest.mark.parametrize("name", sorted(TARGETS.keys() - {"histories", "images"}))
def test_a_case_is_the_same_bytes_each_time(name: str) -> None:
    target = TARGETS[name]()
    with target:
        inputs = [input_of(target, seed, case) for seed in (1, 2) for case in range(5)]
        assert inputs == [input_of(target, seed, case) for seed in (1, 2) for case in range(5)]
    assert len(set(inputs)) > 5
