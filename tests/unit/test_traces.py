"""The search for traces finds what is planted, in every form, and nothing else."""

import base64
import gzip
import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.support.traces import PART, files, forms, found, parts

SECRET = 'marker/7f3a "ö" & b'
DATA = SECRET.encode()


def zipped(data: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a name", data)
    return archive.getvalue()


def cut_short(data: bytes) -> bytes:
    """A stream whose end has not been written, as in a crash."""
    packer = zlib.compressobj()
    return packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)


PLANTED: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "UTF-16": lambda data: data.decode().encode("utf-16-be"),
    "JSON": lambda data: json.dumps(data.decode()).encode(),
    "address": lambda data: quote(data.decode(), safe="").encode(),
    "capitals": lambda data: data.decode().upper().encode(),
    "hex": lambda data: data.hex().encode(),
    "base64": lambda data: base64.b64encode(b"x" + data),
    "base64 of addresses": lambda data: base64.urlsafe_b64encode(b"xy" + data),
    "zlib": zlib.compress,
    "zlib cut short": cut_short,
    "gzip": gzip.compress,
    "zip": zipped,
    "gzip in base64 in JSON": lambda data: json.dumps(
        {"a": base64.b64encode(gzip.compress(data)).decode()}
    ).encode(),
    "base64 in zlib in zip": lambda data: zipped(b"~" + zlib.compress(base64.b64encode(data))),
}


@pytest.mark.parametrize("form", PLANTED.values(), ids=list(PLANTED))
def test_a_secret_is_found_in_every_form(tmp_path: Path, form: Callable[[bytes], bytes]) -> None:
    (tmp_path / "held").write_bytes(b"\0before: " + form(DATA) + b"\xff after" * 1000)
    (tmp_path / "clean").write_bytes(form(b"something else that is as long"))

    assert found(tmp_path, forms(SECRET)) == ["held"]


def test_names_of_files_folders_and_links_count(tmp_path: Path) -> None:
    secret = "marker-7f3a-b"
    (tmp_path / f"a {secret}.png").touch()
    (tmp_path / "b").symlink_to(f"/nowhere/{secret}")
    (tmp_path / quote(f"file:///{secret}", safe="")).mkdir()

    assert len(found(tmp_path, forms(secret))) == 3


def test_a_row_that_was_deleted_is_found_while_its_bytes_lie_there(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as db:
        db.execute("PRAGMA secure_delete = OFF")
        db.execute("CREATE TABLE a (b TEXT)")
        db.execute("INSERT INTO a VALUES (?)", (SECRET,))
        db.execute("DELETE FROM a")
        assert found(tmp_path, forms(SECRET)) == ["a.db"]
        db.execute("VACUUM")
    assert found(tmp_path, forms(SECRET)) == []


def test_a_value_that_lies_across_two_pages_is_found(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        db.execute("CREATE TABLE a (b TEXT)")
        for n in range(len(DATA)):
            db.execute("INSERT INTO a VALUES (?)", ("~" * (10_000 + 300 * n) + SECRET,))
        db.commit()
    raw, values = (data for path, data in files(tmp_path))
    assert values.count(DATA) == len(DATA)
    assert raw != values


def test_a_log_that_was_not_taken_over_is_found(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE a (b TEXT)")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute("INSERT INTO a VALUES (?)", (SECRET,))
        assert "a.db-wal" in found(tmp_path, forms(SECRET))


def test_parts_of_a_key_are_found(tmp_path: Path) -> None:
    key = "sk-0123456789abcdef0123456789abcdef"
    (tmp_path / "part").write_text(f"Incorrect key: {key[9 : 9 + PART]}…", "utf-8")
    (tmp_path / "shown").write_text(f"sk-…{key[-4:]}", "utf-8")

    assert found(tmp_path, parts(key)) == ["part"]
