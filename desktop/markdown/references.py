"""Link reference definitions, and who asked for one in vain."""

from typing import Any

Definition = dict[str, Any]


class References(dict[str, Definition]):
    """Definitions by normalised label, as the parser's rules expect them; the first of a label holds.

    `known` are definitions from before. `missed` collects the labels that were looked up and not found:
    a later definition of one of them changes what was rendered.
    """

    def __init__(self, known: dict[str, Definition] | None = None) -> None:
        super().__init__()
        self._known = {} if known is None else known
        self.missed: set[str] = set()

    def __contains__(self, label: object) -> bool:
        return label in self._known or super().__contains__(label)

    def get(self, label: str, default: Any = None) -> Any:
        found = self._known.get(label) or super().get(label)
        if found is None:
            self.missed.add(label)
            return default
        return found
