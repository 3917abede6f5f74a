"""How fast a model wrote, said only where it can be told."""

import pytest

from desktop.domain.conversation import Answer
from desktop.domain.events import Usage

USAGE = Usage(prompt_tokens=1000, completion_tokens=90)


def test_speed_counts_from_the_first_word_to_the_end() -> None:
    answer = Answer("m", usage=USAGE, seconds=4.0, first_seconds=1.0, thinking_seconds=2.5)

    assert answer.tokens_per_second == 30.0


@pytest.mark.parametrize(
    "answer",
    [
        Answer("m", seconds=4.0, first_seconds=1.0),
        Answer("m", usage=Usage(total_tokens=90), seconds=4.0, first_seconds=1.0),
        Answer("m", usage=Usage(completion_tokens=0), seconds=4.0, first_seconds=1.0),
        Answer("m", usage=USAGE, seconds=4.0),
        Answer("m", usage=USAGE, seconds=4.0, first_seconds=3.9),
    ],
    ids=["no usage", "not counted", "no word", "first word unknown", "all at once"],
)
def test_what_cannot_be_told_is_not(answer: Answer) -> None:
    assert answer.tokens_per_second is None
