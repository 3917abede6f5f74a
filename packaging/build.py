#!/usr/bin/env python3
"""Build what is handed to users: `python3 packaging/build.py bundle`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from set_up import CHECKOUT, prepare_bundle

_SPEC = CHECKOUT / "packaging" / "viewfinder.spec"


def bundle_command(python: Path, into: Path) -> list[str]:
    """The command line that makes `into`/viewfinder: a folder with two programs that need no Python."""
    places = ["--distpath", str(into), "--workpath", str(CHECKOUT / "build" / "pyinstaller")]
    return [str(python), "-P", "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", *places, str(_SPEC)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=["bundle"])
    parser.parse_args()
    into = CHECKOUT / "dist"
    status = subprocess.run(bundle_command(prepare_bundle(), into), check=False).returncode
    if status == 0:
        print(into / "viewfinder")
    return status


if __name__ == "__main__":
    sys.exit(main())
