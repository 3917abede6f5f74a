"""The app's own desktop entry: that it is valid, and says what is so."""

import configparser
import subprocess
from pathlib import Path

from desktop.cli import _window_parser
from desktop.domain.image_formats import SUFFIXES
from desktop.worker.pixels.container import FORMATS, media_type
from tests.support.scripts import PACKAGING, load_script

ENTRY = PACKAGING / "linux" / "viewfinder.desktop"
TYPES_OF_SUFFIXES = Path("/usr/share/mime/globs2")

metainfo = load_script("installers.metainfo")
DesktopEntry = load_script("proofs.desktop_entry").DesktopEntry


def test_the_entry_is_valid() -> None:
    judged = subprocess.run(
        ["desktop-file-validate", "--warn-kde", ENTRY], capture_output=True, text=True, check=False
    )

    assert (judged.returncode, judged.stdout) == (0, "")


def test_open_with_offers_the_app_for_what_it_reads_and_for_nothing_else() -> None:
    rows = [line.split(":") for line in TYPES_OF_SUFFIXES.read_text().splitlines() if line[:1] != "#"]
    of_suffixes = {row[1] for row in rows if row[2].lower().removeprefix("*") in SUFFIXES}
    of_formats = {media_type(image_format) for image_format in FORMATS}

    # Older systems have no name for animated PNG, and .jpx is a suffix of programs, too.
    needed = {"image/apng", *of_formats, *(name for name in of_suffixes if name.startswith("image/"))}
    assert set(metainfo.media_types()) == needed
    assert len(metainfo.media_types()) == len(needed)


def test_what_it_starts_is_what_the_command_line_knows() -> None:
    entry = DesktopEntry(ENTRY.read_text(encoding="utf-8"))
    (action,) = entry.actions
    program, *options = entry.command(action=action)

    assert entry.command("a.png", "b.png") == ["viewfinder", "a.png", "b.png"]
    assert program == "viewfinder"
    assert _window_parser().parse_args(options).clipboard


def test_every_word_that_users_see_is_in_both_languages() -> None:
    entry = configparser.RawConfigParser()
    entry.read(ENTRY, encoding="utf-8")

    for section, keys in {
        "Desktop Entry": ("GenericName", "Comment", "Keywords"),
        "Desktop Action read-clipboard": ("Name",),
    }.items():
        assert all(entry[section][key] != entry[section][f"{key}[zh_CN]"] for key in keys)
