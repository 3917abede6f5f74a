"""The words of a message as one text, and its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.conversation import Answer, MessageId, Node
from desktop.domain.messages import LinkPart, user_message
from desktop.markdown.plain import block_text
from desktop.markdown.stream import parse
from desktop.ui.transcript.characters import length
from desktop.ui.transcript.spoken_text import SpokenText, name_of
from desktop.viewmodels.transcript import Entry
from tests.support.pictures import image

ORDER = """\
# Steps

1. Turn it *off*.
2. Wait.
   - [x] ten seconds
   - [ ] or more

> Then on.

| a | b |
|---|---|
| 1 | 2 |

```python
print(1)
```
"""
WORDS = st.text(st.sampled_from("a 字😀\n*>-#`|1."), max_size=80)


def question(text: str) -> Entry:
    return Entry(Node(MessageId(0), None, question=user_message(text)))


def answer(text: str) -> Entry:
    return Entry(Node(MessageId(1), MessageId(0), answer=Answer("qwen3-vl-plus", text)))


def test_items_and_quotes_are_told_from_paragraphs() -> None:
    spoken = SpokenText({0: parse(ORDER)})

    assert spoken.text.split("\n") == [
        "Steps",
        "1. Turn it off.",
        "2. Wait.",
        "☑ ten seconds",
        "☐ or more",
        "> Then on.",
        "a\tb",
        "1\t2",
        "print(1)",
    ]


@given(WORDS, WORDS)
def test_every_place_is_found_again(thoughts: str, text: str) -> None:
    spoken = SpokenText({-1: parse(thoughts), 0: parse(text)})

    assert len(spoken) == length(spoken.text)
    assert spoken.between(0, -1) == spoken.text
    for number, blocks in spoken.texts.items():
        for index, block in enumerate(blocks):
            for offset in range(len(block_text(block)) + 1):
                position = spoken.position_of(number, (index, offset))
                assert spoken.place_at(position) == (number, (index, offset))


@given(WORDS)
def test_neighbours_together_are_the_whole(text: str) -> None:
    spoken = SpokenText({0: parse(text)})

    parts = [spoken.between(at, at + 1) for at in range(len(spoken))]
    assert "".join(parts) == spoken.text


def test_words_without_blocks_have_no_places() -> None:
    spoken = SpokenText({}, "as *it* was")

    assert spoken.between(3, -1) == "*it* was"
    assert spoken.place_at(3) is None
    assert spoken.position_of(0, (2, 1)) == 0


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        (question("What is it?"), "Question 3: What is it?"),
        (question("  What\n\nis it?\n"), "Question 3: What is it?"),
        (question(""), "Question 3"),
        (answer("# It is\n\n*this*."), "Answer 3: It is this."),
        (answer(""), "Answer 3"),
        (answer("```\n"), "Answer 3"),
        (answer("word " * 40), "Answer 3: " + "word " * 10 + "word…"),
        (answer("字" * 80), "Answer 3: " + "字" * 59 + "…"),
        (answer("{words} {0}"), "Answer 3: {words} {0}"),
    ],
)
def test_a_name_is_how_a_message_begins(entry: Entry, name: str) -> None:
    assert name_of(2, entry, None) == name


def test_a_question_of_images_is_named_after_them() -> None:
    message = user_message("", [image("a.png"), LinkPart("https://example.com/b.png")])
    entry = Entry(Node(MessageId(0), None, question=message))

    assert name_of(0, entry, None) == "Question 1: a.png, https://example.com/b.png"


def test_what_is_shown_names_an_answer_that_comes() -> None:
    assert name_of(1, answer(""), parse("So **far**.")) == "Answer 2: So far."
