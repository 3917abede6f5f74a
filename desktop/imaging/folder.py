"""The images of a folder that was dropped or named."""

import os
import re
import stat
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from desktop.domain.image_errors import EmptyFolder, FileUnreadable, FileVanished, NotAFile
from desktop.domain.image_formats import HEAD, SUFFIXES, looks_like_image
from desktop.domain.images import ImageFile
from desktop.imaging.aside import in_own_thread
from desktop.imaging.file import open_file

MOST_IMAGES = 1_000
"""Four times what any known server takes in one question; whoever asks hears of those left out."""

MOST_NAMES = 100_000
"""Names that are looked at: half a second's work. In a larger folder those beyond are not seen."""


class DiskFolders:
    """Implements the port `FolderReader`: the files directly in a folder, none below, none hidden."""

    async def images_in(self, folder: Path) -> tuple[Path, ...]:
        """At most `MOST_IMAGES`, in natural order. Raises `EmptyFolder`, `FileVanished`, `FileUnreadable`."""
        return await in_own_thread(lambda: _images_in(folder), "look into a folder")


def natural_key(name: str) -> tuple[list[str | int], str]:
    """Sorts as file managers do: numbers by their value, letters whatever their case."""
    parts: list[str | int] = list(_NUMBER.split(name.casefold()))
    parts[1::2] = [int(number) for number in parts[1::2]]
    return parts, name


_NUMBER = re.compile(r"(\d+)")


def _images_in(folder: Path) -> tuple[Path, ...]:
    shown = ImageFile(folder).name
    try:
        with os.scandir(folder) as listing:
            entries = [entry for entry in islice(listing, MOST_NAMES) if not _is_hidden(entry)]
    except (FileNotFoundError, ValueError) as error:
        raise FileVanished(name=shown) from error
    except NotADirectoryError as error:
        raise NotAFile(name=shown) from error
    except OSError as error:
        raise FileUnreadable(name=shown, detail=str(error)) from error
    images = tuple(islice(_images(entries), MOST_IMAGES))
    if not images:
        raise EmptyFolder(name=shown)
    return images


def _images(entries: list[os.DirEntry[str]]) -> Iterator[Path]:
    for entry in sorted(entries, key=lambda entry: natural_key(entry.name)):
        if _may_be_image(entry):
            yield Path(entry.path)


def _may_be_image(entry: os.DirEntry[str]) -> bool:
    suffix = Path(entry.name).suffix.lower()
    is_named_so = suffix in SUFFIXES
    if not is_named_so and _SUFFIX.fullmatch(suffix):
        return False
    try:
        return entry.is_file() and (is_named_so or _begins_like_image(Path(entry.path)))
    except (OSError, NotAFile, FileVanished, FileUnreadable):
        return False  # a link that leads nowhere, a file that went or may not be read


_SUFFIX = re.compile(r"\.[a-z][a-z0-9]*")
"""What tells of a format; "Screenshot 10.20.30" has no suffix."""


def _begins_like_image(path: Path) -> bool:
    descriptor = open_file(ImageFile(path))
    try:
        return looks_like_image(os.read(descriptor, HEAD))
    finally:
        os.close(descriptor)


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return True
    try:
        if sys.platform == "win32":
            return bool(entry.stat().st_file_attributes & stat.FILE_ATTRIBUTE_HIDDEN)
        if sys.platform == "darwin":
            return bool(entry.stat(follow_symlinks=False).st_flags & stat.UF_HIDDEN)
    except OSError:
        return True
    return False
