"""Keys against a real Secret Service, each scenario in a process of its own, as the app is one."""

import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.support.secret_service import SecretService, bare_environ, secret_service

pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[2]
HOST = "dashscope.aliyuncs.com"
KEY = "sk-0123456789abcdef-never-in-clear"

PRELUDE = f"""
import asyncio, sys, time, traceback
from desktop.domain.errors import KeyringLocked, KeyringSlow, NoKeyring, SecretError
from desktop.storage.secrets import KeyringSecrets

HOST, KEY = {HOST!r}, {KEY!r}

def raised(call, secrets=None):
    try:
        asyncio.run(call)
    except SecretError as error:
        shown = "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))
        assert KEY not in shown + repr(vars(secrets or object)), shown
        return type(error).__name__
    return "nothing"

secrets = KeyringSecrets()
"""


def run(environ: Mapping[str, str], body: str, *arguments: str) -> str:
    """What the scenario prints; it must end by itself, well."""
    process = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", PRELUDE + textwrap.dedent(body), *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    assert KEY not in process.stderr
    return process.stdout.strip()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def service(home: Path) -> Iterator[SecretService]:
    with secret_service(home) as running:
        yield running


STORE = "asyncio.run(secrets.set(HOST, KEY))"


def test_a_kept_key_is_where_other_programs_find_it_and_in_no_file(
    service: SecretService, home: Path
) -> None:
    run(service.environ, STORE)

    assert service.lookup("viewfinder", HOST) == KEY
    files = [path for path in home.rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in files)
    assert not [path for path in files if KEY.encode() in path.read_bytes()]


def test_a_key_outlives_the_process_and_the_session(home: Path) -> None:
    with secret_service(home) as first:
        run(first.environ, STORE)
        assert run(first.environ, "print(asyncio.run(secrets.get(HOST)))") == KEY
    with secret_service(home) as second:
        assert run(second.environ, "print(asyncio.run(secrets.get(HOST)))") == KEY


def test_each_host_has_a_key_of_its_own(service: SecretService) -> None:
    body = """
    async def scenario():
        await secrets.set(HOST, KEY)
        await secrets.set("127.0.0.1:11434", "other")
        await secrets.delete("127.0.0.1:11434")
        await secrets.delete("127.0.0.1:11434")
        print(await secrets.get(HOST) == KEY, await secrets.get("127.0.0.1:11434"))
    asyncio.run(scenario())
    """

    assert run(service.environ, body) == "True None"


def test_a_new_key_takes_the_place_of_the_old_one(service: SecretService) -> None:
    run(service.environ, "asyncio.run(secrets.set(HOST, 'old'))" + "\n" + STORE)

    assert service.lookup("viewfinder", HOST) == KEY


def test_looking_for_a_key_makes_no_collection(home: Path) -> None:
    # With a display, making one asks the user for a new password; without one it fails as if locked.
    with secret_service(home, locked=True) as empty:
        assert run(empty.environ, "print(asyncio.run(secrets.get(HOST)))") == "None"
    assert not list((home / ".local/share/keyrings").iterdir())


def test_a_locked_keyring_says_so(home: Path) -> None:
    with secret_service(home) as unlocked:
        run(unlocked.environ, STORE)
    body = """
    print(raised(secrets.get(HOST)), raised(secrets.set(HOST, KEY), secrets), raised(secrets.delete(HOST)))
    """
    with secret_service(home, locked=True) as locked:
        assert run(locked.environ, body) == "KeyringLocked KeyringLocked KeyringLocked"


def test_without_a_session_bus_there_is_no_keyring(home: Path) -> None:
    body = "print(raised(secrets.get(HOST)), raised(secrets.set(HOST, KEY), secrets))"

    assert run(bare_environ(home), body) == "NoKeyring NoKeyring"


@pytest.mark.parametrize(
    "backend",
    [
        "keyring.backends.null.Keyring",
        "keyring.backends.fail.Keyring",
        "no.such.Keyring",
        "plain.PlainKeyring",
    ],
)
def test_a_keyring_that_does_not_encrypt_is_not_used(
    service: SecretService, tmp_path: Path, backend: str
) -> None:
    (tmp_path / "plain.py").write_text(
        "from keyring.backend import KeyringBackend\n"
        "class PlainKeyring(KeyringBackend):\n"
        "    priority = 9\n"
        "    def set_password(self, *secret): open(__file__ + '.out', 'w').write(str(secret))\n"
        "    def get_password(self, *name): return 'x'\n"
    )
    environ = service.environ | {"PYTHON_KEYRING_BACKEND": backend, "PYTHONPATH": f"{ROOT}:{tmp_path}"}

    assert run(environ, "print(raised(secrets.set(HOST, KEY), secrets), raised(secrets.get(HOST)))") == (
        "NoKeyring NoKeyring"
    )
    assert not (tmp_path / "plain.py.out").exists()
    assert service.lookup("viewfinder", HOST) == ""


def test_of_a_chain_of_keyrings_the_first_that_encrypts_is_used(service: SecretService) -> None:
    run(service.environ | {"PYTHON_KEYRING_BACKEND": "keyring.backends.chainer.ChainerBackend"}, STORE)

    assert service.lookup("viewfinder", HOST) == KEY


def test_a_silent_keyring_holds_up_neither_the_loop_nor_the_end(service: SecretService) -> None:
    body = """
    async def scenario():
        secrets = KeyringSecrets(time_limit=0.3)
        asked = asyncio.create_task(secrets.get(HOST))
        turns = 0
        while not asked.done():
            await asyncio.sleep(0.01)
            turns += 1
        assert turns > 5, turns
        try:
            await asked
        except KeyringSlow as error:
            print(error.facts)
    asyncio.run(scenario())
    """
    run(service.environ, STORE)

    with service.paused():
        assert run(service.environ, body) == "{'seconds': 1}"


def test_what_was_asked_of_a_silent_keyring_is_done_once_it_answers(service: SecretService) -> None:
    body = """
    async def slow(call):
        try:
            await call
        except KeyringSlow:
            return True

    async def scenario():
        secrets = KeyringSecrets(time_limit=0.2)
        assert await slow(secrets.set(HOST, KEY))
        assert await slow(secrets.set(HOST, KEY)), "the same call is waited for again"
        assert len(secrets._last) == 1 and secrets._calls.qsize() == 0
        print("waiting", flush=True)
        sys.stdin.readline()
        secrets._time_limit = 20
        await secrets.set(HOST, KEY)
        print(await secrets.get(HOST) == KEY)
    asyncio.run(scenario())
    """
    run(service.environ, "asyncio.run(secrets.get(HOST))")
    with subprocess.Popen(
        [sys.executable, "-c", PRELUDE + textwrap.dedent(body)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), **service.environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as app:
        assert app.stdin is not None
        assert app.stdout is not None
        with service.paused():
            assert app.stdout.readline() == "waiting\n"
        app.stdin.write("\n")
        app.stdin.close()
        assert app.stdout.readline() == "True\n"
    assert service.lookup("viewfinder", HOST) == KEY


def test_the_library_is_not_loaded_before_it_is_needed(home: Path) -> None:
    assert run(bare_environ(home), "print('keyring' in sys.modules)") == "False"
