"""The installed app, file by file: what every package for Linux holds."""

from __future__ import annotations

import gzip
import os
import shutil
from pathlib import Path

from environment import Environment

from installers.copyright_file import copyright_text
from installers.icons import put_icons
from installers.manual import manual
from installers.metainfo import metainfo
from installers.places import BUNDLE, CHECKOUT, LINUX
from installers.release import APPSTREAM_ID, PACKAGE, changelog_text, source_date_epoch

_PYTHON = Environment(CHECKOUT).python
_PROGRAM = BUNDLE.relative_to("usr") / PACKAGE


def lay_out(bundle: Path, root: Path, *, python: Path = _PYTHON) -> None:
    """Fill `root`/usr with the app in the folder `bundle` and all that a desktop wants to know of it.

    Names, bytes, modes and times depend on the bundle and the checkout only; owners are who runs this.
    `python`: that of `.venv`, which draws the icons.

    Raises:
        FileExistsError: There is a `root`/usr already.
        CalledProcessError: An icon could not be drawn.
    """
    usr = root / "usr"
    usr.mkdir(parents=True)
    shutil.copytree(bundle, (usr / _PROGRAM).parent, symlinks=True, copy_function=shutil.copyfile)
    _link(usr / "bin" / PACKAGE, Path("..", _PROGRAM))
    _put_desktop_files(usr / "share")
    put_icons(python, usr / "share" / "icons" / "hicolor")
    _put_documents(usr / "share")
    _settle(usr)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────────────


def _put_desktop_files(share: Path) -> None:
    _write(share / "applications" / f"{PACKAGE}.desktop", _template(f"{PACKAGE}.desktop"))
    _write(share / "bash-completion" / "completions" / PACKAGE, _template(f"{PACKAGE}.bash"))
    _write(share / "metainfo" / f"{APPSTREAM_ID}.metainfo.xml", metainfo().encode())


def _put_documents(share: Path) -> None:
    _write(share / "man" / "man1" / f"{PACKAGE}.1.gz", _zipped(manual()))
    _write(share / "doc" / PACKAGE / "changelog.gz", _zipped(changelog_text()))
    _write(share / "doc" / PACKAGE / "copyright", copyright_text().encode())


def _template(name: str) -> bytes:
    return (LINUX / name).read_bytes()


def _zipped(text: str) -> bytes:
    return gzip.compress(text.encode(), 9, mtime=0)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _link(link: Path, target: Path) -> None:
    link.parent.mkdir(parents=True)
    link.symlink_to(target)


def _settle(usr: Path) -> None:
    """Give everything its mode and the release's time, whatever the umask and the hour."""
    epoch = source_date_epoch()
    for path in (usr, *usr.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == usr / _PROGRAM else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)
