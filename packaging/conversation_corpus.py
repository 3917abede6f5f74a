"""Conversations of any length, the same in every run."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle, islice

from stream_corpus import answer, deltas

from desktop.domain.conversation import Conversation
from desktop.domain.messages import user_message

_QUESTION, _ANSWER = 120, 1_500
"""Characters of each."""
_SOURCE = 60_000


def said(messages: int) -> list[str]:
    """The texts of so many messages: questions in plain words and answers in Markdown, in turn."""
    questions = cycle(deltas(answer("paragraph", _SOURCE), _QUESTION))
    answers = cycle(deltas(answer("mixed", _SOURCE), _ANSWER))
    turns = zip(questions, answers, strict=False)
    return [text for turn in islice(turns, messages // 2) for text in turn]


def conversation(messages: int) -> Conversation:
    """The same as the app keeps it, all answers whole."""
    talk = Conversation()
    for text in said(messages):
        if len(talk.nodes) % 2 == 0:
            talk = talk.ask(user_message(text))
            continue
        assert talk.leaf is not None
        talk = talk.begin_answer(talk.leaf, "qwen3-vl-plus")
        node = talk.nodes[-1]
        assert node.answer is not None
        talk = talk.set_answer(node.id, replace(node.answer, text=text, finish="stop", seconds=2.0))
    return talk
