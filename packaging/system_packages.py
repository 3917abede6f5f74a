"""Debian's packages that the app and its tests need: which are missing, and how they come in.

The lists are the files of `system/`. They name Debian 12's packages and serve later Debians and Ubuntus
too, since what another package provides counts as installed (`libglib2.0-0t64` provides `libglib2.0-0`).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from console import SetupError, run, say

_LISTS = Path(__file__).parent / "system"
_VITAL = "app"
_DPKG_FORMAT = "${db:Status-Abbrev}\t${Package}\t${Provides}\n"


def listed(name: str) -> list[str]:
    """The packages that the list `name` holds."""
    lines = (_LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def provided(dpkg_listing: str) -> set[str]:
    """Every name that the installed packages of a listing in `_DPKG_FORMAT` answer to."""
    names = set()
    for line in dpkg_listing.splitlines():
        status, package, provides = line.split("\t")
        if status.startswith("ii"):
            names |= {package, *re.findall(r"(?:^|, )([^ ,]+)", provides)}
    return names


def has_apt() -> bool:
    return shutil.which("apt-get") is not None and shutil.which("dpkg-query") is not None


def provide(lists: Sequence[str]) -> None:
    """Install what is missing of `lists` by apt; where that cannot be done, name it.

    Raises:
        SetupError: A package is missing without which nothing starts.
    """
    wanted = [package for name in lists for package in listed(name)]
    missing = _missing(wanted)
    if not missing or _install(missing):
        return
    say(f"Please install what the system lacks: {' '.join(['sudo', *_apt('install', missing)])}")
    if vital := sorted({*missing} & {*listed(_VITAL)}):
        raise SetupError(
            f"Nothing starts without {', '.join(vital)}. Install the packages and run this again."
        )


def _missing(wanted: Iterable[str]) -> list[str]:
    listing = subprocess.run(
        ["dpkg-query", "--show", f"--showformat={_DPKG_FORMAT}"], capture_output=True, text=True, check=True
    )
    there = provided(listing.stdout)
    return [package for package in wanted if package not in there]


def _install(packages: Sequence[str]) -> bool:
    """Let apt install `packages`; its own lists are updated only when they are too old for that."""
    root = _root_prefix()
    if root is None:
        return False
    say(f"Installing system packages: {' '.join(packages)}")
    if _known(packages) and _run_apt(root, "install", packages):
        return True
    say("Updating apt's lists of packages")
    return _run_apt(root, "update") and _run_apt(root, "install", packages)


def _root_prefix() -> list[str] | None:
    """What stands before a command that needs root: nothing, sudo, or None where there is no way."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    return ["sudo"] if sys.stdin.isatty() else ["sudo", "--non-interactive"]


def _known(packages: Sequence[str]) -> bool:
    trial = ["apt-get", "--simulate", "install", *packages]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


def _run_apt(root: Sequence[str], verb: str, packages: Sequence[str] = ()) -> bool:
    # `su` leaves out the folders of dpkg's helpers; sudo passes no variables on by itself
    path = os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin"
    env = ["env", "DEBIAN_FRONTEND=noninteractive", f"PATH={path}"]
    # a machine that has just booted may be at its own upgrades
    return run([*root, *env, *_apt(verb, packages), "--yes", "-o", "DPkg::Lock::Timeout=300"]) == 0


def _apt(verb: str, packages: Sequence[str] = ()) -> list[str]:
    return ["apt-get", verb, *(["--no-install-recommends", *packages] if packages else [])]
