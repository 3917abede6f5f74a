"""The servers side by side: which there are, what is known of their keys, and whether they answer."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain.dashscope import is_plan_key
from desktop.domain.endpoints import clean_key, has_regions, profile_of, provider_host
from desktop.domain.errors import AppError, SecretError, without_frames
from desktop.domain.models import READER_MODEL
from desktop.domain.ports import Backend
from desktop.domain.refusals import HomelessKeyRejected, KeyRejected
from desktop.domain.settings import Endpoint, Settings
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.keys import Keys, KeyState
from desktop.viewmodels.looking import Looking

if TYPE_CHECKING:
    from desktop.viewmodels.settings import SettingsViewModel


class ServersViewModel(QObject):
    """Every server of the settings. Of one that was changed or removed meanwhile nothing is told.

    A pasted key goes to the endpoint that is named with it, and to no other; `find_home` and `move_home`
    alone take it elsewhere, within the same service.

    Signals:
        changed: Other servers are there now, or another one is asked next.
        key_state_changed: Of this `Endpoint`; its `KeyState`.
        key_problem_raised: Of this `Endpoint`; the keyring's `AppError`: the key may be kept for the session.
        plan_key_recognised: What was pasted for this `Endpoint` belongs to a plan's address; it was not sent.
        test_started: This `Endpoint` is being asked.
        test_ended: This `Endpoint`; None when it answered, else the `AppError`.
        home_search_started: Other addresses are being asked for the key of this `Endpoint`.
        home_found: For this `Endpoint`; the `Endpoint` that takes its key.
        home_not_found: For this `Endpoint`; the `AppError`.
    """

    changed = Signal()
    key_state_changed = Signal(object, object)
    key_problem_raised = Signal(object, object)
    plan_key_recognised = Signal(object)
    test_started = Signal(object)
    test_ended = Signal(object, object)
    home_search_started = Signal(object)
    home_found = Signal(object, object)
    home_not_found = Signal(object, object)

    def __init__(self, settings: "SettingsViewModel", backend: Backend, tasks: TaskOwner) -> None:
        super().__init__()
        self._settings = settings
        self._backend = backend
        self._tasks = tasks
        self._keys = Keys(backend)
        self._keys.changed.connect(self._on_keys_changed)
        self._shown = settings.settings
        self.looking = Looking(settings)
        settings.changed.connect(self._on_settings_changed)

    # ── what a pane shows ───────────────────────────────────────────────────────────────────────

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """All of them, in an order that does not depend on which is asked next."""
        return self._shown.endpoints

    def key_state(self, endpoint: Endpoint) -> KeyState:
        return self._keys.state(provider_host(endpoint))

    def needs_key(self, endpoint: Endpoint) -> bool:
        """Whether it answers nobody without a key, and there is certainly none."""
        return profile_of(endpoint).wants_key and self.key_state(endpoint) is KeyState.NONE

    # ── which there are ─────────────────────────────────────────────────────────────────────────

    def add(self, endpoint: Endpoint) -> None:
        if endpoint not in self.endpoints:
            self._settings.change(others=(*self._settings.settings.others, endpoint))

    def remove(self, endpoint: Endpoint) -> None:
        """Remove it unless it is the only one; its key stays where it is kept."""
        now = self._settings.settings
        rest = now.without(endpoint)
        self._settings.take(rest if rest.endpoint == now.endpoint else _with_model(rest))

    def replace(self, old: Endpoint, new: Endpoint) -> bool:
        """Put `new` in the place of `old`; False where it cannot be, since it is there already."""
        if new != old and new in self.endpoints:
            return False
        self._settings.take(self._settings.settings.with_replaced(old, new))
        return True

    def choose(self, endpoint: Endpoint) -> None:
        """Ask it next."""
        now = self._settings.settings
        if endpoint in now.others:
            self._settings.take(_with_model(now.at(endpoint)))

    # ── keys ────────────────────────────────────────────────────────────────────────────────────

    def look_for_keys(self) -> None:
        """Find out which servers have one, beginning with the one that is asked next."""
        now = self._settings.settings
        self._tasks.start(self._look((now.endpoint, *now.others)), "look for keys")

    def keep_key(self, endpoint: Endpoint, pasted: str) -> bool:
        """Keep the pasted key for the host of `endpoint`, then try it; False where it is no key for there."""
        key = clean_key(pasted)
        if not key or self._has_told_of_plan(endpoint, key):
            return False
        self._tasks.start(self._keep(self._at(endpoint), key), "keep key")
        return True

    def forget_key(self, endpoint: Endpoint) -> None:
        self._tasks.start(self._forget(self._at(endpoint)), "forget key")

    def test(self, endpoint: Endpoint, pasted: str = "") -> None:
        """Ask the server something cheap, with the pasted key or the one that is kept."""
        key = clean_key(pasted)
        if not self._has_told_of_plan(endpoint, key):
            self._tasks.start(self._test(self._at(endpoint), key or None), "test key")

    def find_home(self, endpoint: Endpoint, pasted: str = "") -> None:
        """Ask which other address of the service takes the pasted key, or the one that is kept."""
        key = clean_key(pasted) or None
        self._tasks.start(self._find_home(self._at(endpoint), key), "find the home of a key")

    def move_home(self, endpoint: Endpoint, home: Endpoint, pasted: str = "") -> None:
        """Put `home` in the place of `endpoint`, with the pasted key or the one that is kept; then try it."""
        key = clean_key(pasted) or None
        self._tasks.start(self._move_home(self._at(endpoint), home, key), "move home")

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    # The settings of the moment are handed down: a key must never reach the server that is set next.

    async def _look(self, endpoints: tuple[Endpoint, ...]) -> None:
        for endpoint in endpoints:
            if provider_host(endpoint) and endpoint in self.endpoints:
                problem = await self._keys.look(self._at(endpoint))
                self._tell_key_problem(endpoint, problem)
                if isinstance(problem, SecretError):
                    break  # a locked keyring asks for its password each time

    async def _keep(self, settings: Settings, key: str) -> None:
        problem = await self._keys.keep(settings, key)
        self._tell_key_problem(settings.endpoint, problem)
        if problem is None or isinstance(problem, SecretError):
            await self._test(settings, key)

    async def _forget(self, settings: Settings) -> None:
        self._tell_key_problem(settings.endpoint, await self._keys.forget(settings))

    async def _test(self, settings: Settings, key: str | None) -> None:
        endpoint = settings.endpoint
        if endpoint not in self.endpoints:
            return
        self.test_started.emit(endpoint)
        problem: AppError | None = None
        try:
            await self._backend.check(settings, key)
        except AppError as error:
            problem = without_frames(error)
        if endpoint in self.endpoints:
            if problem is None and self.key_state(endpoint).is_there:
                now = self._settings.settings
                self._settings.take(_with_first_model(now, endpoint, is_wanted=self.needs_key(now.endpoint)))
            self.test_ended.emit(endpoint, problem)

    async def _find_home(self, settings: Settings, key: str | None) -> None:
        endpoint = settings.endpoint
        self.home_search_started.emit(endpoint)
        try:
            home = await self._backend.find_home(settings, key)
        except AppError as error:
            if endpoint in self.endpoints:
                self.home_not_found.emit(endpoint, _homeless(without_frames(error), endpoint))
        else:
            if endpoint in self.endpoints:
                self.home_found.emit(endpoint, home)

    async def _move_home(self, settings: Settings, home: Endpoint, key: str | None) -> None:
        there = replace(settings.at(home), model=settings.model)
        problem = await (self._keys.keep(there, key) if key else self._keys.share(settings, home))
        if settings.endpoint in self.endpoints:
            self._settings.take(self._settings.settings.with_replaced(settings.endpoint, home))
            self._tell_key_problem(home, problem)
            await self._test(there, key)

    def _at(self, endpoint: Endpoint) -> Settings:
        """The settings of the moment with `endpoint` asked next, and no other server's model."""
        now = self._settings.settings
        return now if endpoint == now.endpoint else _with_model(now.at(endpoint))

    def _has_told_of_plan(self, endpoint: Endpoint, key: str) -> bool:
        if is_elsewhere := is_for_plan(endpoint, key):
            self.plan_key_recognised.emit(endpoint)
        return is_elsewhere

    def _tell_key_problem(self, endpoint: Endpoint, problem: AppError | None) -> None:
        if problem is not None and endpoint in self.endpoints:
            self.key_problem_raised.emit(endpoint, problem)

    def _on_settings_changed(self, settings: Settings) -> None:
        before, self._shown = self._shown, settings
        if (before.endpoint, before.others) == (settings.endpoint, settings.others):
            return
        self.changed.emit()
        if new := tuple(each for each in settings.endpoints if each not in before.endpoints):
            self._tasks.start(self._look(new), "look for keys")

    def _on_keys_changed(self, host: str, state: KeyState) -> None:
        for endpoint in self.endpoints:
            if provider_host(endpoint) == host:
                self.key_state_changed.emit(endpoint, state)


def is_for_plan(endpoint: Endpoint, pasted: str) -> bool:
    """Whether the pasted key belongs to a plan, which has an address of its own, and not to `endpoint`."""
    return has_regions(endpoint) and endpoint.plan == "usage" and is_plan_key(clean_key(pasted))


def _homeless(error: AppError, endpoint: Endpoint) -> AppError:
    """After all were asked, nobody shall be told that the others can be."""
    if not isinstance(error, KeyRejected):
        return error
    return HomelessKeyRejected(detail=error.detail, host=provider_host(endpoint), status=401)


def _with_first_model(settings: Settings, tested: Endpoint, *, is_wanted: bool) -> Settings:
    """The first key that works is the moment to leave the reader for a model that answers.

    `is_wanted`: the server that is asked next cannot answer, so that another one may take its place.
    """
    model = profile_of(tested).default_model
    is_first = settings.model in ("", READER_MODEL) and bool(model)
    if is_first and (is_wanted or tested == settings.endpoint):
        return replace(settings.at(tested), model=model)
    return settings


def _with_model(settings: Settings) -> Settings:
    """Where another server was asked before: its model is unknown here, the reader is everywhere."""
    return settings if settings.model == READER_MODEL else replace(settings, model="")
