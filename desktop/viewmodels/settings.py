"""The settings as one value: shown, changed as a whole, and saved at once."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.endpoints import profile_of, provider_host
from desktop.domain.errors import AppError
from desktop.domain.models import READER_MODEL
from desktop.domain.ports import Backend, SettingsStore
from desktop.domain.settings import Endpoint, Settings
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.keys import KeyState
from desktop.viewmodels.network import NetworkViewModel
from desktop.viewmodels.servers import ServersViewModel


class SettingsViewModel(QObject):
    """What is told of a key is told of the server that is asked next; `servers` has it of all of them.

    Signals:
        changed: The `Settings` are another value now.
        key_state_changed: The `KeyState` of the server that is asked next.
        problem_raised: An `AppError` of keeping the settings.
    """

    changed = Signal(object)
    key_state_changed = Signal(object)
    problem_raised = Signal(object)

    def __init__(self, settings: Settings, store: SettingsStore, backend: Backend, tasks: TaskOwner) -> None:
        super().__init__()
        self._settings = settings
        self._saved = settings
        self._store = store
        self._tasks = tasks
        self.servers = ServersViewModel(self, backend, tasks)
        self.network = NetworkViewModel(self, backend, tasks)
        self.servers.key_state_changed.connect(self._on_servers_key_state_changed)

    # ── what a pane shows ───────────────────────────────────────────────────────────────────────

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def key_state(self) -> KeyState:
        return self.servers.key_state(self._settings.endpoint)

    @property
    def has_key(self) -> bool:
        return self.key_state.is_there

    @property
    def needs_key(self) -> bool:
        """Whether the server wants a key, and there is certainly none."""
        return self.servers.needs_key(self._settings.endpoint)

    @property
    def model(self) -> str:
        """The chosen model; before any choice the best that works: with a key a model, else the reader."""
        if self._settings.model:
            return self._settings.model
        usual = profile_of(self._settings.endpoint).default_model
        return usual if usual and self.has_key else READER_MODEL

    def host(self) -> str:
        """Where questions and images go; empty while the address cannot be used."""
        return provider_host(self._settings.endpoint)

    # ── what a user does ────────────────────────────────────────────────────────────────────────

    def change(self, **fields: Any) -> None:
        """Change `Settings` fields by name and save."""
        self.take(replace(self._settings, **fields))

    def take(self, settings: Settings) -> None:
        """Let `settings` hold from now on, and save them."""
        if settings != self._settings:
            self._settings = settings
            self.changed.emit(settings)
            self._tasks.start(self._save(settings), "save settings")

    def allow_key_over_http(self, host: str, *, is_allowed: bool) -> None:
        """Let keys go to `host`, as `endpoints.host_of` names it, unencrypted; or not any more."""
        self.take(self._settings.with_key_over_http(host, is_allowed=is_allowed))

    async def aclose(self) -> None:
        """Save what the tasks, cancelled by now, may have left."""
        if self._settings != self._saved:
            await self._save(self._settings)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _save(self, settings: Settings) -> None:
        try:
            await self._store.save(settings)
            self._saved = settings
        except AppError as error:
            self.problem_raised.emit(error)

    def _on_servers_key_state_changed(self, endpoint: Endpoint, state: KeyState) -> None:
        if endpoint == self._settings.endpoint:
            self.key_state_changed.emit(state)
