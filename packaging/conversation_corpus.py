"""Conversations of any length, the same in every run."""

from __future__ import annotations

from dataclasses import replace

from stream_corpus import answer, deltas

from desktop.domain.conversation import Conversation
from desktop.domain.messages import user_message

_QUESTION, _ANSWER = 120, 1_500
"""Characters of each."""


def said(messages: int) -> list[str]:
    """The texts of so many messages: questions in plain words and answers in Markdown, in turn."""
    count = messages // 2
    questions = deltas(answer("paragraph", count * _QUESTION), _QUESTION)
    answers = deltas(answer("mixed", count * _ANSWER), _ANSWER)
    return [text for turn in zip(questions, answers, strict=True) for text in turn]


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
