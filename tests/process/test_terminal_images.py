"""`viewfinder ask`: the images that it is given, as files and as links."""

import asyncio
import os
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from desktop import cli
from desktop.connection import Connection
from desktop.domain.image_errors import TooManyImages
from desktop.domain.limits import ImageLimits
from desktop.domain.settings import Settings
from desktop.terminal import load_images
from tests.support import mime
from tests.support.pictures import png
from tests.support.server import ScriptedServer, by_path, whole
from tests.support.socks import SocksProxy
from tests.support.terminal import Terminal, lines

LINK = "https://example.com/a.png"


def test_images_go_in_their_order_each_once_and_words_have_a_default(terminal: Terminal) -> None:
    picture, other = str(terminal.picture), terminal.folder / "b.png"
    other.write_bytes(png((48, 64)))
    terminal.ask(str(other), picture, picture, str(other))
    content = terminal.server.requests[0].json["messages"][0]["content"]

    assert content[0]["text"] == "What do these images show?"
    assert len(content) == 3
    assert content[1] != content[2]


def test_a_link_goes_as_it_is_to_a_server_that_takes_links(terminal: Terminal) -> None:
    far = ("--base-url", "http://model.invalid/v1", "--model", "a-model")
    proxy = f"http://127.0.0.1:{terminal.server.port}"
    done = terminal.run("ask", LINK, str(terminal.picture), LINK, *far, HTTP_PROXY=proxy)
    content = terminal.server.requests[0].json["messages"][0]["content"]

    assert done.returncode == 0
    assert content[1] == {"type": "image_url", "image_url": {"url": LINK}}
    assert content[2]["image_url"]["url"].startswith("data:image/png;base64,")
    assert len(content) == 3


def test_elsewhere_it_is_fetched_and_handled_like_a_file(terminal: Terminal) -> None:
    authority, serving = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("images.invalid").configure_cert(serving)
    authority.cert_pem.write_to_path(str(terminal.folder / "ca.pem"))
    script = by_path({"/a.png": whole(terminal.picture.read_bytes(), content_type="image/png")})
    with ScriptedServer(script, tls=serving) as images, SocksProxy(images.port) as proxy:
        ways = {"ALL_PROXY": f"socks5://{proxy.address}", "SSL_CERT_FILE": str(terminal.folder / "ca.pem")}
        done = terminal.ask("https://images.invalid/a.png", str(terminal.picture), **ways)

    content = terminal.server.requests[0].json["messages"][0]["content"]
    assert (done.returncode, done.stderr) == (0, "")
    assert content[0]["text"] == "What does this image show?", "its bytes are those of the file"
    assert content[1]["image_url"]["url"].startswith("data:image/png;base64,")


def test_urls_of_files_and_images_written_out_are_read_like_files(terminal: Terminal) -> None:
    spaced = terminal.folder / "b #1 图.png"
    spaced.write_bytes(png((48, 64)))
    written_out = mime.data_url(png((48, 64)))
    done = terminal.ask(terminal.picture.as_uri(), spaced.as_uri(), written_out, str(terminal.picture))
    content = terminal.server.requests[0].json["messages"][0]["content"]

    assert (done.returncode, done.stderr) == (0, "")
    assert len(content) == 3, "its bytes are those of the file"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("data:text/html;base64," + "PGh0bWw+" * 2000, "“data:text/html” is not an image"),
        ("data:image/png;base64,iVBORw0KGgo" + "A" * 9000, "“data:image/png” is damaged"),
        ("data:image/png;base64,", "“data:image/png” is empty"),
        ("https://example.com/" + "x" * 9000, "is longer than 8 KB"),
        ("file:///nowhere/a%20b.png", "“a b.png” cannot be found"),
    ],
)
def test_urls_that_lead_to_no_image_are_one_short_line(terminal: Terminal, url: str, words: str) -> None:
    done = terminal.ask(url)

    assert done.returncode == 3
    assert words in done.stderr
    assert all(len(line) < 200 for line in done.stderr.splitlines())


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ("http://example.com/a.png", "link_not_secure"),
        ("https://127.0.0.1/a.png", "link_private"),
        ("https://localhost/a.png", "link_private"),
        ("https://user:secret@169.254.169.254/latest?token=secret", "link_private"),
    ],
)
def test_a_link_that_must_not_be_fetched_is_an_error(terminal: Terminal, link: str, kind: str) -> None:
    done = terminal.ask(link, "--json")
    (error,) = lines(done.stdout)

    assert (done.returncode, error["kind"]) == (3, kind)
    assert "secret" not in done.stdout
    assert not terminal.server.requests


def test_of_a_folder_it_says_how_to_name_what_is_in_it(terminal: Terminal) -> None:
    (terminal.folder / "my shots").mkdir()
    done = terminal.ask(f"{terminal.folder}/my shots/")

    assert done.returncode == 3
    assert f"viewfinder ask '{terminal.folder}/my shots'/*.png" in done.stderr


@pytest.mark.parametrize(
    "make",
    [lambda path: path.write_text("no picture"), Path.touch, lambda _: None, Path.mkdir, os.mkfifo],
    ids=["text", "empty", "missing", "folder", "fifo"],
)
def test_an_image_that_cannot_be_read_is_named(terminal: Terminal, make: Callable[[Path], object]) -> None:
    bad = terminal.folder / "bad\x1b[31m.png"
    make(bad)
    done = terminal.ask(str(terminal.picture), str(bad))

    assert (done.returncode, done.stdout) == (3, "")
    assert "bad[31m.png" in done.stderr
    assert not terminal.server.requests, "nothing is asked about half of the images"


def test_such_an_image_is_an_error_in_json_too(terminal: Terminal) -> None:
    done = terminal.ask(str(terminal.folder / "missing.png"), "--json")
    (error,) = lines(done.stdout)

    assert done.returncode == 3
    assert (error["type"], error["kind"]) == ("error", "file_vanished")


def test_images_that_are_too_many_are_named(tmp_path: Path) -> None:
    for width in range(20, 24):
        (tmp_path / f"{width}.png").write_bytes(png((width, 20)))

    async def scenario() -> None:
        connection = Connection({})
        try:
            files = [str(tmp_path / f"{width}.png") for width in (20, 21, 20, 22, 23)]
            await load_images(files, ImageLimits(count=2), connection)
        finally:
            await connection.aclose()

    with pytest.raises(TooManyImages, match=r"at most 2 .* 22\.png, 23\.png"):
        asyncio.run(scenario())


def test_photos_may_be_said_to_be_rotated() -> None:
    parser = cli._ask_parser()

    for given, rotated in ((["a.png"], False), (["a.png", "--rotated"], True)):
        assert cli._with_options(Settings(), parser.parse_args(given)).rotated_photos is rotated
