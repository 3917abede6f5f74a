"""What a command line may call an image."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import named
from desktop.domain.images import ImageFile, ImageInURL
from desktop.domain.messages import LinkPart
from desktop.domain.named import named_image

URL = "data:image/png;base64,QUJD"


@pytest.mark.parametrize(
    ("argument", "image"),
    [
        ("a.png", ImageFile(Path("a.png"))),
        ("/shots/a%20b.png", ImageFile(Path("/shots/a%20b.png"))),
        ("file:///shots/a%20b%23%E5%9B%BE.png", ImageFile(Path("/shots/a b#图.png"))),
        ("FILE://localhost/shots/a.png", ImageFile(Path("/shots/a.png"))),
        ("file:/shots/a.png", ImageFile(Path("/shots/a.png"))),
        ("file:a.png", ImageFile(Path("file:a.png"))),
        ("HTTPS://example.com/a.png", LinkPart("HTTPS://example.com/a.png")),
        (URL, ImageInURL("data:image/png", URL)),
        ("data:,", ImageInURL("data:", "data:,")),
    ],
)
def test_paths_and_urls(argument: str, image: ImageFile | ImageInURL | LinkPart) -> None:
    assert named_image(argument) == image


@pytest.mark.parametrize(
    ("host", "path", "place"),
    [
        ("", "/C:/shots/a.png", "C:/shots/a.png"),
        ("localhost", "/C:/shots/a.png", "C:/shots/a.png"),
        ("server", "/share/a.png", "//server/share/a.png"),
    ],
)
def test_windows_has_drives_and_servers(
    monkeypatch: pytest.MonkeyPatch, host: str, path: str, place: str
) -> None:
    monkeypatch.setattr(named, "_IS_WINDOWS", True)

    assert named._path(host, path) == place


@given(st.from_regex(r"/[^\x00/]+", fullmatch=True))
def test_any_path_is_found_by_its_url(path: str) -> None:
    try:
        url = Path(path).as_uri()
    except UnicodeEncodeError:
        return

    assert named_image(url) == ImageFile(Path(path))
