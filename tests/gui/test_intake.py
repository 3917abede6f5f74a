"""What a drop or a paste brings, told from its formats."""

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from desktop.domain.images import ImageBytes, ImageFile, ImageInURL
from desktop.ui.intake import Intake, intake_of, sources_of
from desktop.ui.virtual_files import file_names
from tests.support import mime
from tests.support.pictures import png

HERE = Path(__file__).absolute()


@pytest.mark.parametrize(
    ("data", "intake"),
    [
        (mime.files(HERE), Intake(files=(ImageFile(HERE),))),
        (mime.files(HERE, HERE.parent), Intake(files=(ImageFile(HERE), ImageFile(HERE.parent)))),
        (mime.browser_picture(), Intake(has_pixels=True)),
        (
            mime.dragged_browser_picture(),
            Intake(has_pixels=True, links=("https://example.com/a.png",)),
        ),
        (mime.word_text("Total"), Intake(has_pixels=True, text="Total")),
        (mime.plain_text("Total"), Intake(text="Total")),
        (mime.pixels(), Intake(has_pixels=True)),
        (
            mime.addresses([QUrl("https://example.com/"), QUrl("mailto:a@example.com")]),
            Intake(links=("https://example.com/",)),
        ),
        (mime.copied_files(HERE), Intake(files=(ImageFile(HERE),))),
        (mime.addresses([QUrl("content://media/7")]), Intake(is_out_of_reach=True)),
        (mime.addresses([QUrl("mtp://phone/DCIM/a.jpg")]), Intake(is_out_of_reach=True)),
        (mime.promised_file(), Intake(is_out_of_reach=True)),
        (
            mime.mail_attachments({"a.PNG": b"1", "notes.docx": b"2"}),
            Intake(virtual=("a.PNG",), is_out_of_reach=True),
        ),
        (mime.addresses([QUrl(mime.data_url(png()))]), Intake(written_out=1)),
        (mime.plain_text(mime.data_url(png())), Intake(written_out=1)),
        (mime.plain_text("data:text/html,<p>"), Intake(text="data:text/html,<p>")),
        (QMimeData(), Intake()),
    ],
)
def test_formats_tell_what_is_meant(data: QMimeData, intake: Intake) -> None:
    assert intake_of(data) == intake


def test_files_and_pixels_are_counted_for_the_words_of_the_drop_frame() -> None:
    assert intake_of(mime.files(HERE, HERE)).image_count == 2
    assert intake_of(mime.pixels()).image_count == 1
    assert intake_of(mime.mail_attachments({"a.png": b"", "b.heic": b""})).image_count == 2
    assert intake_of(mime.plain_text("")).image_count == 0


def test_names_beyond_ascii_and_blanks_survive(tmp_path: Path) -> None:
    path = tmp_path / "截图 #1 100%.png"

    assert sources_of(mime.files(path), "Pasted") == [ImageFile(path)]


def test_a_name_that_is_no_utf8_survives(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"a \xff\n.png")
    data = QMimeData()
    data.setData("text/uri-list", b"# a comment\r\n" + path.as_uri().encode() + b"\r\n")

    assert sources_of(data, "Pasted") == [ImageFile(path)]


@pytest.mark.parametrize(
    ("lines", "files"),
    [
        ("cut\nfile:///a.png\nfile:///b%20c.png\n", ["/a.png", "/b c.png"]),
        ("copy\r\nfile:///a.png\r\n\r\n", ["/a.png"]),
        ("file:///a.png", []),
        ("copy\nfile:a.png\n/b.png\nb.png\n../c.png\n~/d.png\nfile://\n", []),
        ("copy\nfile:///a.png file:///b.png", ["/a.png file:/b.png"]),
    ],
)
def test_a_file_managers_lines_are_addresses(lines: str, files: list[str]) -> None:
    data = QMimeData()
    data.setData("x-special/gnome-copied-files", lines.encode())

    assert [str(file.path) for file in intake_of(data).files] == files


def test_nothing_is_asked_of_another_computer() -> None:
    elsewhere = ImageFile(Path("/share/a.png"), "server")
    data = mime.addresses([QUrl("file://server/share/a.png")])
    assert sources_of(data, "Pasted") == [elsewhere]

    data.setData("image/png", png())
    assert sources_of(data, "Pasted") == [ImageBytes("Pasted.png", png())]


@pytest.mark.parametrize(
    "text", ["/etc/passwd", "file:///etc/passwd", "~/.ssh/id_rsa", "\\\\server\\a.png", "C:\\a"]
)
def test_text_that_names_a_file_opens_none(text: str) -> None:
    assert intake_of(mime.plain_text(text)) == Intake(text=text)


