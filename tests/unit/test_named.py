"""What a command line may call an image."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import named
from desktop.domain.images import ImageFile, ImageInURL
from desktop.domain.messages import LinkPart
from desktop.domain.named import file_in_url, named_image

URL = "data:image/png;base64,QUJD"


def file_of(url: str) -> ImageFile:
    found = file_in_url(url)
    assert found is not None
    return found


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
    ("url", "host"),
    [
        ("file://server/share/a.png", "server"),
        ("FILE://SERVER/share/a.png", "SERVER"),
        ("file://user:secret@server:445/share/a.png", "user:secret@server:445"),
        ("file://localhost.example.com/a.png", "localhost.example.com"),
        ("file://%6cocalhost/a.png", "%6cocalhost"),
        ("file://\\\\server/a.png", "\\\\server"),
        ("file:// /a.png", " "),
    ],
)
def test_a_file_of_another_computer_is_no_path_of_this_one(url: str, host: str) -> None:
    found = named_image(url)

    assert isinstance(found, ImageFile)
    assert (found.host, found.name) == (host, "a.png")


def test_the_name_of_this_computer_is_no_other() -> None:
    assert named_image(f"file://{os.uname().nodename}/a.png") == ImageFile(Path("/a.png"))


def test_bytes_that_are_no_text_are_names_too() -> None:
    assert os.fsencode(file_of("file:///%FF%0A%E2%80%AE%25.png").path) == b"/\xff\n\xe2\x80\xae%.png"


@pytest.mark.parametrize(
    "url", ["file:a.png", "file:", "file://", "file://server", " file:///a.png", "files:///a"]
)
def test_what_is_no_file_url_names_no_file(url: str) -> None:
    assert file_in_url(url) is None


@pytest.mark.parametrize(
    ("url", "path", "host"),
    [
        ("file:///C:/shots/a.png", "C:/shots/a.png", ""),
        ("file://localhost/C:/shots/a.png", "C:/shots/a.png", ""),
        ("file://server/share/a.png", "/share/a.png", "server"),
        ("file:////server/share/a.png", "//server/share/a.png", "server"),
        ("file://///server/share/a.png", "///server/share/a.png", "server"),
        ("file:///%5C%5Cserver%5Cshare", "/\\\\server\\share", "server"),
        ("file:////%3F/UNC/server/a.png", "//?/UNC/server/a.png", "?"),
        ("file:////./pipe/a", "//./pipe/a", "."),
        ("file:////", "//", "?"),
    ],
)
def test_windows_has_drives_and_servers(
    monkeypatch: pytest.MonkeyPatch, url: str, path: str, host: str
) -> None:
    monkeypatch.setattr(named, "_IS_WINDOWS", True)

    assert file_of(url) == ImageFile(Path(path), host)


@given(st.from_regex(r"/[^\x00/]+", fullmatch=True))
def test_any_path_is_found_by_its_url(path: str) -> None:
    try:
        url = Path(path).as_uri()
    except UnicodeEncodeError:
        return

    assert named_image(url) == ImageFile(Path(path))


@pytest.mark.parametrize(
    ("url", "path"), [("file:///a\udcff.png", "/a\udcff.png"), ("file:///a\ude00.png", "/a?.png")]
)
def test_halves_of_characters_are_bytes_of_a_name_or_nothing(url: str, path: str) -> None:
    assert named_image(url) == ImageFile(Path(path))
