"""Keys that are kept for the session."""

import asyncio

import pytest

from desktop.domain.errors import KeyringLocked, NoKeyring, SecretError
from desktop.storage.session_secrets import RememberingSecrets


class Drawer:
    """A store in memory that fails with `error` as long as there is one."""

    def __init__(self, error: SecretError | None = None) -> None:
        self.keys: dict[str, str] = {}
        self.error = error
        self.asked = 0

    async def get(self, host: str) -> str | None:
        self._use()
        return self.keys.get(host)

    async def set(self, host: str, key: str) -> None:
        self._use()
        self.keys[host] = key

    async def delete(self, host: str) -> None:
        self._use()
        self.keys.pop(host, None)

    def _use(self) -> None:
        self.asked += 1
        if self.error:
            raise self.error


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
