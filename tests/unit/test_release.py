import tomllib

import desktop
from tests.support.scripts import CHECKOUT, load_script

release = load_script("installers.release")


def test_what_is_read_as_text_is_what_python_and_toml_say() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert desktop.__version__ == release.VERSION
    assert project["urls"]["Homepage"] == release.HOMEPAGE


def test_the_changelog_begins_with_the_release_of_the_version() -> None:
    newest = release.releases()[0]

    assert newest.version == release.VERSION
    assert newest.summary
    assert newest.entries


def test_names_are_derived_from_the_homepage() -> None:
    assert release.APPSTREAM_ID == "example.viewfinder.Viewfinder"
    assert release.MAINTAINER.endswith(f"@{release.HOST}>")
