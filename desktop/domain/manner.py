"""How a question is asked where the usual way was too much for the server."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from desktop.domain.conversation import Answer, Conversation, MessageId
from desktop.domain.events import Notice, NoticeRaised
from desktop.domain.images import Size
from desktop.domain.limits import ImageLimits
from desktop.domain.messages import Message

LEAST_SIDE = 512
"""Px of its longer side that are left of any image: in smaller ones models read no text."""

LINKED = Size(3840, 2160)
"""What an image behind a web address is taken for, as nobody here has seen it."""

_MAX_PX = "max_px"
"""The fact of the notice that is not said, but read again when the question is asked again."""


@dataclass(frozen=True, slots=True)
class Manner:
    """`is_alone`: without what was said before. `max_px`: the largest area of an image in px; None: as ever.

    `is_spent`: smaller images were wanted than can still be read.
    """

    is_alone: bool = False
    max_px: int | None = None
    is_spent: bool = False

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """In which the question of `answer` was asked, as its notices tell."""
        facts = [said.facts for said in answer.notices if said.notice is Notice.SENT_SMALLER]
        areas = [int(each[_MAX_PX]) for each in facts if str(each.get(_MAX_PX, "")).isdecimal()]
        is_alone = any(said.notice is Notice.ASKED_ALONE for said in answer.notices)
        return cls(is_alone, min(areas, default=None))

    def said(self, conversation: Conversation, end: MessageId) -> tuple[Message, ...]:
        """What is sent of `conversation` up to `end`, a question or an answer that said something."""
        said = conversation.messages(end)
        is_answer = conversation[end].answer is not None
        return said[-2 if is_answer else -1 :] if self.is_alone else said

    def smaller(self, messages: Iterable[Message], limits: ImageLimits) -> "Manner":
        """With at most half the area of the largest image of `messages` as it was sent so far."""
        sizes = [size for message in messages for size in _sizes(message)]
        before = [self.area(size, limits) for size in sizes]
        halved = replace(self, max_px=max(before, default=0) // 2)
        after = [halved.area(size, limits) for size in sizes]
        return halved if after != before else replace(self, is_spent=True)

    def limits(self, size: Size, limits: ImageLimits) -> ImageLimits:
        """What an image of `size` has to fit at a server that takes what fits `limits`."""
        if self.max_px is None:
            return limits
        area = max(self.max_px, math.ceil(_area(size) * (LEAST_SIDE / max(size)) ** 2))
        return replace(limits, max_px=area if limits.max_px is None else min(area, limits.max_px))

    def area(self, size: Size, limits: ImageLimits) -> int:
        """In px, of what is sent of an image of `size`."""
        most = self.limits(size, limits).max_px
        return _area(size) if most is None else min(most, _area(size))

    def sent_smaller(self, sizes: Iterable[str]) -> NoticeRaised:
        """That images were sent at `sizes`, and what is to be known of that when they are sent again."""
        facts = {"sizes": ", ".join(sizes)}
        return NoticeRaised(
            Notice.SENT_SMALLER, facts if self.max_px is None else {**facts, _MAX_PX: str(self.max_px)}
        )


def _sizes(message: Message) -> list[Size]:
    return [*(image.size for image in message.images), *(LINKED for _ in message.links)]


def _area(size: Size) -> int:
    return size.width * size.height


USUAL = Manner()
"""Nothing left out, and images as the server takes them."""


def inherited(conversation: Conversation, question: MessageId, provider: str) -> Manner:
    """Images that `provider` took only when they were smaller are sent no larger in the turn after it."""
    above = conversation[question].parent
    answer = None if above is None else conversation[above].answer
    if answer is None or answer.error is not None or answer.provider != provider:
        return USUAL
    return replace(Manner.of(answer), is_alone=False)
