"""What software centres show: AppStream's metainfo, https://www.freedesktop.org/software/appstream/docs/."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from string import Template
from xml.sax.saxutils import escape

from installers.changelog import Release
from installers.places import LINUX
from installers.release import APPSTREAM_ID, HOMEPAGE, releases
from installers.screenshots import DEFAULT_LANGUAGE, SHOTS, SIZE, Shot


def metainfo() -> str:
    """The text of `APPSTREAM_ID`.metainfo.xml."""
    template = Template((LINUX / "metainfo.xml").read_text(encoding="utf-8"))
    return template.substitute(
        id=APPSTREAM_ID,
        developer_id=APPSTREAM_ID.rpartition(".")[0],
        homepage=HOMEPAGE,
        screenshots=_lines(_screenshots()),
        mediatypes=_lines(f"<mediatype>{name}</mediatype>" for name in media_types()),
        releases=_lines(line for release in releases() for line in release_lines(release)),
    )


def media_types() -> list[str]:
    """What "Open with" offers the app for, as the desktop entry lists it."""
    entry = (LINUX / "viewfinder.desktop").read_text(encoding="utf-8")
    (listed,) = re.findall(r"^MimeType=(.*);$", entry, re.MULTILINE)
    return str(listed).split(";")


def release_lines(release: Release) -> Iterator[str]:
    """The element of a release. Its summary is enough for who looks for an app; the package has all."""
    yield f'<release version="{release.version}" date="{release.date}" type="stable">'
    yield "  <description>"
    if release.summary:
        yield f"    <p>{_marked_up(release.summary)}</p>"
    else:
        yield "    <ul>"
        yield from (f"      <li>{_marked_up(entry.text)}</li>" for entry in release.entries)
        yield "    </ul>"
    yield "  </description>"
    yield "</release>"


# ── inside ──────────────────────────────────────────────────────────────────────────────────────────────


def _screenshots() -> Iterator[str]:
    for shot in SHOTS:
        yield '<screenshot type="default">' if shot is SHOTS[0] else "<screenshot>"
        for language, caption in shot.captions.items():
            yield f"  <caption{_of(language)}>{escape(caption)}</caption>"
        for language in shot.captions:
            yield f"  {_image(shot, language)}"
        yield "</screenshot>"


def _image(shot: Shot, language: str) -> str:
    size = f'width="{SIZE[0]}" height="{SIZE[1]}"'
    url = f"{HOMEPAGE}/screenshots/{shot.file(language)}"
    return f'<image type="source" {size}{_of(language)}>{url}</image>'


def _of(language: str) -> str:
    return "" if language == DEFAULT_LANGUAGE else f' xml:lang="{language}"'


def _marked_up(markdown: str) -> str:
    """Changelogs have code between backticks, and no other markup."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(markdown))


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(f"    {line}" for line in lines)
