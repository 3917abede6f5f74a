"""The heading of an image among others."""

import re

from desktop.reader.escape import Escape

_CLOSING = re.compile(r"(?:^|(?<=\s))(#*)#$")
"""What CommonMark would take for the end of a heading rather than its words."""


def heading(number: int, name: str) -> str:
    """Markdown. `number` from 1; `name` as the user knows the image; it may be empty."""
    said = Escape().line(" ".join(name.split()), begins=False)
    return f"### {number}" + (" · " + _CLOSING.sub(r"\1\\#", said) if said else "")
