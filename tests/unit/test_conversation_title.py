"""What a conversation is called before anybody names it, and what of it is written."""

import pytest

from desktop.domain.conversation import TITLE_LENGTH, Answer, Conversation
from desktop.domain.history import ConversationId, change_between, new_conversation_id
from desktop.domain.messages import user_message
from tests.support.pictures import image


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("  Two\n\nlines\tand  blanks ", "Two lines and blanks"),
        ("x" * 100, "x" * TITLE_LENGTH),
        ("   ", ""),
    ],
)
def test_a_title_is_one_line_of_the_first_question(question: str, title: str) -> None:
    assert Conversation().ask(user_message(question)).ask(user_message("And?")).title == (title or "And?")


def test_images_without_words_name_the_conversation() -> None:
    assert Conversation().ask(user_message("", (image("receipt.png"),))).title == "receipt.png"
    assert Conversation().title == ""


def test_only_what_is_another_value_now_is_written() -> None:
    asked = Conversation().ask(user_message("First"))
    begun = asked.begin_answer(asked.nodes[0].id, "a-model")
    ended = begun.set_answer(begun.nodes[1].id, Answer("a-model", text="A dog", finish="stop"))

    def written(old: Conversation, new: Conversation) -> list[int]:
        return [node.id for node in change_between(ConversationId(1), old, new, 1.0).nodes]

    assert written(Conversation(), begun) == [0, 1]
    assert written(begun, ended) == [1]
    assert written(ended, ended.ask(user_message("Second"))) == [2]
    assert written(ended, ended.show(ended.nodes[0].id)) == []


def test_ids_grow_however_fast_they_are_made() -> None:
    ids = [new_conversation_id()]
    for _ in range(1000):
        ids.append(new_conversation_id(ids[-1]))

    assert ids == sorted(set(ids))
    assert ids[-1] < 2**53, "a double holds it"
