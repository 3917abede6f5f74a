"""What the worker says of lines, as Markdown that grows."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.domain.events import Notice, NoticeRaised
from desktop.markdown.blocks import CodeBlock, Table
from desktop.markdown.stream import parse
from desktop.reader.flow import UNSURE, Flow
from desktop.worker.reading.paragraph import Joint
from tests.support.read_markdown import shown_of, words_of

SURE, HARD = 0.99, UNSURE - 0.01

words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
texts = st.lists(words, min_size=1, max_size=3).map(" ".join)


def prose(*lines: tuple[str, Joint] | tuple[str, Joint, float]) -> str:
    flow = Flow()
    said = flow.region({"kind": "prose"})
    for text, joint, *sure in lines:
        said += flow.line({"text": text, "joint": joint, "confidence": (sure or [SURE])[0]})
    return said + flow.end()


def table(rows: Sequence[Sequence[str]], confidence: float = SURE) -> str:
    flow = Flow()
    said = flow.region({"kind": "table", "alignments": ["left"] * len(rows[0])})
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell:
                facts = {"text": cell, "row": row, "column": column, "confidence": confidence}
                said += flow.line(facts)
    return said + flow.end()


def listing(*lines: tuple[int, int, str]) -> str:
    flow = Flow()
    said = flow.region({"kind": "listing"})
    for row, column, text in lines:
        said += flow.line({"text": text, "row": row, "column": column, "confidence": SURE})
    return said + flow.end()


# ── running text ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("joint", "said"),
    [
        ("wrap", "one two"),
        ("line", "one  \ntwo"),
        ("paragraph", "one\n\ntwo"),
        ("tab", "one\ttwo"),
        ("blank", "one two"),
    ],
)
def test_lines_are_joined_as_they_stand(joint: Joint, said: str) -> None:
    assert prose(("one", "paragraph"), ("two", joint)) == said


@pytest.mark.parametrize(
    ("above", "below", "said"),
    [
        ("欢迎使用", "桌面助手", "欢迎使用桌面助手"),
        ("按住鼠标，", "然后拖动", "按住鼠标，然后拖动"),
        ("打开 Python", "教程", "打开 Python 教程"),
        ("a coffee", "machine", "a coffee machine"),
    ],
)
def test_chinese_is_joined_without_a_blank(above: str, below: str, said: str) -> None:
    assert prose((above, "paragraph"), (below, "wrap")) == said


@pytest.mark.parametrize(
    ("above", "below", "said"),
    [
        ("an exam-", "ple of it", "an example of it"),
        ("a well-", "known fact", "a well-known fact"),
        ("Jean-", "Paul", "Jean-Paul"),
        ("state-of-", "the-art", "state-of-the-art"),
        ("2026-", "03-14", "2026-03-14"),
        ("soft\u00ad", "ly", "softly"),
        ("dash -", "and more", "dash - and more"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_is_judged(above: str, below: str, said: str) -> None:
    assert prose((above, "paragraph"), (below, "wrap")) == said


@pytest.mark.parametrize(("joint", "said"), [("line", "a-  \nb"), ("paragraph", "a-\n\nb")])
def test_a_hyphen_stays_where_the_line_does_not_go_on(joint: Joint, said: str) -> None:
    assert prose(("a-", "paragraph"), ("b", joint)) == said
    assert prose(("a-", "paragraph")) == "a-"


def test_what_was_hard_to_read_is_set_in_italics() -> None:
    assert prose(("sure", "paragraph"), ("not * sure", "wrap", HARD)) == "sure *not \\* sure*"


@given(st.lists(st.tuples(texts, st.sampled_from(("wrap", "line", "paragraph", "tab", "blank"))), min_size=1))
def test_every_word_comes_back(lines: list[tuple[str, Joint]]) -> None:
    read = "".join(text.replace("-", "").replace("\u2010", "") for text, _ in lines)
    markdown = prose(*lines)

    for shown in (words_of(markdown), shown_of(markdown)):
        assert "".join(shown.split()).replace("-", "").replace("\u2010", "") == "".join(read.split())


@given(
    st.lists(st.tuples(texts, st.sampled_from(("wrap", "line")), st.sampled_from((SURE, HARD))), min_size=1)
)
@example([("读", "wrap", HARD), ("写", "wrap", HARD)])
@example([("$0", "wrap", SURE), ("$", "wrap", HARD)])
def test_italics_hide_no_word_and_show_no_star(lines: list[tuple[str, Joint, float]]) -> None:
    read = "".join(text.replace("-", "").replace("\u2010", "") for text, *_ in lines)
    markdown = prose(*lines)

    for shown in (words_of(markdown), shown_of(markdown)):
        assert "".join(shown.split()).replace("-", "").replace("\u2010", "") == "".join(read.split())


# ── tables ──────────────────────────────────────────────────────────────────────────────────────


def test_a_table_has_every_cell_in_its_place() -> None:
    assert table([["Item", "Price"], ["Tea", "8.95"], ["", "1|2"]]) == (
        "| Item | Price |\n| --- | --- |\n| Tea | 8.95 |\n|  | 1\\|2 |"
    )


def test_columns_keep_their_alignment() -> None:
    flow = Flow()
    flow.region({"kind": "table", "alignments": ["left", "center", "right"]})
    flow.line({"text": "a", "row": 0, "column": 0, "confidence": SURE})

    assert flow.end() == "| a |  |  |\n| --- | :-: | --: |"


def test_a_row_is_said_once_the_next_begins() -> None:
    flow = Flow()
    flow.region({"kind": "table", "alignments": ["left", "left"]})
    places = [(0, 0, "a"), (0, 1, "b"), (1, 0, "c"), (2, 1, "d")]
    said = [flow.line({"text": t, "row": r, "column": c, "confidence": SURE}) for r, c, t in places]

    assert said == ["", "", "| a | b |\n| --- | --- |\n", "| c |  |\n"]


def test_lines_of_one_cell_are_joined() -> None:
    flow = Flow()
    flow.region({"kind": "table", "alignments": ["left", "left"]})
    for text in ("The longest", "si-", "lence"):
        flow.line({"text": text, "row": 0, "column": 1, "confidence": SURE})

    assert flow.end().startswith("|  | The longest silence |\n")


grids = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.one_of(st.just(""), texts), min_size=width, max_size=width).filter(any),
        min_size=1,
        max_size=5,
    )
)


@given(grids, st.sampled_from((SURE, HARD)))
def test_any_cells_come_back_in_their_places(rows: list[list[str]], confidence: float) -> None:
    (shown,) = parse(table(rows, confidence))

    assert isinstance(shown, Table)
    assert [["".join(run.text for run in cell) for cell in row] for row in shown.rows] == rows


# ── code ────────────────────────────────────────────────────────────────────────────────────────


def test_code_keeps_its_indentation_and_blank_lines() -> None:
    assert listing((0, 0, "def f():"), (1, 4, "a = *b*"), (3, 4, "return"), (3, 14, "# done")) == (
        "```\ndef f():\n    a = *b*\n\n    return    # done\n```"
    )


def test_wide_characters_take_two_columns() -> None:
    assert listing((0, 0, "名称"), (0, 6, "x")) == "```\n名称  x\n```"


def test_what_would_end_the_code_stands_in_a_fence_of_its_own() -> None:
    blocks = parse(listing((0, 0, "Text"), (1, 0, "```"), (2, 2, "x"), (3, 0, "```")))

    assert [block.text for block in blocks if isinstance(block, CodeBlock)] == ["Text", "```\n  x\n```"]


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 12), texts), min_size=1, max_size=8))
def test_any_code_comes_back(lines: list[tuple[int, int, str]]) -> None:
    row, placed = 0, []
    for step, column, text in lines:
        row += step
        placed.append((row, column, text))
    shown = [block.text for block in parse(listing(*placed)) if isinstance(block, CodeBlock)]

    assert [line for block in shown for line in block.split("\n") if line.strip()] == [
        " " * column + text for _, column, text in placed
    ]


# ── the whole ───────────────────────────────────────────────────────────────────────────────────


def test_regions_are_parted_by_blank_lines_and_empty_ones_leave_no_gap() -> None:
    flow = Flow()
    said = flow.region({"kind": "prose"}) + flow.region({"kind": "prose"})
    said += flow.line({"text": "one", "joint": "paragraph", "confidence": SURE})
    said += flow.region({"kind": "table", "alignments": ["left"]}) + flow.region({"kind": "listing"})
    said += flow.line({"text": "two", "row": 3, "column": 0, "confidence": SURE}) + flow.end()

    assert said == "one\n\n```\ntwo\n```"


def test_a_code_stands_alone_and_says_what_it_is() -> None:
    flow = Flow()
    flow.region({"kind": "prose"})
    said = flow.line({"text": "Scan me", "joint": "paragraph", "confidence": SURE})
    said += flow.code("https://a.example/_x_", "QR Code") + flow.code("BEGIN:VCARD\nN:*Lin*", "QR Code")

    assert said == ("Scan me\n\n[QR Code] <https://a.example/_x_>\n\n[QR Code] BEGIN:VCARD  \nN:*Lin\\*")


def test_notices_name_what_was_hard_to_read() -> None:
    flow = Flow()
    assert list(flow.notices()) == []
    flow.region({"kind": "listing"})
    for row, confidence in enumerate((SURE, HARD, SURE, HARD), start=2):
        flow.line({"text": "x", "row": row, "column": 0, "confidence": confidence})
    assert [str(raised) for raised in flow.notices()] == [
        "Hard to read in code block 1: line 2, 4. Compare with the image."
    ]
    flow.region({"kind": "prose"})
    flow.line({"text": "x", "joint": "paragraph", "confidence": HARD})

    assert NoticeRaised(Notice.HARD_TO_READ) in flow.notices()
