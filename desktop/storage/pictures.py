"""Images of questions on their way into the database: bytes into files first, then rows that name them."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from desktop.domain.images import ImageInput, KeptImage
from desktop.domain.messages import ImagePart, Part
from desktop.storage.image_files import ImageFiles
from desktop.storage.rows import image_row, kept_image

_NAMED = "SELECT 1 FROM part WHERE image = ?1 UNION ALL SELECT 1 FROM draft_part WHERE image = ?1 LIMIT 1"


class Pictures:
    """Puts images into `files` and takes back what was put there in vain."""

    def __init__(self, files: ImageFiles) -> None:
        self._files = files
        self._new: list[str] = []

    @contextmanager
    def in_vain_if_it_fails(self) -> Iterator[None]:
        """If what is done inside fails, so that no row names them, the files of new images go again."""
        try:
            yield
        except BaseException:
            for digest in self._new:
                with suppress(OSError):  # what stays is swept up one day
                    self._files.remove(digest)
            raise

    def keep(self, parts: Iterable[Part]) -> tuple[Part, ...]:
        """`parts` with the bytes of their images on the disk. Raises `OSError`."""
        return tuple(self._keep(part) for part in parts)

    def _keep(self, part: Part) -> Part:
        if not isinstance(part, ImagePart) or not isinstance(part.image, ImageInput):
            return part
        kept = kept_image(part.image, self._files.digest_of(part.image))
        if self._files.keep(part.image, kept):
            self._new.append(kept.digest)
        return ImagePart(kept)


def name_images(db: sqlite3.Connection, parts: Sequence[Part]) -> None:
    """Make the rows of the images of `parts`, unless there are some."""
    images = [part.image for part in parts if isinstance(part, ImagePart)]
    rows = [image_row(image) for image in images if isinstance(image, KeptImage)]
    db.executemany("INSERT INTO image VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", rows)


def forget_unnamed(db: sqlite3.Connection, digests: Iterable[str]) -> list[str]:
    """Drop the rows of those of `digests` that are in no question and no draft, and return them.

    Their files are to go once that is committed.
    """
    gone = [digest for digest in set(digests) if db.execute(_NAMED, (digest,)).fetchone() is None]
    db.executemany("DELETE FROM image WHERE digest = ?", [(digest,) for digest in gone])
    return gone
