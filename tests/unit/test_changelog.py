import datetime as dt
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.scripts import load_script

changelog = load_script("installers.changelog")
release = load_script("installers.release")

TEXT = """\
# Changelog

The format follows Keep a Changelog.

## Unreleased
### Added
- What nobody has yet.

## [0.2.0] - 2026-12-01
### Changed
- A line that goes
  on in the next.
### Fixed
- `code`, a word-with-hyphens.

## 0.1.0 - 2026-11-24
The first one,
in two lines.
### Added
- A window.
- A terminal form.
"""


def test_releases_have_their_versions_days_and_changes_and_what_is_unreleased_is_left_out() -> None:
    second, first = changelog.parsed(TEXT)

    assert (second.version, second.date, second.summary) == ("0.2.0", dt.date(2026, 12, 1), "")
    assert [(entry.section, entry.text) for entry in second.entries] == [
        ("Changed", "A line that goes on in the next."),
        ("Fixed", "`code`, a word-with-hyphens."),
    ]
    assert first.summary == "The first one, in two lines."
    assert [entry.text for entry in first.entries] == ["A window.", "A terminal form."]
    assert first.moment.isoformat() == "2026-11-24T00:00:00+00:00"


@pytest.mark.parametrize(
    "text",
    ["## 0.1\n", "## 0.1.0\n", "## 0.1.0 - 24.11.2026\n", "## 0.1.0 - 2026-11-24\n### Added\nNo list.\n"],
)
def test_what_is_no_changelog_is_not_taken_for_a_shorter_one(text: str) -> None:
    with pytest.raises(ValueError, match="No "):
        changelog.parsed(text)


def test_debian_gets_a_stanza_for_each_release() -> None:
    assert (
        changelog.debian_changelog("app", "A <a@b.example>", changelog.parsed(TEXT))
        == """\
app (0.2.0) stable; urgency=medium

  * Changed:
    - A line that goes on in the next.

  * Fixed:
    - `code`, a word-with-hyphens.

 -- A <a@b.example>  Tue, 01 Dec 2026 00:00:00 +0000

app (0.1.0) stable; urgency=medium

  * The first one, in two lines.

  * Added:
    - A window.
    - A terminal form.

 -- A <a@b.example>  Tue, 24 Nov 2026 00:00:00 +0000
"""
    )


words = st.lists(st.from_regex(r"[A-Za-z0-9`,.-]{1,20}", fullmatch=True), min_size=1, max_size=60)


@given(st.lists(words, min_size=1, max_size=5))
def test_wrapped_entries_keep_their_words_within_the_width(entries: list[list[str]]) -> None:
    listed = tuple(changelog.Entry("Added", " ".join(entry)) for entry in entries)
    one = changelog.Release("0.1.0", dt.date(2026, 11, 24), "", listed)

    lines = changelog.debian_changelog("app", "A <a@b.example>", [one]).splitlines()

    assert max(map(len, lines)) <= 80
    written = " ".join(line.removeprefix("    - ").strip() for line in lines[3:-2])
    assert written.split() == [word for entry in entries for word in entry]


def test_our_own_changelog_is_one_that_dpkg_reads(tmp_path: Path) -> None:
    file = tmp_path / "changelog"
    file.write_text(release.changelog_text(), encoding="utf-8")

    read = subprocess.run(
        ["dpkg-parsechangelog", "--all", "--file", file], capture_output=True, text=True, check=True
    )

    assert not read.stderr
    assert f"Version: {release.VERSION}\n" in read.stdout
    assert f"Timestamp: {release.source_date_epoch()}\n" in read.stdout
