"""What a check finds."""

import json
import re
from dataclasses import asdict, dataclass
from typing import Literal, Self, get_args

from desktop.domain.visible import on_one_line

Outcome = Literal["ok", "note", "failed"]

_LONGEST = 400
"""Characters of what a check or a library says."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`note`: the installation is as it should be, but the machine lacks something that people may miss.

    `words` say what was seen, or in a sentence what is wrong.
    """

    outcome: Outcome
    words: str

    def __post_init__(self) -> None:
        if self.outcome not in get_args(Outcome):
            raise ValueError("no outcome")
        # Libraries and file names have a part in it, and a terminal would act on what they say.
        object.__setattr__(self, "words", shortened(on_one_line(self.words)))

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Raises `ValueError`, `TypeError`."""
        return cls(**json.loads(text))


class CheckFailed(Exception):
    """Something does not work; `str(error)` is a sentence that says what, and what would help."""


def ok(words: str) -> Finding:
    return Finding("ok", words)


def note(words: str) -> Finding:
    return Finding("note", words)


def failed(words: str) -> Finding:
    return Finding("failed", words)


def shortened(text: str) -> str:
    """`text` on one line, without its middle if it is long: libraries say what is wrong first or last."""
    text = re.sub(r"\s+", " ", text).strip()
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} … {text[-half:]}"
