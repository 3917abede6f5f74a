import gzip
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.support.bundles import laid_out, make_bundle
from tests.support.scripts import load_script

icons = load_script("installers.icons")
release = load_script("installers.release")
tree = load_script("installers.tree")

SMALL = 32  # px
DOCUMENTS = {
    "applications/viewfinder.desktop",
    "bash-completion/completions/viewfinder",
    "doc/viewfinder/changelog.gz",
    "doc/viewfinder/copyright",
    "icons/hicolor/scalable/apps/viewfinder.svg",
    "icons/hicolor/symbolic/apps/viewfinder-symbolic.svg",
    f"metainfo/{release.APPSTREAM_ID}.metainfo.xml",
    "man/man1/viewfinder.1.gz",
    *(f"icons/hicolor/{size}x{size}/apps/viewfinder.png" for size in icons.SIZES),
}


@pytest.fixture(scope="module")
def usr(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laid_out(tmp_path_factory.mktemp("tree"))


def described(usr: Path) -> Iterator[tuple[object, ...]]:
    """Everything of each entry that a package keeps."""
    for path in sorted((usr, *usr.rglob("*"))):
        facts = path.lstat()
        content = path.readlink() if path.is_symlink() else path.is_file() and path.read_bytes()
        yield path.relative_to(usr), oct(facts.st_mode), facts.st_mtime, content


def test_the_tree_holds_the_bundle_and_what_a_desktop_wants_to_know(usr: Path) -> None:
    files = {path.relative_to(usr).as_posix() for path in usr.rglob("*") if not path.is_dir()}

    assert files == {
        "bin/viewfinder",
        "lib/viewfinder/viewfinder",
        "lib/viewfinder/_internal/libone.so",
        "lib/viewfinder/_internal/libone.so.1",
        "lib/viewfinder/_internal/data.txt",
        *(f"share/{document}" for document in DOCUMENTS),
    }


def test_the_command_leads_to_the_program_wherever_the_tree_stands(usr: Path) -> None:
    command = usr / "bin" / "viewfinder"

    assert not command.readlink().is_absolute()
    assert command.resolve() == (usr / "lib" / "viewfinder" / "viewfinder").resolve()
    assert (usr / "lib/viewfinder/_internal/libone.so").readlink() == Path("libone.so.1")


def test_only_the_program_can_be_run_and_all_can_be_read(usr: Path) -> None:
    modes = {oct(path.stat().st_mode & 0o7777) for path in usr.rglob("*") if path.is_dir()}
    programs = [path for path in usr.rglob("*") if path.is_file() and path.stat().st_mode & 0o111]

    assert modes == {"0o755"}
    assert {path.resolve() for path in programs} == {(usr / "lib/viewfinder/viewfinder").resolve()}
    assert all(path.stat().st_mode & 0o7666 == 0o644 for path in usr.rglob("*") if path.is_file())


def test_two_layouts_are_the_same_to_the_byte_whatever_the_umask(usr: Path, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        again = laid_out(tmp_path)
    finally:
        os.umask(before)

    assert list(described(again)) == list(described(usr))
    assert {facts[2] for facts in described(again)} == {release.source_date_epoch()}


def test_the_icons_have_their_sizes_and_sharp_lines_where_they_are_small(usr: Path) -> None:
    for size in icons.SIZES:
        with Image.open(usr / f"share/icons/hicolor/{size}x{size}/apps/viewfinder.png") as icon:
            assert (icon.format, icon.mode, icon.size) == ("PNG", "RGBA", (size, size))
            colours = {colour: count for count, colour in icon.getcolors(size**2) or ()}
            # a tenth of the drawing is white, less what lies between two pixels
            assert colours[255, 255, 255, 255] / size**2 > (0.08 if size <= SMALL else 0.05)


def test_what_is_zipped_is_what_was_written_and_bears_no_time(usr: Path) -> None:
    changelog = usr / "share/doc/viewfinder/changelog.gz"

    assert gzip.decompress(changelog.read_bytes()).decode() == release.changelog_text()
    assert changelog.read_bytes()[4:8] == bytes(4)


def test_a_tree_that_is_there_is_not_laid_over(usr: Path, tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        tree.lay_out(make_bundle(tmp_path), usr.parent, python=Path(sys.executable))
