"""What is made of the recogniser's probabilities; here they are written by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.worker.reading.ctc import Decoder, Frames

CHARACTERS = [
    "blank",
    *dict.fromkeys("“”–：，（）？！；年日订单密码了" + "".join(map(chr, range(33, 127)))),
    " ",
]


def read(*steps: str | tuple[str, float, str]) -> str:
    """Decode a line. A step is text whose characters the network is sure of, each in a frame before an
    empty one, or its best guess and the share, in the same frame, of another; "" guesses nothing new."""
    columns: list[dict[str, float]] = [{}]
    for step in steps:
        if isinstance(step, str):
            for character in step:
                columns += [{character: 1.0}, {}]
        else:
            seen, share, other = step
            columns += [{seen or "blank": 1 - share, other: share}, {}]
    return Decoder(CHARACTERS)(frames(columns))[0][0][0]


def frames(columns: list[dict[str, float]]) -> Frames:
    """One line; a frame that says nothing says “blank”."""
    line = np.zeros((1, len(columns), len(CHARACTERS)), np.float32)
    for number, shares in enumerate(columns):
        for character, share in (shares or {"blank": 1.0}).items():
            line[0, number, CHARACTERS.index(character)] = share
    return line


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        ([("“", 0.2, '"'), "Check", ('"', 0.03, "”")], "“Check”"),
        ([('"', 0.001, "“"), "Check", ('"', 0.03, "”")], '"Check"'),
        (["5", ('"', 0.001, "”"), " “Check”"], '5" “Check”'),
        (["日", ("(", 0.4, "（"), "9", (")", 0.11, "）")], "日（9）"),
        (["日", ("(", 0.04, "（"), "9", (")", 0.4, "）")], "日(9)"),
        (["日9", (")", 0.22, "）")], "日9）"),
        (["pages 5", ("-", 0.12, "–"), "7"], "pages 5–7"),
        (["2026", ("-", 0.02, "–"), "03"], "2026-03"),
        (["订单", (":", 0.3, "："), "182"], "订单：182"),
        (["订单", (":", 0.3, "："), " 182"], "订单: 182"),
        (["number", (":", 0.3, "："), "int"], "number:int"),
        (["932", ("~", 0.03, " "), "of"], "932 of"),
        (["cd ", ("~", 0.02, " "), "/src"], "cd ~/src"),
    ],
)
def test_the_plainer_of_two_look_alikes_gives_way_where_the_other_is_really_there(
    steps: list[str | tuple[str, float, str]], text: str
) -> None:
    assert read(*steps) == text


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        (["密码", ("", 0.01, " "), "12"], "密码 12"),
        (["密码", ("", 0.001, " "), "12"], "密码12"),
        (["of", ("", 0.1, " "), "it"], "of it"),
        (["class", ("", 0.01, " "), "method"], "classmethod"),
        (["run", ("", 0.3, " "), "(test)"], "run(test)"),
        (["日", ("", 0.1, " "), "(1)"], "日 (1)"),
        (["了", ("", 0.1, " "), "，"], "了，"),
        (["of", (" ", 0.3, "_"), "it"], "of it"),
    ],
)
def test_blanks_come_back_beside_chinese(steps: list[str | tuple[str, float, str]], text: str) -> None:
    assert read(*steps) == text


@pytest.mark.parametrize(
    ("seen", "other", "text"),
    [
        ("12 INF0 x", "O", "12 INFO x"),
        ("T0D0", "O", "TODO"),
        ("ERR0R", "O", "ERROR"),
        ("list[0rder]", "O", "list[Order]"),
        ("0bject", "O", "Object"),
        ("le34b3f1", "1", "1e34b3f1"),
        ("wARN", "W", "WARN"),
        ("CPU0", "O", "CPU0"),
        ("C0DE", "O", "C0DE"),
        ("0xfade", "O", "0xfade"),
        ("called 2026", "1", "called 2026"),
        ("macOS", "C", "macOS"),
    ],
)
def test_a_word_decides_between_look_alikes(seen: str, other: str, text: str) -> None:
    assert read(*((character, 0.002, other) for character in seen)) == text
    assert read(seen) == seen  # without a share, nothing is made up


def test_underscores_that_touch_are_counted_by_their_width() -> None:
    def letters(text: str) -> list[dict[str, float]]:
        return [column for character in text for column in ({character: 1.0}, {})]

    line = [*letters("if "), *[{"_": 0.9, "blank": 0.1}] * 4, *letters("name"), {"_": 1.0}, {}, *letters("x")]

    assert Decoder(CHARACTERS)(frames(line))[0][0][0] == "if __name_x"


def test_confidence_is_the_mean_of_what_the_network_said() -> None:
    columns: list[dict[str, float]] = [{"a": 0.9, "b": 0.1}, {}, {"c": 0.7, "d": 0.3}, {"c": 0.6, "d": 0.4}]
    ((text, confidence),), words = Decoder(CHARACTERS)(frames(columns))

    assert (text, words) == ("ac", [])
    assert confidence == pytest.approx(0.8)


def test_nothing_is_read_as_nothing() -> None:
    assert Decoder(CHARACTERS)(frames([{}, {}]))[0] == [("", 0.0)]


@given(st.lists(st.sampled_from(CHARACTERS), min_size=1, max_size=40), st.integers(0, 2**32 - 1))
def test_whatever_the_network_says_is_text(likeliest: list[str], seed: int) -> None:
    line = np.random.default_rng(seed).random((1, len(likeliest), len(CHARACTERS)), np.float32)
    line[0, np.arange(len(likeliest)), [CHARACTERS.index(c) for c in likeliest]] = 1.5
    ((text, confidence),), _ = Decoder(CHARACTERS)(line / line.sum(axis=2, keepdims=True))

    assert bool(text) == any(character != "blank" for character in likeliest)
    assert 0 <= confidence <= 1
