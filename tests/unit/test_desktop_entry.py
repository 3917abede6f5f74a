"""What a desktop runs for a desktop entry, by the Desktop Entry Specification."""

from typing import Any

import pytest

from tests.support.scripts import load_script

DesktopEntry = load_script("proofs.desktop_entry").DesktopEntry

FILES = ("/srv/u/a b.png", "/srv/u/截图.png")
URIS = ["file:///srv/u/a%20b.png", "file:///srv/u/%E6%88%AA%E5%9B%BE.png"]


def entry(line: str) -> Any:
    return DesktopEntry(f"""\
# Comments may stand anywhere.
[Desktop Entry]
Type=Application
Name=View finder
Name[zh_CN]=取景器
Exec={line}
Actions=clip;other;

[Desktop Action clip]
Name=Clip
Exec=app --clipboard

[Desktop Action other]
Name=Other
Exec=app --other
""")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("app %F", ["app", *FILES]),
        ("app %f", ["app", FILES[0]]),
        ("app %U", ["app", *URIS]),
        ("app %u", ["app", URIS[0]]),
        ("app --name=%c 100%% %m", ["app", "--name=View finder", "100%", ""]),
        (r'"/opt/my apps/app" "a \\"word\\" and \\$5 \\\\"', ["/opt/my apps/app", 'a "word" and $5 \\']),
    ],
)
def test_files_are_opened_with_it(line: str, words: list[str]) -> None:
    assert entry(line).command(*FILES) == words


@pytest.mark.parametrize("code", ["%f", "%F", "%u", "%U"])
def test_without_files_nothing_stands_for_them(code: str) -> None:
    assert entry(f"app {code}").command() == ["app"]


def test_its_menu_offers_actions() -> None:
    assert entry("app").actions == ["clip", "other"]
    assert entry("app").command(action="clip") == ["app", "--clipboard"]
