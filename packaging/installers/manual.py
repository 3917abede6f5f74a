"""The manual page, in the language of mdoc(7)."""

from __future__ import annotations

from installers.places import LINUX
from installers.release import HOMEPAGE, VERSION, releases

_TEMPLATE = LINUX / "viewfinder.1"


def manual() -> str:
    """The text of viewfinder.1."""
    date = releases()[0].date
    text = _TEMPLATE.read_text(encoding="utf-8").replace("@DATE@", f"{date:%B} {date.day}, {date.year}")
    return text.replace("@VERSION@", VERSION).replace("@HOMEPAGE@", HOMEPAGE)
