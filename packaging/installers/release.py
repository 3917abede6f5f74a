"""The release that is built: its version, its day, whose it is; each is written down in one place."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from installers.changelog import Release, debian_changelog, parsed
from installers.places import CHECKOUT

PACKAGE = "viewfinder"
_FULL_NAME = "The Viewfinder authors"


def _written(pattern: str, *file: str) -> str:
    """What `pattern` finds on a line of a file in the checkout.

    Read as text: the package cannot be imported without what it needs, nor TOML be parsed by a Python that
    is too old, which must get as far as the sentence that says so.
    """
    text = CHECKOUT.joinpath(*file).read_text(encoding="utf-8")
    match = re.search(pattern, text, re.MULTILINE)
    if match is None:
        raise ValueError(f"{'/'.join(file)} has no line like {pattern}")
    return match[1]


VERSION = _written(r'^__version__ = "(\d+\.\d+\.\d+)"$', "desktop", "__init__.py")
"""As "0.1.0"."""

HOMEPAGE = _written(r'^Homepage = "(https://[^"/]+)/?"$', "pyproject.toml")
"""Without a slash at its end."""

HOST = urlsplit(HOMEPAGE).hostname or ""

MAINTAINER = f"{_FULL_NAME} <authors@{HOST}>"

APPSTREAM_ID = ".".join([*reversed(HOST.split(".")), "Viewfinder"])
"""The name of the app among all apps: that of its home, the other way round."""


_FILES = {
    "deb": "viewfinder_{version}_amd64.deb",
    "rpm": "viewfinder-{version}-1.x86_64.rpm",
    "run": "viewfinder-{version}-x86_64.run",
    "wheel": "viewfinder-{version}-py3-none-any.whl",
}
KINDS = tuple(_FILES)
"""Of what users download."""


def file_name(kind: str, version: str = VERSION) -> str:
    """What the one of `KINDS` is called; each kind's own customs have it so."""
    return _FILES[kind].format(version=version)


def releases() -> list[Release]:
    """All releases up to `VERSION`'s, the newest first.

    Raises:
        ValueError: CHANGELOG.md does not begin with the release of `VERSION`.
    """
    known = parsed((CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8"))
    if not known or known[0].version != VERSION:
        raise ValueError(f"CHANGELOG.md's newest release is not {VERSION}: give it a heading and a date.")
    return known


def source_date_epoch() -> int:
    """The time that everything built bears, in s since 1970, so that each build gives the same bytes.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    return int(releases()[0].moment.timestamp())


def changelog_text() -> str:
    """The changelog of the Debian package, in Debian's form."""
    return debian_changelog(PACKAGE, MAINTAINER, releases())