def test_files_are_meant_before_pixels() -> None:
    both = mime.browser_picture()
    both.setUrls([QUrl.fromLocalFile(str(HERE))])

    assert sources_of(both, "Pasted") == [ImageFile(HERE)]


def test_pixels_are_taken_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    both = mime.browser_picture()
    both.setUrls([QUrl.fromLocalFile(str(tmp_path / "promised.png"))])

    assert sources_of(both, "Pasted") == [ImageBytes("Pasted.png", png())]


def test_a_file_that_is_not_there_is_named_when_nothing_else_came(tmp_path: Path) -> None:
    path = tmp_path / "gone.png"

    assert sources_of(mime.files(path), "Pasted") == [ImageFile(path)]


def test_images_of_a_mail_come_with_their_names() -> None:
    data = mime.mail_attachments({"一 .png": b"1", "notes.docx": b"2", "folder\\b.heic": b"3"})

    assert sources_of(data, "Pasted") == [ImageBytes("一 .png", b"1"), ImageBytes("b.heic", b"3")]


@pytest.mark.parametrize(
    "name", ["..\\..\\a.png", "C:\\Users\\a.png", "../../a.png", "\\\\server\\share\\a.png"]
)
def test_a_virtual_file_is_in_no_folder(name: str) -> None:
    assert sources_of(mime.mail_attachments({name: b"1"}), "Pasted") == [ImageBytes("a.png", b"1")]


def test_a_promise_that_is_not_kept_leaves_the_pixels() -> None:
    data = mime.mail_attachments({"a.png": b""})
    data.setData("image/png", png())

    assert sources_of(data, "Pasted") == [ImageBytes("Pasted.png", png())]


def test_a_dragged_bookmark_is_no_image() -> None:
    assert not intake_of(mime.mail_attachments({"Example.url": b"[InternetShortcut]"})).has_images


@given(st.binary(max_size=1500))
def test_any_bytes_are_some_names_or_none(descriptor: bytes) -> None:
    assert len(file_names(descriptor)) <= 2


@given(
    st.lists(st.text(st.characters(exclude_characters="\0\\/", codec="utf-16-le"), max_size=120), max_size=5)
)
def test_names_come_back_as_they_were(names: list[str]) -> None:
    assert file_names(mime.descriptor(names)) == names


def test_encoded_bytes_are_taken_as_they_are() -> None:
    assert sources_of(mime.dragged_browser_picture(), "Pasted") == [ImageBytes("Pasted.png", png())]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("image/jpeg", "Pasted.jpg"),
        ("image/webp", "Pasted.webp"),
        ("image/gif", "Pasted.gif"),
        ("image/heic", "Pasted.heic"),
        ("image/vnd.adobe.photoshop", "Pasted.psd"),
    ],
)
def test_the_name_tells_the_format(kind: str, name: str) -> None:
    data = QMimeData()
    data.setData(kind, b"bytes")

    assert sources_of(data, "Pasted") == [ImageBytes(name, b"bytes")]


def test_pixels_become_a_lossless_file() -> None:
    (source,) = sources_of(mime.pixels(), "Pasted")

    assert isinstance(source, ImageBytes)
    with Image.open(io.BytesIO(source.data)) as picture:
        assert (picture.format, picture.size) == ("BMP", (12, 16))
        assert picture.convert("RGB").getpixel((5, 5)) == (0, 128, 128)


def test_an_empty_picture_is_none() -> None:
    data = QMimeData()
    data.setImageData(QImage())

    assert sources_of(data, "Pasted") == []


@pytest.mark.parametrize(
    ("kind", "name"), [("image/png", "Pasted.png"), ("image/jpeg", "Pasted.jpg"), ("image/svg+xml", "Pasted")]
)
def test_an_image_written_out_in_its_address_is_taken(kind: str, name: str) -> None:
    url = mime.data_url(png(), kind)
    for data in (mime.addresses([QUrl(url)]), mime.plain_text(url)):
        (source,) = sources_of(data, "Pasted")

        assert isinstance(source, ImageInURL)
        assert (source.name, source.data) == (name, png())


def test_several_written_out_are_as_many_images() -> None:
    urls = [QUrl(mime.data_url(png(color=color))) for color in ("teal", "tomato")]

    assert intake_of(mime.addresses(urls)).image_count == 2
    assert len(sources_of(mime.addresses(urls), "Pasted")) == 2


def test_text_brings_no_image() -> None:
    assert sources_of(mime.plain_text("https://example.com/a.png"), "Pasted") == []
