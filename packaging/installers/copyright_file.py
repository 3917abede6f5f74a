"""Debian's copyright file, written from the notices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from installers.notices import COMMON, NOTICES, Notice, notices
from installers.places import BUNDLE, CHECKOUT
from installers.release import HOMEPAGE, PACKAGE

_IN_THE_PACKAGE = (BUNDLE / "_internal").as_posix()
_LONGEST_TEXT = 6_000
"""Characters of a text that Debian's copyright file holds itself."""
_DEBIANS_NAMES = ((r"\bMIT\b(?!-)", "Expat"), (r"(GPL-\d)\.0", r"\1"), ("-only", ""), ("-or-later", "+"))
_WORDS = {" OR ": " or ", " AND ": " and ", " WITH ": " with ", "-exception": " exception"}


def copyright_text() -> str:
    """The copyright file of the Debian package, in its machine-readable form.

    https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
    """
    own = (CHECKOUT / "LICENSE").read_text(encoding="utf-8")
    holder = re.search(r"^Copyright \(c\) (.*)$", own, re.MULTILINE)
    paragraphs = [
        _header(),
        _paragraph(["*"], [holder[1] if holder else ""], "Expat", own.partition("\n\n")[2]),
    ]
    whole, parts = _divided()
    paragraphs += [_told(notice, parts_of_it) for notice, parts_of_it in whole]
    paragraphs += [_told(notice, ()) for notice in parts]
    return "\n\n".join(paragraphs) + "\n"


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _header() -> str:
    return "\n".join(
        (
            "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/",
            "Upstream-Name: Viewfinder",
            f"Source: {HOMEPAGE}",
            "Comment:",
            f" Packages of which there is no folder in {_IN_THE_PACKAGE}",
            f" are in the program itself, {(BUNDLE / PACKAGE).as_posix()}.",
            " .",
            " Libraries under the LGPL are shared libraries in files of their own: each may be replaced by",
            " another build of it. Where the source of these versions is to be had is told with each.",
            " .",
            f" All texts of licences are in /{_IN_THE_PACKAGE}/resources/notices/texts,",
            " and the program shows them: Help, About Viewfinder, Third-party software.",
        )
    )


def _divided() -> tuple[list[tuple[Notice, list[Notice]]], list[Notice]]:
    """What has modules, each with what is linked into these; and what has files of its own inside of others.

    The order counts: the last paragraph that fits a file tells of it.
    """
    whole = [notice for notice in notices() if notice.modules or not _is_part(notice)]
    linked = [notice for notice in notices() if _is_part(notice) and not notice.libraries]
    with_linked = [(notice, [part for part in linked if part.package == notice.package]) for notice in whole]
    return with_linked, [notice for notice in notices() if _is_part(notice) and notice.libraries]


def _is_part(notice: Notice) -> bool:
    return bool(notice.package) and not notice.modules


def _told(notice: Notice, linked: Iterable[Notice]) -> str:
    together = [notice, *linked]
    patterns = [f"{_IN_THE_PACKAGE}/{module}*" for module in notice.modules]
    patterns += [f"{_IN_THE_PACKAGE}/*{library}" for library in notice.libraries]
    holders = [holder for each in together for holder in each.copyright]
    licences = [_debians(each.license) for each in together]
    one_licence = len(set(licences)) == 1 and not re.search(" (or|and) ", licences[0])
    synopsis = (
        licences[0] if one_licence else " and ".join(_bracketed(each) for each in dict.fromkeys(licences))
    )
    names = dict.fromkeys(text for each in together for text in each.texts)
    comment = [f"{each.name} {each.version}".strip() + f", {' '.join(each.source)}" for each in together]
    return _paragraph(patterns, holders, synopsis, "\n\n".join(_quoted(name) for name in names), comment)


def _paragraph(
    patterns: Iterable[str], holders: Iterable[str], synopsis: str, text: str, comment: Iterable[str] = ()
) -> str:
    lines = ["Files: " + "\n       ".join(patterns), "Copyright: " + "\n           ".join(holders)]
    lines += [f"License: {synopsis}", *_continued(text.splitlines())]
    if comment:
        lines += ["Comment:", *_continued(comment)]
    return "\n".join(lines)


def _continued(lines: Iterable[str]) -> Iterator[str]:
    return (f" {line.replace(chr(9), '    ')}" if line.strip() else " ." for line in lines)


def _quoted(name: str) -> str:
    """The text `name`, or where it is."""
    if name in COMMON:
        place = f"/usr/share/common-licenses/{COMMON[name]}"
        return f"On Debian systems, the text of {_debians(name)} is in\n{place}."
    text = (NOTICES / "texts" / f"{name}.txt").read_text(encoding="utf-8")
    if len(text) <= _LONGEST_TEXT:
        return text
    return f"The text is in\n/{_IN_THE_PACKAGE}/resources/notices/texts/{name}.txt."


def _debians(expression: str) -> str:
    """An SPDX expression in Debian's words."""
    for pattern, name in _DEBIANS_NAMES:
        expression = re.sub(pattern, name, expression)
    for word, other in _WORDS.items():
        expression = expression.replace(word, other)
    return expression


def _bracketed(licence: str) -> str:
    return licence.replace(" or ", ", or ") if " or " in licence else licence
