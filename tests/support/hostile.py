"""Answers that strangers write to make a window do more than show them (`hostile_links`, `hostile_html`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.domain.link_targets import Doubt

Doubts = frozenset[Doubt] | None
"""What there is at least to doubt about each link; None: it is no link."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """An answer, what kind of attack it is, and why it could work somewhere.

    In `text` "{at}" stands for the host and port of a server that nobody may ask, "{port}" for its port.
    `doubts`: of its links, where the attack is about links.
    """

    kind: str
    text: str
    why: str
    doubts: Doubts = None
    is_about_links: bool = False

    def at(self, server: str) -> str:
        """The answer that points at `server`."""
        return self.text.replace("{at}", server).replace("{port}", server.rpartition(":")[2])


def of_kind(kind: str, cases: Mapping[str, str]) -> tuple[Hostile, ...]:
    """Texts with their whys."""
    return tuple(Hostile(kind, text, why) for text, why in cases.items())


def links(kind: str, doubts: Iterable[Doubt] | None, cases: Mapping[str, str]) -> tuple[Hostile, ...]:
    """Texts about links with their whys; each of their links has all of these doubts."""
    found = None if doubts is None else frozenset(doubts)
    return tuple(Hostile(kind, text, why, found, is_about_links=True) for text, why in cases.items())
