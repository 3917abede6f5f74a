import datetime as dt
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from desktop.ui.window import SMALLEST
from tests.support.screens import STATES
from tests.support.scripts import load_script

changelog = load_script("installers.changelog")
metainfo = load_script("installers.metainfo")
release = load_script("installers.release")
screenshots = load_script("installers.screenshots")

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# Why these stay: the home's name is one that nobody can own, "Viewfinder" is written so in the id of desktop
# apps, and Debian 12's validator is older than the tag <developer>, which replaced <developer_name>.
EXPECTED = {"cid-maybe-not-rdns", "cid-contains-uppercase-letter", "unknown-tag"}


@pytest.fixture(scope="module")
def component() -> ET.Element:
    return ET.fromstring(metainfo.metainfo())


def test_the_validator_finds_only_what_has_its_reason(tmp_path: Path) -> None:
    file = tmp_path / f"{release.APPSTREAM_ID}.metainfo.xml"
    file.write_text(metainfo.metainfo(), encoding="utf-8")

    judged = subprocess.run(
        ["appstreamcli", "validate", "--no-net", "--no-color", "--pedantic", file],
        capture_output=True,
        text=True,
        check=False,
    )

    issues = [line.split() for line in judged.stdout.splitlines() if line[1:3] == ": "]
    assert judged.returncode == 0
    assert {kind for kind, *_ in issues} <= {"I:", "P:"}
    assert {tag for _, _, tag, *_ in issues} <= EXPECTED
    assert not [words for words in issues if words[2] == "unknown-tag" and words[3] != "developer"]


def test_it_names_the_entry_the_release_and_what_can_be_opened(component: ET.Element) -> None:
    newest = component.find("releases/release")

    assert component.findtext("launchable") == "viewfinder.desktop"
    assert [each.text for each in component.iterfind("provides/mediatype")] == metainfo.media_types()
    assert newest is not None
    assert newest.get("version") == release.VERSION
    assert newest.get("date") == release.releases()[0].date.isoformat()
    assert component.findtext("requires/display_length") == str(min(SMALLEST.width(), SMALLEST.height()))


def test_everything_is_said_in_both_languages(component: ET.Element) -> None:
    description = component.find("description")
    assert description is not None
    said = [*description.iter("p"), *description.iter("li"), *component.iter("caption")]
    said += component.findall("summary")

    for english, chinese in zip(said[::2], said[1::2], strict=True):
        assert english.tag == chinese.tag
        assert (english.get(LANGUAGE), chinese.get(LANGUAGE)) == (None, "zh_CN")


def test_screenshots_are_of_states_that_can_be_drawn(component: ET.Element) -> None:
    urls = [str(image.text) for image in component.iter("image")]

    assert {shot.state for shot in screenshots.SHOTS} <= {state.__name__ for state in STATES}
    assert len(urls) == len(set(urls)) == 2 * len(screenshots.SHOTS)
    assert all(url.startswith(f"{release.HOMEPAGE}/screenshots/") for url in urls)


def test_a_release_without_a_summary_lists_its_changes() -> None:
    entries = (changelog.Entry("Added", "`a < b` & more."), changelog.Entry("Fixed", "Less."))
    one = changelog.Release("1.0.0", dt.date(2027, 1, 2), "", entries)

    element = ET.fromstring("\n".join(metainfo.release_lines(one)))

    assert element.attrib == {"version": "1.0.0", "date": "2027-01-02", "type": "stable"}
    assert ["".join(item.itertext()) for item in element.iter("li")] == ["a < b & more.", "Less."]
    assert element.findtext("description/ul/li/code") == "a < b"
