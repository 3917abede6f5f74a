"""The settings and the API key: what is shown of them, and how they are changed and kept."""

from dataclasses import replace
from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.endpoints import clean_key, provider_host
from desktop.domain.errors import AppError, SecretError
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
        test_started: The server of this name is being asked.
        test_ended: Its name; None when it took the key, else the `AppError`.
        problem_raised: An `AppError` of keeping the settings.
    """

    changed = Signal(object)
    key_state_changed = Signal(object)
    key_problem_raised = Signal(object)
    test_started = Signal(str)
    test_ended = Signal(str, object)
    problem_raised = Signal(object)

    def __init__(self, settings: Settings, store: SettingsStore, backend: Backend, tasks: TaskOwner) -> None:
        super().__init__()
        self._settings = settings
        self._saved = settings
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
        return provider_host(self._settings.endpoint)

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
            self._tasks.start(self._keep_key(self._settings, key), "keep key")

    def forget_key(self) -> None:
        self._tasks.start(self._forget_key(self._settings), "forget key")

    def test(self, pasted: str = "") -> None:
        """Ask the server something cheap, with the pasted key or the one that is kept."""
        self._tasks.start(self._test(self._settings, clean_key(pasted) or None), "test key")

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

    # The settings of the moment are handed down: a key must never reach the server that is set next.

    async def _look_for_key(self, settings: Settings) -> None:
        self._set_key_state(KeyState.ASKING)
        try:
            origin = await self._backend.key_origin(settings)
        except AppError as error:
            self._tell_key(settings, KeyState.UNKNOWN, error)
        else:
            self._tell_key(settings, KeyState(origin.value))

    async def _keep_key(self, settings: Settings, key: str) -> None:
        self._set_key_state(KeyState.ASKING)
        try:
            await self._backend.keep_key(settings, key)
            self._tell_key(settings, KeyState.KEYRING)
        except SecretError as error:
            self._tell_key(settings, KeyState.SESSION, error)
        except AppError as error:
            self._tell_key(settings, KeyState.NONE, error)
            return
        await self._test(settings, key)

    async def _forget_key(self, settings: Settings) -> None:
        try:
            await self._backend.forget_key(settings)
        except AppError as error:
            self.key_problem_raised.emit(error)
        await self._look_for_key(settings)

    async def _test(self, settings: Settings, key: str | None) -> None:
        host = provider_host(settings.endpoint)
        self.test_started.emit(host)
        try:
            await self._backend.check(settings, key)
        except AppError as error:
            self.test_ended.emit(host, error)
            return
        self._choose_first_model(settings)
        self.test_ended.emit(host, None)

    def _choose_first_model(self, tested: Settings) -> None:
        # The first key that works is the moment to leave the reader for a model that answers.
        is_service = tested.endpoint.provider == "dashscope"
        if (
            is_service
            and self._is_set(tested)
            and self.has_key
            and self._settings.model in ("", READER_MODEL)
        ):
            self.change(model=DEFAULT_MODEL)

    def _tell_key(self, asked: Settings, state: KeyState, problem: AppError | None = None) -> None:
        # What is known of an address that was left meanwhile says nothing about this one.
        if self._is_set(asked):
            self._set_key_state(state)
            if problem is not None:
                self.key_problem_raised.emit(problem)

    def _is_set(self, settings: Settings) -> bool:
        return settings.endpoint == self._settings.endpoint

    def _set_key_state(self, state: KeyState) -> None:
        if state is not self._key_state:
            self._key_state = state
            self.key_state_changed.emit(state)
