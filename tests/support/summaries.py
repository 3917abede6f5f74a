"""Conversations as a list gets them, on a day that tests know."""

from datetime import datetime

from desktop.domain.history import ConversationId, Summary

HOUR, DAY = 3600.0, 86_400.0

NOON = datetime(2026, 11, 23, 12).timestamp()  # noqa: DTZ001 - by the clock of this machine, as the list has it
"""A Monday, some weeks away from any change of clocks."""


def summary(number: int, title: str = "", used: float = NOON, **states: bool) -> Summary:
    """The conversation `number`; `states` as in `Summary`."""
    return Summary(ConversationId(number), title or f"Conversation {number}", used, **states)
