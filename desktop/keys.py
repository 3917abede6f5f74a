"""Which key goes to which server: each is filed by host, and handed to no other."""

from collections.abc import Mapping

from desktop.domain.endpoints import base_url, host_of, is_loopback, is_readable_on_the_way
from desktop.domain.errors import SecretError
from desktop.domain.ports import KeyOrigin
from desktop.domain.provider_errors import KeyInTheClear
from desktop.domain.settings import Settings
from desktop.storage.environment import environment_key
from desktop.storage.session_secrets import RememberingSecrets


class Keys:
    """The keys of `secrets` and of the environment, for the server that is asked next.

    `environment_first`: a key in the environment goes before the keyring's. `openai_variable`:
    OPENAI_API_KEY counts for every server.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        secrets: RememberingSecrets,
        *,
        environment_first: bool = False,
        openai_variable: bool = False,
    ) -> None:
        self._environ = environ
        self._secrets = secrets
        self._environment_first = environment_first
        self._openai_variable = openai_variable

    async def find(self, settings: Settings) -> tuple[KeyOrigin, str | None]:
        """Raises `SecretError` when the keyring cannot tell, and `InvalidAddress`."""
        host = _host(settings)
        given = environment_key(host, self._environ, base_url_given=self._openai_variable)
        if given and self._environment_first:
            return KeyOrigin.ENVIRONMENT, given
        try:
            kept = await self._secrets.get(host)
        except SecretError:
            if not given:
                raise
            kept = None
        if kept:
            return KeyOrigin.KEYRING if self._secrets.is_kept(host) else KeyOrigin.SESSION, kept
        return (KeyOrigin.ENVIRONMENT, given) if given else (KeyOrigin.NONE, None)

    async def to_send(self, settings: Settings) -> str | None:
        """As `find`; servers on this machine are asked though the keyring is locked."""
        try:
            _, key = await self.find(settings)
        except SecretError:
            # They seldom want a key: that is no reason not to ask them.
            if not is_loopback(base_url(settings.endpoint)):
                raise
            return None
        return key

    async def keep(self, settings: Settings, key: str) -> None:
        """Raises `SecretError`, after which it is kept for this session."""
        await self._secrets.set(_host(settings), key)

    async def forget(self, settings: Settings) -> None:
        """Raises `SecretError`."""
        await self._secrets.delete(_host(settings))


def refuse_key_in_the_clear(settings: Settings) -> None:
    """Raises `KeyInTheClear` where a key would leave this machine unencrypted and nobody has allowed that.

    Raises `InvalidAddress`.
    """
    host = _host(settings)
    if is_readable_on_the_way(base_url(settings.endpoint)) and host not in settings.key_over_http:
        raise KeyInTheClear(host=host)


def _host(settings: Settings) -> str:
    return host_of(base_url(settings.endpoint))
