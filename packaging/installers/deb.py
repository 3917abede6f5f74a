"""The .deb, packed by dpkg-deb."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

from console import run_well

from installers.depends import depends
from installers.elf import floors, needed
from installers.places import BUNDLE, LINUX
from installers.release import HOMEPAGE, MAINTAINER, VERSION, file_name, source_date_epoch
from installers.sizes import installed_size
from installers.whole import whole

_SMALL, _QUICK = ("-Zxz", "-z6"), ("-Zgzip", "-z1")

DATA = ("xkb-data",)
"""What the bundle reads of the system: without keyboards' layouts its libxkbcommon gives Qt no keyboard."""

LINTIAN = Path("usr", "share", "lintian", "overrides", "viewfinder")
"""The one file that the .deb has beyond the tree: which of lintian's findings are meant, and why."""


def build_deb(root: Path, into: Path, version: str = VERSION, *, quick: bool = False) -> Path:
    """Pack the tree below `root` as `into`/viewfinder_VERSION_amd64.deb and return that path.

    The same tree gives the same bytes. `quick`: larger and sooner, to try it out.

    Raises:
        SetupError: The bundle needs what no package is known for, or dpkg-deb failed.
    """
    target = into / file_name("deb", version)
    # beside the tree, since the staged one is made of links to its files
    with TemporaryDirectory(prefix="deb-", dir=root.parent) as folder, whole(target) as unfinished:
        staged = _staged(root, Path(folder, "root"))
        _describe(staged, "".join(_md5sums(staged)), control(staged, version))
        _pack(staged, unfinished, _QUICK if quick else _SMALL)
    return target


def control(root: Path, version: str) -> str:
    """The text of the package's control file.

    Raises:
        SetupError: The bundle needs what no package is known for.
    """
    bundle = root / BUNDLE
    relations = sorted([*depends(needed(bundle), floors(bundle)), *DATA])
    return Template((LINUX / "control").read_text(encoding="utf-8")).substitute(
        version=version,
        installed_size=installed_size(root),
        depends=", ".join(relations),
        maintainer=MAINTAINER,
        homepage=HOMEPAGE,
    )


# ── inside ──────────────────────────────────────────────────────────────────────────────────────────────


def _staged(root: Path, staged: Path) -> Path:
    """The same tree again, made of links, and what lintian is to pass over."""
    shutil.copytree(root, staged, symlinks=True, copy_function=os.link)
    _write(staged / LINTIAN, (LINUX / "lintian-overrides").read_text(encoding="utf-8"))
    return staged


def _describe(staged: Path, md5sums: str, control: str) -> None:
    _write(staged / "DEBIAN" / "md5sums", md5sums)
    _write(staged / "DEBIAN" / "control", control)


def _md5sums(root: Path) -> Iterator[str]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False))
            yield f"{digest.hexdigest()}  {path.relative_to(root)}\n"


def _write(file: Path, text: str) -> None:
    """Write a file, whatever the umask."""
    for folder in [each for each in file.parents if not each.exists()][::-1]:
        folder.mkdir()
        folder.chmod(0o755)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o644)


def _pack(staged: Path, target: Path, how: tuple[str, ...]) -> None:
    # no time in it is later than that
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(source_date_epoch())}
    run_well(["dpkg-deb", "--root-owner-group", *how, "--build", str(staged), str(target)], env=env)
