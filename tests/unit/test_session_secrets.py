"""Keys that are kept for the session."""

import asyncio

import pytest

from desktop.domain.errors import KeyringLocked, NoKeyring, SecretError
from desktop.storage.session_secrets import RememberingSecrets
from tests.support.drawer import Drawer


def test_a_key_is_kept_in_the_store() -> None:
    drawer = Drawer()
    asyncio.run(RememberingSecrets(drawer).set("host", "key"))

    assert drawer.keys == {"host": "key"}
    assert asyncio.run(RememberingSecrets(drawer).get("host")) == "key"


@pytest.mark.parametrize("error", [NoKeyring(), KeyringLocked()])
def test_a_store_that_fails_is_told_and_the_key_remembered(error: SecretError) -> None:
    async def scenario() -> None:
        secrets = RememberingSecrets(Drawer(error))
        with pytest.raises(type(error)):
            await secrets.set("host", "key")
        assert await secrets.get("host") == "key"
        assert not secrets.is_kept("host")

    asyncio.run(scenario())


def test_a_key_is_kept_once_the_store_takes_it() -> None:
    async def scenario() -> None:
        drawer = Drawer(KeyringLocked())
        secrets = RememberingSecrets(drawer)
        with pytest.raises(KeyringLocked):
            await secrets.set("host", "key")
        drawer.error = None
        await secrets.set("host", "key")
        assert secrets.is_kept("host")

    asyncio.run(scenario())


def test_the_store_is_asked_once() -> None:
    async def scenario() -> None:
        drawer = Drawer()
        drawer.keys["host"] = "key"
        secrets = RememberingSecrets(drawer)
        assert [await secrets.get("host") for _ in range(3)] == ["key"] * 3
        assert drawer.asked == 1

    asyncio.run(scenario())


def test_a_key_may_come_later() -> None:
    async def scenario() -> None:
        drawer = Drawer()
        secrets = RememberingSecrets(drawer)
        assert await secrets.get("host") is None
        drawer.keys["host"] = "key"
        assert await secrets.get("host") == "key"

    asyncio.run(scenario())


def test_without_a_keyring_there_is_no_key_and_nothing_to_complain_of() -> None:
    async def scenario() -> None:
        secrets = RememberingSecrets(Drawer(NoKeyring()))
        assert await secrets.get("host") is None
        await secrets.delete("host")

    asyncio.run(scenario())


def test_a_locked_keyring_is_told_when_a_key_is_wanted() -> None:
    with pytest.raises(KeyringLocked):
        asyncio.run(RememberingSecrets(Drawer(KeyringLocked())).get("host"))


def test_a_deleted_key_is_forgotten_everywhere() -> None:
    async def scenario() -> None:
        drawer = Drawer()
        secrets = RememberingSecrets(drawer)
        await secrets.set("host", "key")
        await secrets.delete("host")
        assert await secrets.get("host") is None
        assert drawer.keys == {}

    asyncio.run(scenario())


def test_no_key_is_in_a_repr() -> None:
    secrets = RememberingSecrets(Drawer())
    asyncio.run(secrets.set("host", "very-secret"))

    assert "very-secret" not in repr(secrets)
