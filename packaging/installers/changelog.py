"""CHANGELOG.md, which follows Keep a Changelog, as data; and in the form that Debian's packages carry."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Iterable, Iterator
from email.utils import format_datetime
from itertools import groupby
from typing import NamedTuple

_HEADING = re.compile(r"## \[?(?P<version>\d+\.\d+\.\d+)\]? - (?P<date>\d{4}-\d\d-\d\d)")
_UNRELEASED = re.compile(r"## \[?Unreleased\]?", re.IGNORECASE)
_WIDTH = 80  # lintian's tag debian-changelog-line-too-long


class Entry(NamedTuple):
    """A change: the `section` it stands in, as "Added", and its `text` in Markdown, on one line."""

    section: str
    text: str


class Release(NamedTuple):
    """A version as "0.1.0", its day, what it is about in a paragraph (or empty), and its changes."""

    version: str
    date: dt.date
    summary: str
    entries: tuple[Entry, ...]

    @property
    def moment(self) -> dt.datetime:
        """The release's day, when it begins in UTC: what is built for it bears this time."""
        return dt.datetime.combine(self.date, dt.time(), dt.UTC)


def parsed(text: str) -> list[Release]:
    """The releases that a changelog tells of, in its order; what is unreleased is left out.

    Raises:
        ValueError: A heading or a line is none of those that Keep a Changelog has.
    """
    heads = [*re.finditer(r"^## .*$", text, re.MULTILINE)]
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [
        _release(head[0], text[head.end() : end])
        for head, end in zip(heads, ends, strict=True)
        if not _UNRELEASED.fullmatch(head[0])
    ]


def debian_changelog(package: str, maintainer: str, releases: Iterable[Release]) -> str:
    """The text of `changelog` in a native package; deb-changelog(5). `maintainer` is "Name <address>"."""
    return "\n".join(_stanza(package, maintainer, release) for release in releases)


# ── parsing ─────────────────────────────────────────────────────────────────────────────────────────


def _release(heading: str, body: str) -> Release:
    match = _HEADING.fullmatch(heading)
    if match is None:
        raise ValueError(f"No version and date: {heading}")
    before, *sections = re.split(r"^### ", body, flags=re.MULTILINE)
    entries = tuple(entry for section in sections for entry in _entries(section))
    return Release(match["version"], dt.date.fromisoformat(match["date"]), _joined(before), entries)


def _entries(section: str) -> Iterator[Entry]:
    name, _, items = section.partition("\n")
    before, *texts = re.split(r"^- ", items, flags=re.MULTILINE)
    if before.strip():
        raise ValueError(f"No entry of a list: {_joined(before)}")
    return (Entry(name.strip(), _joined(text)) for text in texts)


def _joined(lines: str) -> str:
    return " ".join(lines.split())


# ── Debian's form ───────────────────────────────────────────────────────────────────────────────────


def _stanza(package: str, maintainer: str, release: Release) -> str:
    # Rules of deb-changelog(5): two blanks before an entry, one before the signature, two before its date.
    lines = [f"{package} ({release.version}) stable; urgency=medium", ""]
    if release.summary:
        lines += [_wrapped(release.summary, "  * "), ""]
    for section, entries in groupby(release.entries, key=lambda entry: entry.section):
        lines += [f"  * {section}:", *(_wrapped(entry.text, "    - ") for entry in entries), ""]
    return "\n".join([*lines, f" -- {maintainer}  {format_datetime(release.moment)}", ""])


def _wrapped(text: str, bullet: str) -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=bullet,
        subsequent_indent=" " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )
