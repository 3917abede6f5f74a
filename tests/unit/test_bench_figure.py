"""Figures, as the measurements write them down."""

import json
from pathlib import Path

import pytest

from tests.support.scripts import load_script

figure = load_script("figure")


@pytest.mark.parametrize(
    ("value", "better", "met"),
    [
        (1.0, "lower", True),
        (1.1, "lower", True),
        (1.2, "lower", False),
        (1.0, "higher", False),
        (1.1, "higher", True),
        (1.2, "higher", True),
    ],
)
def test_a_goal_is_met_on_its_good_side(value: float, better: str, met: bool) -> None:
    measured = figure.Figure("cpu_over_floor", value, "ratio", 1.1, "a bare decode", better)

    assert measured.met is met
    assert ("MISSED" in str(measured)) is not met


def test_figures_come_back_from_their_file(tmp_path: Path) -> None:
    figures = [
        figure.Figure("error_mean", 0.4, "%", 1.0, "the drawn text"),
        figure.Figure("thumbnails", 2.9, "ratio", 2.5, "full decode, ½ size", "higher"),
    ]
    figure.write(tmp_path / "bench.json", figures)

    assert figure.read(tmp_path / "bench.json") == figures


def test_the_file_is_a_list_of_objects_for_any_reader(tmp_path: Path) -> None:
    figure.write(tmp_path / "bench.json", [figure.Figure("a", 2.0, "ms", 3.0, "nothing")])

    assert json.loads((tmp_path / "bench.json").read_bytes()) == [
        {"name": "a", "value": 2.0, "unit": "ms", "target": 3.0, "baseline": "nothing", "better": "lower"}
    ]
