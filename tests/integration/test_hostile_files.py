"""Files that lie about what they are, lead elsewhere or never end: none is followed, none holds us up."""

import asyncio
import os
import pty
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from desktop.domain import image_errors
from desktop.domain.image_errors import ImageError
from desktop.domain.images import ImageFile
from desktop.imaging.file import read_file
from desktop.imaging.reading import LIMIT, read_all
from tests.support.loading import Loading, loading
from tests.support.pictures import png

LEADS = {
    "a.desktop": "[Desktop Entry]\nType=Link\nURL={url}\nIcon={url}\nExec=touch {touched}\n",
    "b.url": "[InternetShortcut]\r\nURL={url}\r\nIconFile={url}\r\n",
    "c.webloc": '<?xml version="1.0"?><plist><dict><key>URL</key><string>{url}</string></dict></plist>',
    "d.lnk": "L\0\0\0\x01\x14\x02\0\0\0\0\0{url}{touched}",
    "e.svg": '<svg><image href="{url}"/><script>fetch("{url}")</script></svg>',
    "f.html": '<img src="{url}"><meta http-equiv="refresh" content="0;url={url}">',
    "g.png": "[Desktop Entry]\nType=Application\nName=g.png\nIcon={url}\nExec=touch {touched}\n",
    "h.jpg": "#!/bin/sh\ntouch {touched}\n",
    "i.eps": "%!PS\n(%pipe%touch {touched}) (w) file\n",
    "j.mvg": "push graphic-context\nimage over 0,0 0,0 '|touch {touched}'\n",
}


def refused(path: Path) -> str:
    """The kind of error that reading `path` ends with."""

    async def read() -> None:
        await read_all([ImageFile(path)])[0]

    with pytest.raises(ImageError) as raised:
        asyncio.run(read())
    return raised.value.kind


@pytest.fixture(scope="module")
def load() -> Iterator[Loading]:
    with loading() as one:
        yield one


@pytest.mark.parametrize("name", LEADS)
def test_what_leads_elsewhere_is_refused_by_what_is_in_it(load: Loading, tmp_path: Path, name: str) -> None:
    touched = tmp_path / "touched"
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/icon.png"
        path = tmp_path / name
        path.write_text(LEADS[name].format(url=url, touched=touched), encoding="utf-8")
        path.chmod(0o755)

        with pytest.raises(image_errors.UnsupportedImage, match=name):
            load(ImageFile(path))

        with pytest.raises(BlockingIOError):
            server.accept()
    assert not touched.exists()


@pytest.mark.parametrize(
    "place", ["/dev/zero", "/dev/random", "/dev/null", "/dev/full", "/dev/tty", "/dev/ptmx", "/dev/kmsg"]
)
def test_devices_are_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    def open_nothing(*_: object) -> int:
        pytest.fail("to open a device may set it going")

    (tmp_path / "a.png").symlink_to(place)
    monkeypatch.setattr(os, "open", open_nothing)

    assert refused(tmp_path / "a.png") in {"not_a_file", "file_vanished"}, "a machine may lack it"


@pytest.mark.parametrize("place", ["/proc/self/mem", "/proc/self/environ", "/proc/kmsg", "/proc/self/maps"])
def test_what_the_kernel_makes_up_is_no_file(tmp_path: Path, place: str) -> None:
    (tmp_path / "a.png").symlink_to(place)

    assert refused(tmp_path / "a.png") in {"not_a_file", "file_unreadable"}, "another user may not read it"


def test_streams_of_this_process_are_no_files(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading), os.fdopen(writing, "w"):
        assert refused(Path(f"/dev/fd/{reading}")) == "not_a_file"
    terminal, other = pty.openpty()
    with os.fdopen(terminal, "wb", 0), os.fdopen(other, "wb", 0):
        assert refused(Path(os.ttyname(other))) == "not_a_file"


def test_a_file_for_which_another_came_is_judged_by_what_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, pipe = tmp_path / "a.png", tmp_path / "pipe"
    path.write_bytes(png())
    os.mkfifo(pipe)
    look = os.stat

    def look_and_change(asked: Path) -> os.stat_result:
        found = look(asked)
        pipe.replace(asked)
        return found

    monkeypatch.setattr(os, "stat", look_and_change)

    assert refused(path) == "not_a_file"


def test_a_file_that_has_nothing_yet_is_unreadable(tmp_path: Path) -> None:
    """Some file systems say EAGAIN of regular files, as a pipe does."""
    source = ImageFile(tmp_path / "a.png")
    reading, writing = os.pipe2(os.O_NONBLOCK)
    with os.fdopen(reading), os.fdopen(writing, "w"), pytest.raises(image_errors.FileUnreadable):
        read_file(source, reading, LIMIT)


def test_a_file_with_holes_is_as_large_as_it_says(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.touch()
    os.truncate(path, LIMIT + 1)
    with suppress(OSError):  # some file systems take no such file
        os.truncate(path, 1 << 40)

    assert refused(path) == "file_too_big"


@pytest.mark.parametrize(
    "name",
    [
        b"line\nbreak.png",
        b"\xe2\x80\xae" + b"gnp.exe",
        b"--help.png",
        b"-.png",
        b" blanks .png ",
        b"100%25.png",
        b"a?b#c.png",
        b"no \xff utf-8.png",
        b"\x1b]0;title\x07.png",
        b"\\\\server\\share.png",
        b"n" * 251 + b".png",
        b"'$(touch x)`;&|.png",
    ],
)
def test_a_strange_name_is_a_name(load: Loading, tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(png((40, 30)))

    assert load(ImageFile(path)).size == (40, 30)


def test_nothing_is_asked_of_another_computer(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png())

    async def read() -> None:
        await read_all([ImageFile(path, "server")])[0]

    with pytest.raises(image_errors.FileElsewhere, match=r"a\.png.*another computer, server"):
        asyncio.run(read())
