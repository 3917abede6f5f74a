"""Only the user's own processes hand over, and only to the user's own app, whatever the folder lets in."""

import asyncio
import os
import socket
from pathlib import Path

import pytest

from desktop.instance import peer
from desktop.instance.message import Handover, encoded
from desktop.instance.receiver import Receiver
from tests.conftest import Run
from tests.support.handing import starts
from tests.support.others import NOBODY, needs_root, nobody_listening, say_as_nobody
from tests.support.qt import heard

SAID = Handover(("/shots/a.png",))


def test_ones_own_process_is_known() -> None:
    here, there = socket.socketpair()
    with here, there:
        assert peer.is_same_user(here.fileno())


def test_another_user_is_known_too(monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = socket.socketpair()
    monkeypatch.setattr(os, "geteuid", lambda: NOBODY)
    with here, there:
        assert not peer.is_same_user(here.fileno())


def test_who_cannot_be_told_is_a_stranger() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading), os.fdopen(writing, "w"):
        assert not peer.is_same_user(reading)
    assert not peer.is_same_user(-1)


@needs_root
def test_another_user_is_not_heard_even_where_the_folder_lets_them_in(run: Run) -> None:
    async def scenario() -> None:
        with starts() as near:
            receiver = Receiver()
            taken = heard(receiver.handed_over)
            receiver.listen(near.place.address)
            address, folder = Path(near.place.address), Path(near.place.address).parent
            os.chmod(folder, 0o755)  # noqa: PTH101 - quick, in a coroutine
            os.chmod(address, 0o777)  # noqa: PTH101 - quick, in a coroutine
            words = encoded(SAID).decode().strip()
            assert await asyncio.to_thread(say_as_nobody, near.place.address, words) == ""
            assert taken == []
            receiver.close()

    run(scenario())


@needs_root
def test_nothing_is_handed_over_to_another_user(run: Run) -> None:
    async def scenario() -> None:
        with starts() as near:
            folder = Path(near.place.address).parent
            os.chmod(folder, 0o777)  # noqa: PTH101 - quick, in a coroutine
            with nobody_listening(near.place.address) as planted:
                os.chmod(folder, 0o700)  # noqa: PTH101 - quick, in a coroutine
                start = near.begin("/shots/secret.png")
                assert await start.outcome() == "first", "it is the app itself, then"
                await start.kill()
                planted.kill()
                assert "secret" not in planted.communicate()[0]

    run(scenario())
