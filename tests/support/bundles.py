"""Bundles that hold next to nothing, and the trees that packages are made of them."""

import sys
from pathlib import Path

from tests.support.scripts import load_script

tree = load_script("installers.tree")


def make_bundle(folder: Path, program: bytes = b"\x7fELF") -> Path:
    """Fill `folder` with a bundle's kinds of files, in odd modes: program, library, a link to it, data."""
    inside = folder / "_internal"
    inside.mkdir(parents=True, mode=0o700)
    for file, mode in ((folder / "viewfinder", 0o700), (inside / "libone.so.1", 0o755)):
        file.write_bytes(program)
        file.chmod(mode)
    (inside / "libone.so").symlink_to("libone.so.1")
    (inside / "data.txt").write_text("data")
    (inside / "data.txt").chmod(0o600)
    return folder


def laid_out(folder: Path, program: bytes = b"\x7fELF") -> Path:
    """The `usr` of a tree in `folder`, made of such a bundle."""
    tree.lay_out(make_bundle(folder / "bundle", program), folder / "root", python=Path(sys.executable))
    return folder / "root" / "usr"
