"""A store for keys that a test opens and locks."""

from collections.abc import Mapping

from desktop.domain.errors import SecretError


class Drawer:
    """A store in memory that fails with `error` as long as there is one."""

    def __init__(self, error: SecretError | None = None, keys: Mapping[str, str] | None = None) -> None:
        self.keys = dict(keys or {})
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
