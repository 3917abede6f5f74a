"""The bundle that PyInstaller makes: its programs, as a user without Python has them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.display import display
from tests.support.scripts import CHECKOUT, load_script
from tests.support.secret_service import bare_environ, secret_service
from tests.support.server import ScriptedServer
from tests.support.server_scripts import SCRIPTS

pytestmark = [pytest.mark.slow, pytest.mark.real]

SAMPLE = CHECKOUT / "resources" / "samples" / "receipt.png"
KEY = "sk-kept-in-the-keyring"


@pytest.fixture(scope="module")
def bundle() -> Path:
    """The folder with the two programs; half a gigabyte, so the next run writes over it."""
    into = CHECKOUT / "build" / "bundle"
    made = load_script("installers.bundle").build_bundle(Path(sys.executable), into)
    assert isinstance(made, Path)
    return made


def test_it_reads_the_sample(bundle: Path, tmp_path: Path) -> None:
    answer = subprocess.run(
        [bundle / "viewfinder", "ask", SAMPLE],
        env=bare_environ(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert [line for line in ("MAPLE", "33.46", "谢谢惠顾") if line not in answer.stdout] == []


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


def test_its_window_opens_and_closes(bundle: Path, tmp_path: Path) -> None:
    find_it = [
        "xdotool",
        "search",
        "--sync",
        "--onlyvisible",
        "--name",
        "Viewfinder",
        "windowfocus",
        "--sync",
    ]
    with (
        display(bare_environ(tmp_path)) as environ,
        subprocess.Popen([bundle / "viewfinder-gui"], env=environ) as app,
    ):
        subprocess.run(find_it, env=environ, timeout=60, check=True)
        subprocess.run(["xdotool", "key", "ctrl+q"], env=environ, timeout=20, check=True)
        assert app.wait(20) == 0
