"""Link reference definitions as inline rules look them up, and who asked for one in vain."""

from collections.abc import Mapping
from typing import Any

from desktop.markdown.definitions import Definition


class References:
    """A view of the definitions `known` so far, by normalised label.

    `missed` collects the labels that were looked up and not found: a later definition of one of them
    changes what was rendered.
    """

    def __init__(self, known: Mapping[str, Definition] | None = None) -> None:
        self._known = {} if known is None else known
        self.missed: set[str] = set()

    def get(self, label: str, default: Any = None) -> Any:
        found = self._known.get(label)
        if found is None:
            self.missed.add(label)
            return default
        return found
