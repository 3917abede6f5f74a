"""The question that is being written, in the database."""

import sqlite3

from desktop.domain.history import Draft
from desktop.storage import soundness
from desktop.storage.database import transaction
from desktop.storage.image_files import ImageFiles
from desktop.storage.pictures import Pictures, forget_unnamed, name_images
from desktop.storage.rows import IMAGE, PART, part_of, part_rows
from desktop.storage.texts import clean

_PARTS = f"""
SELECT {", ".join(PART[2:])}, {", ".join(IMAGE[1:])}
FROM draft_part LEFT JOIN image ON digest = image ORDER BY place
"""  # noqa: S608 - names of columns


def keep(db: sqlite3.Connection, files: ImageFiles, draft: Draft) -> None:
    """Put `draft` in the place of the one before, whose images go if they are nowhere else."""
    pictures = Pictures(files)
    with pictures.in_vain_if_it_fails():
        parts = pictures.keep(draft.parts)
        with transaction(db):
            before = [row[0] for row in db.execute("SELECT image FROM draft_part WHERE image IS NOT NULL")]
            db.execute(
                "INSERT INTO draft VALUES (1, ?1) ON CONFLICT DO UPDATE SET text = ?1", (clean(draft.text),)
            )
            db.execute("DELETE FROM draft_part")
            name_images(db, parts)
            rows = [(place, *row) for place, _, *row in part_rows(parts)]
            db.executemany("INSERT INTO draft_part VALUES (?, ?, ?, ?, ?, ?)", rows)
            gone = forget_unnamed(db, before)
    for digest in gone:
        files.remove(digest)


def load(db: sqlite3.Connection) -> Draft:
    """The draft; an empty one if there is none."""
    found = db.execute("SELECT text FROM draft").fetchone()
    parts = tuple(part_of(row) for row in db.execute(_PARTS))
    text = found[0] if found is not None else ""
    soundness.check_text(text)
    return Draft(text, parts)
