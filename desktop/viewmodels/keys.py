"""What is known of the API keys, a host at a time: told, kept, forgotten, never shown."""

from collections import Counter
from enum import Enum

from PySide6.QtCore import QObject, Signal

from desktop.domain.endpoints import provider_host
from desktop.domain.errors import AppError, SecretError, without_frames
from desktop.domain.ports import Backend
from desktop.domain.settings import Endpoint, Settings


class KeyState(Enum):
    """What is known of the key for a host."""

    ASKING = "asking"
    UNKNOWN = "unknown"
    NONE = "none"
    KEYRING = "keyring"
    SESSION = "session"
    ENVIRONMENT = "environment"

    @property
    def is_there(self) -> bool:
        return self in (KeyState.KEYRING, KeyState.SESSION, KeyState.ENVIRONMENT)


class Keys(QObject):
    """The states of all hosts. Each call is about the endpoint of the settings that it is given.

    Of two calls about one host that overlap, the later one tells its state.

    Signals:
        changed: The `KeyState` of the host of this name is another now.
    """

    changed = Signal(str, object)

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._backend = backend
        self._states: dict[str, KeyState] = {}
        self._calls: Counter[str] = Counter()

    def state(self, host: str) -> KeyState:
        return self._states.get(host, KeyState.UNKNOWN)

    async def look(self, settings: Settings) -> AppError | None:
        """Find out whether there is a key; the error why nobody knows."""
        host, call = self._begin(settings)
        try:
            origin = await self._backend.key_origin(settings)
        except AppError as error:
            self._end(host, call, KeyState.UNKNOWN)
            return without_frames(error)
        self._end(host, call, KeyState(origin.value))
        return None

    async def keep(self, settings: Settings, key: str) -> AppError | None:
        """Keep `key`; after a `SecretError` it holds for this session, after another error not at all."""
        host, call = self._begin(settings)
        try:
            await self._backend.keep_key(settings, key)
        except AppError as error:
            self._end(host, call, KeyState.SESSION if isinstance(error, SecretError) else KeyState.NONE)
            return without_frames(error)
        self._end(host, call, KeyState.KEYRING)
        return None

    async def share(self, settings: Settings, home: Endpoint) -> AppError | None:
        """Keep the key that is kept for `settings` for the host of `home`, too."""
        try:
            await self._backend.share_key(settings, home)
        except AppError as error:
            return without_frames(error)
        return await self.look(settings.at(home))

    async def forget(self, settings: Settings) -> AppError | None:
        """Forget the key, and look what is left: there may be one in the environment."""
        problem: AppError | None = None
        try:
            await self._backend.forget_key(settings)
        except AppError as error:
            problem = without_frames(error)
        return await self.look(settings) or problem

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _begin(self, settings: Settings) -> tuple[str, int]:
        host = provider_host(settings.endpoint)
        self._calls[host] += 1
        self._set(host, KeyState.ASKING)
        return host, self._calls[host]

    def _end(self, host: str, call: int, state: KeyState) -> None:
        if call == self._calls[host]:
            self._set(host, state)

    def _set(self, host: str, state: KeyState) -> None:
        if state is not self.state(host):
            self._states[host] = state
            self.changed.emit(host, state)
