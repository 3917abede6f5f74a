"""The measurements of streamed answers, on answers so short that they only show that everything works."""

import math

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from tests.support.scripts import load_script

bench = load_script("bench_stream")
corpus = load_script("stream_corpus")
frames = load_script("frames")

_KINDS = ("mixed", "list", "code", "table", "paragraph")


@pytest.mark.parametrize("kind", _KINDS)
def test_a_longer_answer_begins_as_a_shorter_one(kind: str) -> None:
    long = corpus.answer(kind, 9_000)

    assert len(long) == 9_000
    assert corpus.answer(kind, 5_000) == long[:5_000]
    assert "".join(corpus.deltas(long, 8)) == long


def test_every_figure_is_measured(qapp: QApplication) -> None:
    figures = {figure.name: figure.value for figure in bench.figures({"4k": 80, "16k": 160, "64k": 320}, 1)}

    assert list(figures) == [
        *(f"stream_cpu_over_floor_{kind}_64k" for kind in _KINDS),
        *(f"stream_growth_exponent_{kind}" for kind in _KINDS),
        "stream_worst_block_ms",
        "stream_p99_block_ms",
        "stream_vs_setmarkdown_16k",
        "stream_vs_setmarkdown_64k",
    ]
    assert all(math.isfinite(value) for value in figures.values())


def test_each_frame_is_painted_before_the_next_begins(qapp: QApplication) -> None:
    label = QLabel("0")
    label.show()
    shown = frames.Frames(label)
    shown.settle()
    before = shown.painted
    shown.begin()

    shown.show(lambda number=number: label.setText(str(number)) for number in range(1, 6))

    assert shown.painted - before == 5
    assert len(shown.cost.blocks) == 5
    assert shown.cost.cpu >= sum(shown.cost.blocks) > 0


@pytest.mark.parametrize("once", [True, False])
def test_a_window_that_rests_is_woken_in_the_frame_in_which_that_is_due(
    qapp: QApplication, once: bool
) -> None:
    label = QLabel("now")
    label.show()
    timer = QTimer(label, singleShot=once, interval=90)
    timer.timeout.connect(lambda: label.setText("later"))
    shown = frames.Frames(label)

    shown.show([timer.start, *[lambda: None] * 4])  # 16 ms a frame
    assert label.text() == "now"
    shown.show([lambda: None])

    assert label.text() == "later"
    assert timer.isActive() is not once


def test_what_is_put_off_at_the_end_is_waited_for(qapp: QApplication) -> None:
    label = QLabel("now")
    label.show()
    timer = QTimer(label, singleShot=True, interval=30)
    timer.timeout.connect(lambda: label.setText("later"))
    timer.start()
    shown = frames.Frames(label)

    shown.settle()

    assert label.text() == "later"
    assert shown.cost.cpu < 0.03
