"""A bare Debian in a folder, and how to run programs inside it.

Every program runs in mount and process namespaces of its own, so whatever happens its mounts and daemons end
with it: nothing is ever left mounted, and the folder can be deleted.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from console import SetupError, say
from system_packages import has_apt

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_ENTER = """
mount -t proc proc "$1/proc" && mount -t sysfs sysfs "$1/sys" &&
mount --rbind /dev "$1/dev" && mount -t tmpfs tmpfs "$1/dev/shm" || exit
root=$1
shift
while [ "$1" != -- ]; do
    mkdir -p "$root$1" && mount --bind "$1" "$root$1" || exit
    shift
done
shift
exec chroot "$root" "$@"
"""
_EVERYONES = 0o755  # a temporary folder is its owner's alone, and users and daemons are others
_DOWNLOADS = "--exclude=./var/cache/apt/archives/*.deb"
_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
_PIP_SETTINGS = ("cert", "index-url", "proxy", "timeout", "trusted-host")
_APT_SETTINGS = r"^Acquire::(?:https?|Retries|Check-\S+)\b.*;$"


def require_means() -> None:
    """Raise `SetupError` where no bare system can be made."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise SetupError("Bare systems are made and entered as root: start this again as root.")
    if not has_apt():
        raise SetupError("Bare systems are made with debootstrap and apt: start this on a Debian or Ubuntu.")


@contextmanager
def bare_system(
    cache: Path,
    pip: Sequence[str] = (),
    *,
    suite: str = "bookworm",
    packages: Sequence[str] = ("python3", "python3-venv"),
) -> Iterator[Path]:
    """A fresh root folder with the smallest system of Debian's `suite` and `packages`, deleted at the end.

    Args:
        cache: A folder where the system is kept as an archive for the next time, and unpacked.
        pip: How this machine's pip is called. Inside, registries are reached as this machine does it.
    """
    archive = cache / f"{'-'.join((suite, *sorted(packages)))}.tar"
    cache.mkdir(parents=True, exist_ok=True)
    if not archive.exists():
        _bootstrap(archive, suite, packages)
    with TemporaryDirectory(prefix="root-", dir=cache) as folder:
        root = Path(folder)
        subprocess.run(["tar", "--extract", "--file", archive, "--directory", root], check=True)
        root.chmod(_EVERYONES)
        _reach_registries(root)
        if pip:
            _reach_python_packages(root, pip)
        yield root


def inside(
    root: Path,
    folder: str,
    command: Sequence[str],
    *,
    network: bool = True,
    user: str = "root",
    variables: Mapping[str, str] = MappingProxyType({}),
    shared: Sequence[str] = (),
) -> list[str]:
    """The command line that runs `command` in `folder` of `root`, with a HOME, `variables`, and no others.

    Args:
        user: Whose rights `command` has, by name; `root` must know it.
        shared: Folders of this machine that are seen inside at the same path, as `/tmp/.X11-unix`.
    """
    apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child", *([] if network else ["--net"])]
    enter = ["sh", "-c", _ENTER, "sh", str(root), *shared, "--"]
    home = "/root" if user == "root" else f"/home/{user}"
    set_up = [f"PATH={_PATH}", f"HOME={home}", *(f"{name}={value}" for name, value in variables.items())]
    bare = ["env", "--ignore-environment", f"--chdir={folder}", *set_up]
    return [*apart, *enter, *_as(user), *bare, *command]


def _as(user: str) -> list[str]:
    if user == "root":
        return []
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"]


def _bootstrap(archive: Path, suite: str, packages: Sequence[str]) -> None:
    say(f"Making a bare Debian ({suite}) with debootstrap")
    with TemporaryDirectory(prefix="new-", dir=archive.parent) as folder:
        smallest = ["debootstrap", "--variant=minbase", suite, folder, *_mirror()]
        subprocess.run(smallest, check=True, stdout=subprocess.DEVNULL)
        if packages:
            _install(Path(folder), packages)
        unfinished = archive.with_suffix(".part")
        pack = ["tar", "--create", "--file", str(unfinished), "--directory", folder, _DOWNLOADS, "."]
        subprocess.run(pack, check=True)
        unfinished.rename(archive)


def _install(root: Path, packages: Sequence[str]) -> None:
    """Let apt install `packages` alone: debootstrap itself sets them up in an order that not all can bear."""
    root.chmod(_EVERYONES)
    _reach_registries(root)
    wanted = ("install", "--yes", "--no-install-recommends", *packages)
    for arguments in (("update",), wanted):
        command = inside(root, "/", ["apt-get", *arguments], variables={"DEBIAN_FRONTEND": "noninteractive"})
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _mirror() -> list[str]:
    """Where this machine has Debian from; nothing where it is another system: debootstrap knows one."""
    query = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Label: Debian", "Created-By: Packages"]
    return subprocess.run(query, capture_output=True, text=True, check=True).stdout.split()[:1]


def _reach_registries(root: Path) -> None:
    """Take over this machine's way to Debian's mirror: names, certificate authorities, proxies."""
    shutil.copy("/etc/hosts", root / "etc/hosts")
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    if _AUTHORITIES.exists():
        (root / _AUTHORITIES.relative_to("/")).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(_AUTHORITIES, root / _AUTHORITIES.relative_to("/"))
    dump = subprocess.run(
        ["apt-config", "dump", "Acquire"], capture_output=True, text=True, check=True
    ).stdout
    apt = "\n".join(re.findall(_APT_SETTINGS, dump, re.MULTILINE)) + "\n"
    (root / "etc/apt/apt.conf.d/90host").write_text(apt, encoding="utf-8")


def _reach_python_packages(root: Path, pip: Sequence[str]) -> None:
    """Take over this machine's mirror of Python's packages."""
    settings = "".join(f"{name} = {value}\n" for name, value in _pip_settings(pip).items())
    (root / "etc/pip.conf").write_text(f"[global]\n{settings}", encoding="utf-8")


def _pip_settings(pip: Sequence[str]) -> Mapping[str, str]:
    listing = subprocess.run(
        [*pip, "config", "list"], capture_output=True, text=True, check=True, env=os.environ
    )
    pairs = re.findall(r"^[^.]+\.(\S+)=(.+)$", listing.stdout, re.MULTILINE)
    return {name: ast.literal_eval(value) for name, value in pairs if name in _PIP_SETTINGS}
