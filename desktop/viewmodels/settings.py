"""The settings and the API key: what is shown of them, and how they are changed and kept."""

from dataclasses import replace
from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.endpoints import base_url, clean_key, host_of
from desktop.domain.errors import AppError, InvalidAddress, SecretError
from desktop.domain.models import DEFAULT_MODEL, READER_MODEL
from desktop.domain.ports import Backend, SettingsStore
from desktop.domain.settings import Settings
from desktop.runtime.tasks import TaskOwner


class KeyState(Enum):
    """What is known of the key for the chosen host."""

    ASKING = "asking"
    UNKNOWN = "unknown"
    NONE = "none"
    KEYRING = "keyring"
    SESSION = "session"
    ENVIRONMENT = "environment"


class SettingsViewModel(QObject):
    """Settings as one frozen value, changed as a whole and saved at once.

    Signals:
        changed: The `Settings` are another value now.
        key_state_changed: A `KeyState`.
        key_problem_raised: The `AppError` of the keyring; the key may be kept for the session.
        test_started: The server is being asked.
        test_ended: None when the server took the key, else the `AppError`.
        problem_raised: An `AppError` of keeping the settings.
    """

    changed = Signal(object)
    key_state_changed = Signal(object)
    key_problem_raised = Signal(object)
    test_started = Signal()
    test_ended = Signal(object)
    problem_raised = Signal(object)

    def __init__(self, settings: Settings, store: SettingsStore, backend: Backend, tasks: TaskOwner) -> None:
        super().__init__()
        self._settings = settings
        self._store = store
        self._backend = backend
        self._tasks = tasks
        self._key_state = KeyState.UNKNOWN

    # ── what a pane shows ───────────────────────────────────────────────────────────────────────

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def key_state(self) -> KeyState:
        return self._key_state

    @property
    def has_key(self) -> bool:
        return self._key_state in (KeyState.KEYRING, KeyState.SESSION, KeyState.ENVIRONMENT)

    @property
    def needs_key(self) -> bool:
        """Whether the service that is set wants a key, and there is certainly none."""
        return self._settings.endpoint.provider == "dashscope" and self._key_state is KeyState.NONE

    @property
    def model(self) -> str:
        """The chosen model; before any choice the best that works: with a key a model, else the reader."""
        if self._settings.model:
            return self._settings.model
        is_service = self._settings.endpoint.provider == "dashscope"
        return DEFAULT_MODEL if self.has_key and is_service else READER_MODEL

    def host(self) -> str:
        """Where questions and images go; empty while the address cannot be used."""
        try:
            return host_of(base_url(self._settings.endpoint))
        except InvalidAddress:
            return ""

    # ── what a user does ────────────────────────────────────────────────────────────────────────

    def change(self, **fields: Any) -> None:
        """Change `Settings` fields by name and save."""
        settings = replace(self._settings, **fields)
        if settings != self._settings:
            moved = settings.endpoint != self._settings.endpoint
            self._settings = settings
            self.changed.emit(settings)
            self._tasks.start(self._save(settings), "save settings")
            if moved:
                self.look_for_key()

    def change_endpoint(self, **fields: Any) -> None:
        """Change `Endpoint` fields by name; the key is looked for anew."""
        self.change(endpoint=replace(self._settings.endpoint, **fields))

    def look_for_key(self) -> None:
        self._tasks.start(self._look_for_key(self._settings), "look for key")

    def keep_key(self, pasted: str) -> None:
        """Keep the pasted key for the host that is set, then try it."""
        if key := clean_key(pasted):
            self._tasks.start(self._keep_key(key), "keep key")

    def forget_key(self) -> None:
        self._tasks.start(self._forget_key(), "forget key")

    def test(self, pasted: str = "") -> None:
        """Ask the server something cheap, with the pasted key or the one that is kept."""
        self._tasks.start(self._test(clean_key(pasted) or None), "test key")

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _save(self, settings: Settings) -> None:
        try:
            await self._store.save(settings)
        except AppError as error:
            self.problem_raised.emit(error)

    async def _look_for_key(self, settings: Settings) -> None:
        self._set_key_state(KeyState.ASKING)
        try:
            origin = await self._backend.key_origin(settings)
        except AppError as error:
            self._set_key_state(KeyState.UNKNOWN)
            self.key_problem_raised.emit(error)
            return
        if settings.endpoint == self._settings.endpoint:
            self._set_key_state(KeyState(origin.value))

    async def _keep_key(self, key: str) -> None:
        self._set_key_state(KeyState.ASKING)
        try:
            await self._backend.keep_key(self._settings, key)
            self._set_key_state(KeyState.KEYRING)
        except SecretError as error:
            self._set_key_state(KeyState.SESSION)
            self.key_problem_raised.emit(error)
        except AppError as error:
            self._set_key_state(KeyState.NONE)
            self.key_problem_raised.emit(error)
            return
        await self._test(key)

    async def _forget_key(self) -> None:
        try:
            await self._backend.forget_key(self._settings)
        except AppError as error:
            self.key_problem_raised.emit(error)
        await self._look_for_key(self._settings)

    async def _test(self, key: str | None) -> None:
        self.test_started.emit()
        try:
            await self._backend.check(self._settings, key)
        except AppError as error:
            self.test_ended.emit(error)
            return
        self._choose_first_model()
        self.test_ended.emit(None)

    def _choose_first_model(self) -> None:
        # The first key that works is the moment to leave the reader for a model that answers.
        settings = self._settings
        if (
            settings.endpoint.provider == "dashscope"
            and settings.model in ("", READER_MODEL)
            and self.has_key
        ):
            self.change(model=DEFAULT_MODEL)

    def _set_key_state(self, state: KeyState) -> None:
        if state is not self._key_state:
            self._key_state = state
            self.key_state_changed.emit(state)
