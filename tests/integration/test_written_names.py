"""No file is written under a name from outside: the history knows images by their digests alone."""

from pathlib import Path

import pytest

from desktop.domain.images import KeptImage, digest
from desktop.storage.image_files import ImageFiles
from tests.support.pictures import image


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "name",
    ["../../../escaped.png", "/tmp/absolute.png", "..\\..\\escaped.png", "C:\\a.png", "CON", "a\0b", ".", ""],
)
def test_an_image_with_any_name_lies_under_its_digest(name: str, tmp_path: Path) -> None:
    home = tmp_path / "a" / "b" / "history"
    picture = image(name)
    digested = digest(picture.data)
    kept = KeptImage(name, "image/png", digested, len(picture.data), picture.size, picture.source_digest)

    ImageFiles(home).keep(picture, kept)

    place = f"{digested[:2]}/{digested}.png"
    inside = home.relative_to(tmp_path).as_posix()
    assert files_in(tmp_path) == [f"{inside}/images/{place}", f"{inside}/thumbnails/{place}"]


@pytest.mark.parametrize(
    "stored", ["../../secret", "/etc/passwd", "..", "CON", "A" * 64, "0" * 63 + "\n", ""]
)
def test_a_history_that_somebody_else_wrote_names_no_other_file(stored: str, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    files = ImageFiles(tmp_path / "history" / "here")
    kept = KeptImage("a.png", "image/png", stored, 6, image().size, stored)

    assert files.read(kept) is None
    assert files.thumbnail(stored) == b""
    files.remove(stored)
    assert files_in(tmp_path) == ["secret.png"]
