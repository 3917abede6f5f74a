"""What servers list: all are asked at once, each of them at most once a minute."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from math import inf
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.endpoints import base_url, host_of, is_loopback, profile_of
from desktop.domain.errors import AppError, Turn, without_frames
from desktop.domain.models import Catalog, Listed
from desktop.domain.ports import Backend, FoundServer, KeyOrigin
from desktop.domain.provider_errors import InvalidAddress
from desktop.domain.refusals import KeyMissing
from desktop.domain.settings import Endpoint, Settings
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.picker_groups import READER, Group, ListState, Offer

_FRESH_SECONDS = 60.0
"""How long a list is taken as it is."""


class ServerLists(QObject):
    """The groups of the picker, and how they come about.

    Signals:
        changed: What is known of some server.
        asking_changed: Whether any is being asked.
    """

    changed = Signal()
    asking_changed = Signal(bool)

    def __init__(
        self, shipped: Catalog, backend: Backend, tasks: TaskOwner, clock: Callable[[], float]
    ) -> None:
        super().__init__()
        self._shipped = shipped
        self._backend = backend
        self._tasks = tasks
        self._clock = clock
        self._settings = Settings()
        self._known: dict[Endpoint, Group] = {}
        self._found: Mapping[Endpoint, Offer] = {}
        self._is_looking = False
        self._is_asking = False
        self.configure(self._settings)

    def configure(self, settings: Settings) -> None:
        """These are the servers now. Of those that are gone no answer is awaited any more."""
        moved = settings.network != self._settings.network
        self._settings = settings
        self._known = {endpoint: self._group(endpoint) for endpoint in settings.endpoints}
        if moved:  # what could not be reached before may be reached now
            self._known = {each: replace(group, asked_at=-inf) for each, group in self._known.items()}
        if not settings.find_local:
            self._found = {}

    def groups(self) -> Iterator[Group]:
        """What this machine has, which wants no key: the on-device reader, then the servers found here.

        After them the user's own servers, in their order.
        """
        yield READER
        entered = {_place(endpoint) for endpoint in self._known}
        for endpoint, offer in self._found.items():
            if _place(endpoint) not in entered:
                yield Group(endpoint, offer, ListState.LISTED, is_found=True)
        yield from self._known.values()

    def catalog_of(self, endpoint: Endpoint) -> Catalog:
        """What is known to be there."""
        return self._group(endpoint).offer.catalog

    def ask(self, *, anew: bool = False) -> None:
        """Ask whoever was not asked within the last minute, or `anew` all; and look for local servers."""
        now = self._clock()
        for endpoint, group in self._known.items():
            if group.state is not ListState.ASKING and (anew or _is_due(group, now)):
                self._known[endpoint] = replace(group, state=ListState.ASKING, asked_at=now)
                self._tasks.start(self._ask_server(self._settings.at(endpoint)), "list models")
        if self._settings.find_local and not self._is_looking:
            self._is_looking = True
            self._tasks.start(self._look_around(), "find local servers")
        self._tell()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _group(self, endpoint: Endpoint) -> Group:
        if endpoint in self._known:
            return self._known[endpoint]
        if endpoint in self._found:
            return Group(endpoint, self._found[endpoint], ListState.LISTED)
        return Group(endpoint, Offer.of(endpoint, self._shipped))

    async def _ask_server(self, settings: Settings) -> None:
        endpoint = settings.endpoint
        try:
            if await self._lacks_key(settings):
                self._set(endpoint, state=ListState.NEEDS_KEY, error=None)
                return
            listed = await self._backend.models(settings)
            # Some list thousands.
            before = self._group(endpoint).offer
            offer = await asyncio.to_thread(_renewed, before, endpoint, self._shipped, listed)
            self._set(endpoint, offer=offer, state=ListState.LISTED, error=None)
        except KeyMissing:
            self._set(endpoint, state=ListState.NEEDS_KEY, error=None)
        except AppError as error:
            self._set(endpoint, state=ListState.FAILED, error=without_frames(error))
        finally:
            self._end_asking(endpoint)

    async def _lacks_key(self, settings: Settings) -> bool:
        if not profile_of(settings.endpoint).wants_key:
            return False
        return await self._backend.key_origin(settings) is KeyOrigin.NONE

    async def _look_around(self) -> None:
        try:
            servers = await self._backend.local_servers()
            found = await asyncio.to_thread(_offers, servers, self._shipped)
            self._found = found if self._settings.find_local else {}
        finally:
            self._is_looking = False
            self._tell()

    def _set(self, endpoint: Endpoint, **fields: Any) -> None:
        # Who was removed, or is another one now, is not spoken of any more.
        if endpoint in self._known:
            self._known[endpoint] = replace(self._known[endpoint], **fields)
            self._tell()

    def _end_asking(self, endpoint: Endpoint) -> None:
        """However it ended: it can be asked again."""
        group = self._known.get(endpoint)
        if group is not None and group.state is ListState.ASKING:
            self._set(endpoint, state=ListState.UNASKED)

    def _tell(self) -> None:
        self.changed.emit()
        states = (group.state for group in self._known.values())
        is_asking = self._is_looking or ListState.ASKING in states
        if is_asking != self._is_asking:
            self._is_asking = is_asking
            self.asking_changed.emit(is_asking)


def _is_due(group: Group, now: float) -> bool:
    # What was the user's turn may have been done meanwhile.
    is_open = group.state in (ListState.UNASKED, ListState.NEEDS_KEY)
    is_users = group.error is not None and group.error.turn is Turn.USER
    return is_open or is_users or now - group.asked_at >= _FRESH_SECONDS


def _renewed(before: Offer, endpoint: Endpoint, shipped: Catalog, listed: Iterable[Listed]) -> Offer:
    """What is offered now; `before` itself if that is the same: then no row changes."""
    now = Offer.of(endpoint, shipped, listed)
    return before if now.catalog == before.catalog else now


def _offers(servers: Iterable[FoundServer], shipped: Catalog) -> dict[Endpoint, Offer]:
    return {each.endpoint: Offer.of(each.endpoint, shipped, each.models) for each in servers}


def _place(endpoint: Endpoint) -> str:
    """Who listens there: this machine has many names, and each of its ports one server."""
    try:
        url = base_url(endpoint)
    except InvalidAddress:
        return repr(endpoint)
    host = host_of(url)
    return host.rpartition(":")[2] if is_loopback(url) else host
