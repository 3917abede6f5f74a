"""`<think>` at the start of an answer, in pieces cut anywhere."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.providers.inline_thinking import Said, ThinkTags


def told(*pieces: str) -> Said:
    tags = ThinkTags()
    said = [*map(tags.feed, pieces), tags.end()]
    return Said("".join(each.reasoning for each in said), "".join(each.text for each in said))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<think>Hm.</think>Yes.", Said("Hm.", "Yes.")),
        ("\n<think>\nHm.\n</think>\n\nYes.\n", Said("Hm.\n", "Yes.\n")),
        ("<think>\n\n</think>\n\nYes.", Said("", "Yes.")),
        ("<think></think>", Said()),
        ("<think>1 </thin 2 </think>3", Said("1 </thin 2 ", "3")),
        ("<think>never closed </thi", Said("never closed </thi", "")),
        ("<think>a</think><think>b</think>", Said("a", "<think>b</think>")),
        ("<think>a</think>\n    code", Said("a", "    code")),
        ("The tag <think> opens.</think>", Said("", "The tag <think> opens.</think>")),
        ("`<think>`", Said("", "`<think>`")),
        ("</think>Yes.", Said("", "</think>Yes.")),
        ("<thinking>Yes.", Said("", "<thinking>Yes.")),
        ("  <thi", Said("", "  <thi")),
        ("<", Said("", "<")),
        (" \n", Said("", " \n")),
        (" " * 300 + "<think>", Said("", " " * 300 + "<think>")),
        ("", Said()),
    ],
)
def test_thoughts_stand_at_the_start_only(text: str, expected: Said) -> None:
    assert told(text) == told(*text) == expected


@pytest.mark.parametrize("text", ["A", "<b>", "1 < 2"])
def test_an_ordinary_answer_is_not_held_back(text: str) -> None:
    assert ThinkTags().feed(text) == Said(text=text)


@pytest.mark.parametrize("text", ["A</", "A</thi"])
def test_only_what_may_be_the_closing_tag_is_held_back(text: str) -> None:
    tags = ThinkTags()
    tags.feed("<think>")
    assert tags.feed(text) == Said("A")


texts = st.lists(st.sampled_from(["<think>", "</think>", "<", "</", "think", ">", "\n", " ", "a", "图"])).map(
    "".join
)


@given(texts, st.data())
def test_the_answer_may_be_cut_anywhere(text: str, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text))).map(sorted))
    pieces = [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]
    assert told(*pieces) == told(text)


@given(texts)
def test_nothing_but_tags_and_blanks_is_lost(text: str) -> None:
    reasoning, said = told(text)
    assert _bare(reasoning + said) == _bare(text)


def _bare(text: str) -> str:
    """Without what may be lost."""
    return "".join(text.replace("</think>", "").replace("<think>", "").split())
