"""An answer that is on its way, from its request to its end."""

import time
from dataclasses import replace

from desktop.domain.conversation import Answer, MessageId
from desktop.domain.errors import AppError, without_frames
from desktop.domain.events import (
    AnswerDraft,
    FinishReason,
    NoticeRaised,
    ReasoningDelta,
    RetryScheduled,
    StreamEvent,
    TextDelta,
)
from desktop.viewmodels.transcript import Growth, Retry


class Answering:
    """The answer that is on its way: what was received but not shown, what is shown, and the clock."""

    def __init__(self, message_id: MessageId, begun: Answer) -> None:
        self.id = message_id
        self.draft = AnswerDraft.of(begun.text, begun.reasoning, begun.notices, begun.lines)
        self.error: AppError | None = None
        self.retry: Retry | None = None
        self._begun = begun
        self._unshown: list[StreamEvent] = []
        self._began = time.monotonic() - begun.seconds
        self._thinking_seconds = begun.thinking_seconds
        self._first_seconds = begun.first_seconds

    @property
    def seconds(self) -> float:
        """Since the request, and before that since the one that was cut off."""
        return time.monotonic() - self._began

    def receive(self, event: StreamEvent) -> None:
        self._unshown.append(event)
        self.retry = _retry(event)
        if isinstance(event, ReasoningDelta | TextDelta):
            seconds = self.seconds
            self._first_seconds = self._first_seconds or seconds
            if isinstance(event, ReasoningDelta):
                self._thinking_seconds = seconds

    def fold(self) -> Growth:
        """Make what was received part of what is shown."""
        events, self._unshown = self._unshown, []
        text = "".join(event.text for event in events if isinstance(event, TextDelta))
        reasoning = "".join(event.text for event in events if isinstance(event, ReasoningDelta))
        # One piece a frame: to join the deltas of 1 MB in the end takes 10 ms.
        others = (event for event in events if not isinstance(event, TextDelta | ReasoningDelta))
        for event in (TextDelta(text), ReasoningDelta(reasoning), *others):
            self.draft.apply(event)
        has_notice = any(isinstance(event, NoticeRaised) for event in events)
        return Growth(text, reasoning, has_notice, self.retry)

    def answer(self, reason: FinishReason) -> Answer:
        return replace(
            self._begun.with_draft(self.draft),
            finish=reason,
            error=self.error,
            seconds=self.seconds,
            thinking_seconds=self._thinking_seconds,
            first_seconds=self._first_seconds,
        )


def _retry(event: StreamEvent) -> Retry | None:
    """What is waited for after `event`: whatever else comes ends the wait."""
    if not isinstance(event, RetryScheduled):
        return None
    return Retry(without_frames(event.error), time.monotonic() + event.seconds)
