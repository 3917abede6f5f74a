"""The way out: proxy, its password, the certificates that are trusted, and how long to wait."""

import asyncio
import os
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import AppError, SecretError, without_frames
from desktop.domain.ports import Backend
from desktop.domain.provider_errors import AuthoritiesUnusable, InvalidProxy
from desktop.domain.proxies import split_proxy
from desktop.domain.settings import Network, Settings
from desktop.runtime.tasks import TaskOwner

if TYPE_CHECKING:
    from desktop.viewmodels.settings import SettingsViewModel


class PasswordState(Enum):
    """What is known of the password for the user's own proxy."""

    UNKNOWN = "unknown"
    NONE = "none"
    KEYRING = "keyring"
    SESSION = "session"


class NetworkViewModel(QObject):
    """Changes `Settings.network` and `.limits`; each change holds at once.

    Signals:
        changed: The `Network` is another now.
        password_state_changed: The `PasswordState`.
        password_problem_raised: The keyring's `AppError`; the password may be kept for the session.
        address_refused: The `InvalidProxy` that was entered; what was set before holds.
        authorities_checked: None, or the `AuthoritiesUnusable` of a file that is not there.
    """

    changed = Signal(object)
    password_state_changed = Signal(object)
    password_problem_raised = Signal(object)
    address_refused = Signal(object)
    authorities_checked = Signal(object)

    def __init__(self, settings: "SettingsViewModel", backend: Backend, tasks: TaskOwner) -> None:
        super().__init__()
        self._settings = settings
        self._backend = backend
        self._tasks = tasks
        self._network = settings.settings.network
        self._password_state = PasswordState.UNKNOWN
        self._calls = 0
        settings.changed.connect(self._on_settings_changed)

    @property
    def network(self) -> Network:
        return self._network

    @property
    def password_state(self) -> PasswordState:
        return self._password_state

    # ── what a user does ────────────────────────────────────────────────────────────────────────

    def change(self, **fields: Any) -> None:
        """Change `Network` fields by name."""
        self._settings.change(network=replace(self._network, **fields))

    def set_address(self, pasted: str) -> None:
        """Take a proxy as it is pasted: a user and a password in it are taken apart from the address."""
        if not pasted.strip():
            self.change(proxy_url="")
            return
        try:
            proxy = split_proxy(pasted)
        except InvalidProxy as error:
            self.address_refused.emit(without_frames(error))
            return
        self.change(proxy_url=proxy.url, proxy_user=proxy.user or self._network.proxy_user)
        if proxy.password:
            self.keep_password(proxy.password)

    def set_limit(self, **seconds: float) -> None:
        """Change `TimeLimits` fields by name."""
        self._settings.change(limits=replace(self._settings.settings.limits, **seconds))

    def set_authorities(self, file: str) -> None:
        """Trust the certificates in `file` (a path) too; empty: none."""
        self.change(authorities_file=file)

    def keep_password(self, password: str) -> None:
        """Keep it for the proxy and the user that are set; an empty one is forgotten."""
        self._tasks.start(self._keep_password(self._network, password), "keep proxy password")

    def look(self) -> None:
        """Find out whether there is a password, and the certificate file."""
        self._look_for_password()
        self._tasks.start(self._check_authorities(self._network.authorities_file), "check authorities")

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _look_for_password(self) -> None:
        self._tasks.start(self._find_password(self._network), "look for proxy password")

    async def _find_password(self, network: Network) -> None:
        call = self._begin()
        state, problem = PasswordState.NONE, None
        if network.proxy_url:
            try:
                if await self._backend.has_proxy_password(network):
                    state = PasswordState.KEYRING
            except AppError as error:
                state, problem = PasswordState.UNKNOWN, without_frames(error)
        self._end(call, network, state, problem)

    async def _keep_password(self, network: Network, password: str) -> None:
        call = self._begin()
        state = PasswordState.KEYRING if password else PasswordState.NONE
        problem: AppError | None = None
        try:
            await self._backend.keep_proxy_password(network, password)
        except SecretError as error:
            state, problem = (
                PasswordState.SESSION if password else PasswordState.UNKNOWN,
                without_frames(error),
            )
        except AppError as error:
            state, problem = PasswordState.NONE, without_frames(error)
        self._end(call, network, state, problem)

    async def _check_authorities(self, file: str) -> None:
        is_missing = bool(file) and not await asyncio.to_thread(os.path.isfile, file)
        if file == self._network.authorities_file:
            self.authorities_checked.emit(AuthoritiesUnusable(file=Path(file).name) if is_missing else None)

    def _begin(self) -> int:
        self._calls += 1
        return self._calls

    def _end(self, call: int, network: Network, state: PasswordState, problem: AppError | None) -> None:
        # What is known of a proxy that was left meanwhile says nothing about this one.
        if call != self._calls or _account(network) != _account(self._network):
            return
        if state is not self._password_state:
            self._password_state = state
            self.password_state_changed.emit(state)
        if problem is not None:
            self.password_problem_raised.emit(problem)

    def _on_settings_changed(self, settings: Settings) -> None:
        before, self._network = self._network, settings.network
        if self._network == before:
            return
        self.changed.emit(self._network)
        if _account(self._network) != _account(before):
            self._look_for_password()
        if self._network.authorities_file != before.authorities_file:
            self._tasks.start(self._check_authorities(self._network.authorities_file), "check authorities")


def _account(network: Network) -> tuple[str, str]:
    """What a password belongs to."""
    return network.proxy_url, network.proxy_user
