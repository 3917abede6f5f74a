"""Whose work comes with the app, and under which licence."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """One piece of work.

    `version` is empty where the building machine's own was taken; `license` is an SPDX expression; `source`
    are addresses, `texts` names of files in `resources/notices/texts/`.
    """

    name: str
    version: str
    license: str
    copyright: tuple[str, ...]
    source: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def title(self) -> str:
        """Name and version."""
        return f"{self.name} {self.version}".strip()

    @property
    def is_replaceable(self) -> bool:
        """Whether its licence grants that it may be replaced by another build."""
        return "LGPL" in self.license

    def matches(self, needle: str) -> bool:
        """Whether each word of `needle` is in what is shown of it in a list, or in whose it is."""
        shown = " ".join((self.title, self.license, *self.copyright)).casefold()
        return all(word in shown for word in needle.casefold().split())


def parse_notices(text: str) -> tuple[Notice, ...]:
    """The notices in `resources/notices/notices.json`, in its order."""
    return tuple(
        Notice(
            row["name"],
            row["version"],
            row["license"],
            tuple(row["copyright"]),
            tuple(row["source"]),
            tuple(row["texts"]),
        )
        for row in json.loads(text)
    )
