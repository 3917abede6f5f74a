"""The bundle that PyInstaller makes, on a real Linux: its program, as a user without Python has it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import distributions, version
from pathlib import Path

import pytest

from desktop.diagnosis.facts import PACKAGES
from desktop.domain.settings import Endpoint, Settings
from desktop.worker import landlock, seccomp
from desktop.worker.command import WORKER_ARGUMENT
from tests.support.desktop_session import DesktopSession
from tests.support.display import display
from tests.support.frozen import environ_given, frozen_texts, linked
from tests.support.scripts import CHECKOUT, load_script
from tests.support.secret_service import bare_environ, secret_service
from tests.support.server import ScriptedServer
from tests.support.server_process import server_process
from tests.support.server_scripts import SCRIPTS
from tests.support.waiting import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.real]

SAMPLE = CHECKOUT / "resources" / "samples" / "receipt.png"
KEY = "sk-kept-in-the-keyring"
READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
TELL = '#!/bin/sh\ncat "/proc/$$/environ" > "{told}.new"\nmv "{told}.new" "{told}"\nexit 1\n'


@pytest.fixture(scope="module")
def bundle() -> Path:
    """Nearly half a gigabyte, so the next run puts its own in that place."""
    into = CHECKOUT / "build" / "bundle"
    made: Path = load_script("installers.bundle").build_bundle(Path(sys.executable), into)
    return made


# ── what is in it ───────────────────────────────────────────────────────────────────────────────


def test_every_library_is_found(bundle: Path) -> None:
    inside = bundle / "_internal"
    libraries = [str(each.path) for each in load_script("installers.elf").files(inside)]
    environ = os.environ | {"LD_LIBRARY_PATH": str(inside)}
    # not those beside a wheel: they are found through the RPATH of what loads them
    loaded = [each for each in libraries if ".libs/" not in each]
    listing = subprocess.run(["ldd", *loaded], env=environ, capture_output=True, text=True, check=False)
    assert [line for line in listing.stdout.splitlines() if "not found" in line] == []


def test_it_knows_the_versions_of_what_it_stands_on(bundle: Path) -> None:
    there = {each.name: each.version for each in distributions(path=[str(bundle / "_internal")])}
    named = {name.lower().replace("_", "-"): number for name, number in there.items()}
    names = [name.lower().replace("_", "-") for name in PACKAGES]
    assert {name: named.get(name) for name in names} == {name: version(name) for name in names}


def test_nothing_tells_of_the_building_machine(bundle: Path) -> None:
    places = [str(CHECKOUT).encode(), str(Path(sys.base_prefix).parent).encode()]
    files = (path for path in bundle.rglob("*") if path.is_file())
    assert [path.name for path in files if any(place in path.read_bytes() for place in places)] == []
    texts = frozen_texts(bundle / "viewfinder")
    assert [text for text in texts if any(place.decode() in text for place in places)] == []


# ── what it does, wherever it lies ──────────────────────────────────────────────────────────────


def test_it_finds_itself_sound(bundle: Path, tmp_path: Path) -> None:
    environ = bare_environ(tmp_path) | {"QT_QPA_PLATFORM": "offscreen"}
    command = [str(bundle / "viewfinder"), "--selftest"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 0, done.stdout


def reads_the_sample(command: Sequence[str | Path], environ: Mapping[str, str], folder: Path) -> None:
    """The program reads, and the kernel says that its worker shut itself in."""
    log = folder / "strace"
    calls = "trace=execve,landlock_restrict_self,seccomp,prctl"
    strace = ["strace", "--follow-forks", "--seccomp-bpf", "-s", "1000", "-e", calls, "-o", str(log), "--"]
    line = [*strace, *map(str, command), "ask", str(SAMPLE)]
    done = subprocess.run(line, env=environ, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 0, done.stderr
    assert [line for line in ("MAPLE", "33.46", "谢谢惠顾") if line not in done.stdout] == []
    lines = log.read_text("utf-8", "backslashreplace").splitlines()
    workers = {line.split()[0] for line in lines if "execve(" in line and f'"{WORKER_ARGUMENT}"' in line}
    told = [line for line in lines if line.split()[0] in workers and line.endswith("= 0")]
    assert workers
    assert not landlock.version() or any("landlock_restrict_self(" in line for line in told)
    assert not seccomp.is_there() or any("PR_SET_SECCOMP" in line for line in told)


def test_it_reads_the_sample(bundle: Path, tmp_path: Path) -> None:
    reads_the_sample([bundle / "viewfinder"], bare_environ(tmp_path), tmp_path)


def test_in_a_folder_of_any_name(bundle: Path, tmp_path: Path) -> None:
    moved = linked(bundle, tmp_path / "Meine Programme, zweite Hälfte" / "看图")
    reads_the_sample([moved / "viewfinder"], bare_environ(tmp_path), tmp_path)


def test_through_a_symbolic_link(bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    link = tmp_path / "bin" / "viewfinder"
    link.symlink_to(os.path.relpath(bundle / "viewfinder", link.parent))
    reads_the_sample([link], bare_environ(tmp_path), tmp_path)


def test_where_nothing_can_be_written(bundle: Path, tmp_path: Path) -> None:
    aside: list[str | Path] = ["unshare", "--map-root-user", "--mount", "sh", "-c", READ_ONLY, str(bundle)]
    reads_the_sample([*aside, bundle / "viewfinder"], bare_environ(tmp_path), tmp_path)


def test_with_nothing_but_a_home(bundle: Path, tmp_path: Path) -> None:
    reads_the_sample([bundle / "viewfinder"], {"HOME": str(tmp_path)}, tmp_path)


def test_it_finds_the_key_in_the_system_keyring(bundle: Path, tmp_path: Path) -> None:
    with secret_service(tmp_path) as service, ScriptedServer(SCRIPTS["seed-stream"]()) as server:
        store = ["secret-tool", "store", "--label=Viewfinder", "service", "viewfinder"]
        subprocess.run(
            [*store, "username", f"127.0.0.1:{server.port}"],
            env=service.environ,
            input=KEY.encode(),
            timeout=20,
            check=True,
        )
        ask = [str(bundle / "viewfinder"), "ask", str(SAMPLE)]
        to_server = ["--base-url", server.url, "--model", "qwen3-vl-plus"]
        subprocess.run([*ask, *to_server], env=service.environ, capture_output=True, timeout=60, check=True)
        assert [request.headers["authorization"] for request in server.requests] == [f"Bearer {KEY}"]


# ── its window, and what is started from it ─────────────────────────────────────────────────────


def test_its_window_opens_without_the_systems_plugins_and_closes(bundle: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "plugins"
    shutil.copytree(bundle / "_internal" / "PySide6" / "Qt" / "plugins" / "platforms", theirs / "platforms")
    search = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Viewfinder"]
    with (
        display(bare_environ(tmp_path) | {"QT_PLUGIN_PATH": str(theirs)}) as environ,
        subprocess.Popen([bundle / "viewfinder"], env=environ) as app,
    ):
        subprocess.run([*search, "windowfocus", "--sync"], env=environ, timeout=60, check=True)
        loaded = Path(f"/proc/{app.pid}/maps").read_text("utf-8")
        subprocess.run(["xdotool", "key", "ctrl+q"], env=environ, timeout=20, check=True)
        assert app.wait(20) == 0
    assert str(bundle / "_internal" / "PySide6" / "Qt" / "plugins" / "platforms" / "libqxcb.so") in loaded
    assert str(theirs) not in loaded


def test_what_it_starts_gets_the_users_own_environment(bundle: Path, desk: DesktopSession) -> None:
    programs = desk.home / "programs"
    programs.mkdir()
    told = {name: desk.home / name for name in ("xdg-open", "gsettings")}
    for name, file in told.items():
        (programs / name).write_text(TELL.format(told=file), "utf-8")
        (programs / name).chmod(0o700)
    own = {"LD_LIBRARY_PATH": "/opt/lib", "QT_PLUGIN_PATH": "/opt/plugins", "QT_IM_MODULE": "fcitx"}
    environ = desk.environ | own | {"PATH": f"{programs}:{desk.environ['PATH']}"}
    with desk.app(environ=environ, bundle=bundle) as app:
        desk.hand.key("ctrl+comma")
        app.wait_for("API key")
        app.click("Get a key…")
        wait_for("a browser", told["xdg-open"].exists)
        app.click("Test")
        wait_for("a look at the proxies", told["gsettings"].exists)
        desk.hand.key("Escape")
        app.wait_until_gone("API key")
        app.quit()
    for file in told.values():
        assert environ_given(file) == environ


def test_it_goes_on_when_another_version_has_taken_its_place(bundle: Path, desk: DesktopSession) -> None:
    installed = linked(bundle, desk.home / "installed")
    program = installed / "viewfinder"
    with server_process("slow-markdown", desk.home) as server:
        url = server.url.replace("127.0.0.1", "localhost")
        desk.configure(Settings(Endpoint("custom", base_url=url), model="local-vision-7b"))
        with desk.app(SAMPLE, bundle=installed) as app:
            app.wait_for_words("Attachments", "×")  # its worker has looked at it
            # what makes code colourful has not been loaded so far
            program.rename(desk.home / "older")
            (desk.home / "older").unlink()
            program.write_bytes(b"another version")
            # nor what turns the name of a host into what is looked up
            codecs = installed / "_internal" / "base_library.zip"
            codecs.unlink()
            codecs.write_bytes(b"another version")
            app.ask("Go on")
            wait_for("the answer", lambda: "stays where it is." in "".join(app.reader.messages("Answer")))
            app.quit()
