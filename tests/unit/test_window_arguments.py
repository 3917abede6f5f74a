from pathlib import Path

import pytest

from desktop.cli import _activation_token, _from_anywhere


@pytest.mark.parametrize(
    ("image", "named"),
    [
        ("shots/a.png", "{here}/shots/a.png"),
        ("/shots/a.png", "/shots/a.png"),
        ("file:///shots/b%20c.png", "/shots/b c.png"),
        ("data:image/png;base64,AA==", "data:image/png;base64,AA=="),
        ("https://example.com/a.png", "https://example.com/a.png"),
    ],
)
def test_an_image_is_named_so_that_another_process_finds_it(
    image: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert _from_anywhere(image) == named.format(here=tmp_path)


@pytest.mark.parametrize(
    ("environ", "token"),
    [
        ({"XDG_ACTIVATION_TOKEN": "wayland", "DESKTOP_STARTUP_ID": "x11"}, "wayland"),
        ({"XDG_ACTIVATION_TOKEN": "", "DESKTOP_STARTUP_ID": "x11"}, "x11"),
        ({}, ""),
    ],
)
def test_the_click_is_passed_on(environ: dict[str, str], token: str) -> None:
    assert _activation_token(environ) == token
