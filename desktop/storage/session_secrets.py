"""Keys for as long as the app runs, whatever the system's keyring does."""

from contextlib import suppress

from desktop.domain.errors import NoKeyring
from desktop.domain.ports import SecretStore


class RememberingSecrets:
    """Keeps every key in memory too, so that the app goes on where `store` cannot keep it.

    `set` remembers first, then lets the store's `SecretError` out: it tells the user that the key is
    kept for this session only.
    """

    def __init__(self, store: SecretStore) -> None:
        self._store = store
        self._keys: dict[str, str] = {}
        self._unkept: set[str] = set()

    def is_kept(self, host: str) -> bool:
        """Whether the key of `host`, if there is one, outlives the app."""
        return host not in self._unkept

    async def get(self, host: str) -> str | None:
        """The key of `host`; a system without a keyring simply has none."""
        if host not in self._keys:
            try:
                key = await self._store.get(host)
            except NoKeyring:
                return None
            if key is None:
                return None
            self._keys.setdefault(host, key)
        return self._keys[host]

    async def set(self, host: str, key: str) -> None:
        self._keys[host] = key
        self._unkept.add(host)
        await self._store.set(host, key)
        self._unkept.discard(host)

    async def delete(self, host: str) -> None:
        try:
            # No keyring: so there is none to forget.
            with suppress(NoKeyring):
                await self._store.delete(host)
        finally:
            self._keys.pop(host, None)
            self._unkept.discard(host)
