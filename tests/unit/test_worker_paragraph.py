"""Which lines go on in the next."""

import pytest

from desktop.domain.images import Box
from desktop.worker.reading.paragraph import Joint, Line, Prose, joint_in_row

WIDTH = 10
"""Of a character in px; a Chinese one is twice as wide."""


def laid_out(*lines: str, pitch: int = 26, lefts: dict[int, int] | None = None) -> list[Line]:
    """Lines one below the other, as wide as their characters."""
    width = [sum(2 if ord(character) > 0x2E80 else 1 for character in line) for line in lines]
    left = [(lefts or {}).get(n, 0) for n in range(len(lines))]
    return [
        Line(n, Box(left[n], pitch * n, left[n] + WIDTH * width[n], pitch * n + 20), line)
        for n, line in enumerate(lines)
    ]


def joints(lines: list[Line]) -> list[Joint]:
    prose = Prose([[line.box] for line in lines])
    return [prose.joint(above, line) for above, line in zip([None, *lines], lines, strict=False)]


def test_running_text_goes_on() -> None:
    lines = laid_out(
        "The harbour was built in three stages over",
        "forty years. Its first quay took only",
        "small boats, which brought grain and timber",
        "from the villages.",
    )

    assert joints(lines) == ["paragraph", "wrap", "wrap", "wrap"]


def test_lines_with_room_for_the_next_word_stand_for_themselves() -> None:
    lines = laid_out(
        "Open Preferences, choose Updates, and press Check.",
        "Minutes were approved.",
        "Passwords must have at least one digit.",
        "All prices include VAT.",
    )

    assert joints(lines) == ["paragraph", "line", "line", "line"]


def test_a_list_of_words_stays_a_list() -> None:
    assert joints(laid_out("Inbox", "Starred", "Sent", "drafts", "Trash")) == ["paragraph", *["line"] * 4]


def test_two_lines_are_joined_where_the_second_goes_on_in_small_letters() -> None:
    lines = laid_out("Order 10 377 uses a currency which has no", "exchange rate for February 2026.")

    assert joints(lines) == ["paragraph", "wrap"]


def test_chinese_goes_on_where_its_lines_are_full() -> None:
    lines = laid_out(
        "春江潮水连海平海上明月共潮生滟滟", "随波千万里何处春江无月明江流宛转", "绕芳甸月照花林皆似霰空"
    )

    assert joints(lines) == ["paragraph", "wrap", "wrap"]


def test_more_white_parts_paragraphs() -> None:
    above = laid_out(
        "one line of text that is long enough", "and another one which is as long yet", "the end."
    )
    below = [
        Line(n + 3, box._replace(y0=box.y0 + 140, y1=box.y1 + 140), text)
        for n, box, text in laid_out(
            "one line of text that is long enough", "and another one which is as long yet"
        )
    ]

    assert joints([*above, *below]) == ["paragraph", "wrap", "wrap", "paragraph", "wrap"]


def test_a_first_line_may_be_indented() -> None:
    lines = laid_out(
        "The harbour was built in three stages",
        "over forty years. Its first quay took only",
        "small boats, which brought grain and timber",
        lefts={0: 35},
    )

    assert joints(lines) == ["paragraph", "wrap", "wrap"]


def test_centred_lines_stand_for_themselves() -> None:
    lines = laid_out(
        "MAPLE & RIVER STORES",
        "28 Willow Lane, Riverside, North",
        "Tel. 555 0142 ext 7",
        lefts={0: 60, 2: 65},
    )

    assert joints(lines) == ["paragraph", "line", "line"]


def test_a_line_after_one_that_was_no_text_is_one_of_its_own() -> None:
    first, _, third = laid_out("one line of text that is long", "x" * 29, "and more of the same text")
    prose = Prose([[line.box] for line in (first, _, third)])

    assert prose.joint(first, third) == "line"


@pytest.mark.parametrize(
    ("before", "joint"),
    [
        ("Host:", "blank"),
        ("名称：", "blank"),
        ("•", "blank"),
        ("12.", "blank"),
        ("☐", "blank"),
        ("Cancel", "tab"),
    ],
)
def test_what_follows_in_a_row(before: str, joint: Joint) -> None:
    assert joint_in_row(before) == joint
