"""The .run, packed by makeself: one file that installs into ~/.local without rights.

Inside is install.sh with what it needs, and the tree as the packages have it, compressed a second time apart:
so no more than the file's own size is unpacked to a temporary folder, and the tree at once to where it stays.
It is compressed with gzip: xz would make it smaller, but not every system that has tar has xz.
"""

from __future__ import annotations

import gzip
import re
import shutil
import tarfile
from pathlib import Path

from console import SetupError, run_well

from installers.elf import dotted, floors
from installers.places import LINUX
from installers.release import VERSION, file_name, releases, source_date_epoch
from installers.sizes import installed_size
from installers.whole import whole

PAYLOAD = "payload.tar.gz"
_NAMES = ("install.sh", "shared.sh", "uninstall.sh")
# 9 would make it 0.4 % smaller in five times the time.
_SMALL, _QUICK = 6, 1
_SETUP = "setup"
# No change may add a line, since makeself has counted them.
_CHANGES = (
    # our options go on to install.sh, though no `--` stands before them
    (
        b"\n    -*)\n\techo Unrecognized",
        b"\n    --uninstall|--prefix|--prefix=*) break;; -*)\n\techo Unrecognized",
    ),
    # /tmp is often in memory, and then too small for the file and the desktop that runs
    (b"TMPROOT=${TMPDIR:=/tmp}", b"TMPROOT=${TMPDIR:=/var/tmp}"),
    # a damaged file, or too little room, would leave there what was unpacked
    (
        b'\nlocation="`pwd`"\n',
        b"""\ntest "$keep" = y || trap 'cd "$location"; rm -rf "$tmpdir"' 0; location="`pwd`"\n""",
    ),
)
_HELP = """\
Viewfinder for one user, installed without rights into ~/.local.
  --uninstall    take it away again; settings and conversations stay
  --prefix DIR   install into, or uninstall from, DIR instead

"""


def build_run(root: Path, into: Path, *, quick: bool = False) -> Path:
    """Pack the tree below `root` as `into`/viewfinder-VERSION-x86_64.run and return that path.

    The same tree gives the same bytes. `quick`: larger and sooner, to try it out.

    Raises:
        SetupError: makeself failed, or is one that this does not know.
    """
    target = into / file_name("run")
    with whole(target) as unfinished:
        lay_setup(root, unfinished.with_name(_SETUP), level=_QUICK if quick else _SMALL)
        _pack(unfinished)
        _change_header(unfinished)
        unfinished.chmod(0o755)
    return target


def lay_setup(root: Path, into: Path, *, level: int = _SMALL) -> None:
    """Lay into the new folder `into` what the .run unpacks: `sh install.sh` there installs `root`.

    Args:
        level: How hard gzip tries, 1 to 9.
    """
    into.mkdir()
    for name in _NAMES:
        shutil.copy(LINUX / name, into)
    glibc = dotted(floors(root).get("GLIBC", (2,)))
    known = f"version={VERSION}\nglibc={glibc}\nkib={installed_size(root)}\n"
    (into / "release.sh").write_text(known, encoding="ascii")
    _write_payload(root, into / PAYLOAD, level)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────────────


def _write_payload(root: Path, target: Path, level: int) -> None:
    with target.open("wb") as file, gzip.GzipFile("", "wb", level, file, mtime=0) as compressed:
        _write_archive(root, compressed)


def _write_archive(root: Path, file: gzip.GzipFile) -> None:
    with tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path in sorted(root.rglob("*")):
            archive.add(path, path.relative_to(root), recursive=False, filter=_everyones)


def _everyones(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """The same of whoever builds it, and whenever."""
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    member.mtime = source_date_epoch()
    return member


def _pack(target: Path) -> None:
    """Have makeself put the folder `_SETUP` beside `target` into it."""
    (target.parent / "help").write_text(_HELP, encoding="ascii")
    everyones = f"--sort=name --owner=root:0 --group=root:0 --mtime=@{source_date_epoch()}"
    proofs = ["--sha256", "--nomd5", "--nocrc"]
    looks = ["--nox11", "--noprogress", "--help-header", "help", "--packaging-date", _day()]
    how = ["--quiet", "--nocomp", "--tar-extra", everyones, *proofs, *looks]
    what = [_SETUP, target.name, f"Viewfinder {VERSION}", "sh", "./install.sh"]
    run_well(["makeself", *how, *what], folder=target.parent)


def _day() -> str:
    return releases()[0].moment.date().isoformat()


def _change_header(file: Path) -> None:
    """Make the changes of `_CHANGES` in makeself's part of `file`.

    Raises:
        SetupError: That part is not as it was.
    """
    with file.open("rb") as stream:
        header = b"".join(stream.readline() for _ in range(_header_lines(file)))
        for before, after in _CHANGES:
            if header.count(before) != 1:
                raise SetupError(f"This makeself does not write {before!r}: see installers/run_file.py.")
            header = header.replace(before, after)
        with file.with_name("changed").open("wb") as changed:
            changed.write(header)
            shutil.copyfileobj(stream, changed)
    file.with_name("changed").replace(file)


def _header_lines(file: Path) -> int:
    with file.open("rb") as stream:
        for line in stream:
            if match := re.match(rb'skip="(\d+)"', line):
                return int(match[1])
    raise SetupError("makeself made a file without a header.")
