"""The outside world, put together once for both front ends: the window and the terminal form."""

import asyncio
import importlib
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import TYPE_CHECKING

from desktop.domain.dashscope import other_homes
from desktop.domain.endpoints import base_url, host_of, is_loopback, likely_region
from desktop.domain.errors import AppError, SecretError
from desktop.domain.events import NoticeRaised
from desktop.domain.images import ImageBytes
from desktop.domain.models import DEFAULT_MODEL, READER_MODEL, Catalog, Listed
from desktop.domain.ports import AnswerSource, FoundServer, KeyOrigin
from desktop.domain.refusals import KeyRejected
from desktop.domain.settings import Endpoint, Network, Settings
from desktop.imaging.folder import DiskFolders
from desktop.imaging.loader import WorkerImageLoader
from desktop.paths import config_dir, resource
from desktop.reader.reader import OnDeviceReader
from desktop.storage.environment import environment_key
from desktop.storage.secrets import KeyringSecrets
from desktop.storage.session_secrets import RememberingSecrets
from desktop.storage.settings_file import SettingsFile
from desktop.worker.process import WorkerProcess

if TYPE_CHECKING:
    import httpx

    from desktop.providers.http import SystemRoutes
    from desktop.providers.openai_chat import OpenAIChat


class Connection:
    """Implements the ports `Backend` and `LinkFetcher`; `images` and `folders` serve those for attachments.

    Nothing is opened before it is needed; `aclose` ends it all.
    `environment_first`: a key in the environment goes before the keyring's, as people who set one for a
    command expect; in the window a saved key goes first. `openai_variable`: OPENAI_API_KEY counts too.
    `words`: the sentence of a notice, where the reader writes one between the texts of images.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        *,
        environment_first: bool = False,
        openai_variable: bool = False,
        words: Callable[[NoticeRaised], str] = str,
    ) -> None:
        self._environ = environ
        self._environment_first = environment_first
        self._openai_variable = openai_variable
        # Two of them, so that stopping a read never disturbs an image that is being decoded.
        self._pixels = WorkerProcess()
        self._reading = WorkerProcess()
        self._reader = OnDeviceReader(self._reading, words)
        self._secrets = RememberingSecrets(KeyringSecrets())
        self._routes: SystemRoutes | None = None
        self._client: httpx.AsyncClient | None = None
        self._opening = asyncio.Lock()
        self.images = WorkerImageLoader(self._pixels)
        self.folders = DiskFolders()

    async def warm_up(self, model: str) -> None:
        """Make ready what the first image and the first question to `model` need, while nobody waits."""
        await self._pixels.start("inspect")
        if model != READER_MODEL:
            await asyncio.to_thread(_load, "http", "openai_chat")

    async def aclose(self) -> None:
        await self._pixels.aclose()
        await self._reading.aclose()
        for way_out in (self._client, self._routes):
            if way_out is not None:
                await way_out.aclose()

    # ── the port LinkFetcher ────────────────────────────────────────────────────────────────────

    async def fetch(self, url: str) -> ImageBytes:
        http, fetch = await asyncio.to_thread(_load, "http", "fetch")
        async with self._opening:
            routes = await self._opened_routes(http)
        fetched: ImageBytes = await fetch.HttpsFetcher(routes).fetch(url)
        return fetched

    # ── the port Backend ────────────────────────────────────────────────────────────────────────

    async def source(self, model: str, settings: Settings) -> AnswerSource:
        if model == READER_MODEL:
            return self._reader
        return await self._chat(settings, await self._key_to_send(settings))

    async def models(self, settings: Settings) -> tuple[Listed, ...]:
        chat = await self._chat(settings, await self._key_to_send(settings))
        return await chat.models()

    async def local_servers(self) -> tuple[FoundServer, ...]:
        return ()

    async def find_home(self, settings: Settings, key: str | None) -> Endpoint:
        key = key or await self._key_to_send(settings) or ""
        rejected: AppError | None = None
        for home in other_homes(settings.endpoint, key):
            try:
                await self.check(settings.at(home), key)
            except KeyRejected as error:
                rejected = rejected or error
            else:
                return home
        raise rejected or KeyRejected(host=_host(settings), status=401)

    async def check(self, settings: Settings, key: str | None) -> None:
        if key is None:
            key = await self._key_to_send(settings)
        model = settings.model if settings.model not in ("", READER_MODEL) else DEFAULT_MODEL
        await (await self._chat(settings, key)).check(model)

    async def key_origin(self, settings: Settings) -> KeyOrigin:
        origin, _ = await self._find_key(settings)
        return origin

    async def keep_key(self, settings: Settings, key: str) -> None:
        await self._secrets.set(_host(settings), key)

    async def forget_key(self, settings: Settings) -> None:
        await self._secrets.delete(_host(settings))

    async def has_proxy_password(self, network: Network) -> bool:
        return False

    async def keep_proxy_password(self, network: Network, password: str) -> None:
        raise NotImplementedError

    # ── for the terminal form ───────────────────────────────────────────────────────────────────

    async def default_model(self, settings: Settings) -> str:
        """The chosen model; without one a service's default where there is a key, else the reader."""
        if settings.model:
            return settings.model
        try:
            origin, _ = await self._find_key(settings)
        except AppError:
            return READER_MODEL
        is_service = settings.endpoint.provider == "dashscope"
        return DEFAULT_MODEL if is_service and origin is not KeyOrigin.NONE else READER_MODEL

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _key_to_send(self, settings: Settings) -> str | None:
        try:
            _, key = await self._find_key(settings)
        except SecretError:
            # Servers on this machine seldom want a key: a locked keyring is no reason not to ask them.
            if not is_loopback(base_url(settings.endpoint)):
                raise
            return None
        return key

    async def _find_key(self, settings: Settings) -> tuple[KeyOrigin, str | None]:
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

    async def _chat(self, settings: Settings, key: str | None) -> "OpenAIChat":
        http, chat = await asyncio.to_thread(_load, "http", "openai_chat")
        async with self._opening:
            if self._client is None:
                self._client = http.client_over(await self._opened_routes(http), settings.limits)
        self._client.timeout = http.timeouts(settings.limits)
        made: OpenAIChat = chat.OpenAIChat(client=self._client, base_url=base_url(settings.endpoint), key=key)
        return made

    async def _opened_routes(self, http: ModuleType) -> "SystemRoutes":
        """The ways out of this machine, opened once, whoever needs them first."""
        if self._routes is None:
            self._routes = await http.open_routes()
        return self._routes


def _load(*names: str) -> list[ModuleType]:
    """Import modules of `providers`, and what they would import later: for a thread.

    httpx takes 70 ms, httpcore another 40 at the first client, anyio's backend 60 at the first request.
    """
    for later in ("httpcore", "anyio._backends._asyncio"):
        importlib.import_module(later)
    return [importlib.import_module(f"desktop.providers.{name}") for name in names]


def load_catalog() -> Catalog:
    """The models that ship with the app."""
    return Catalog.from_toml(resource("catalog.toml").read_text(encoding="utf-8"))


def settings_file(languages: Iterable[str]) -> SettingsFile:
    """Where this user's settings are kept; `languages`, best first, preset the region."""
    defaults = Settings(endpoint=Endpoint(region=likely_region(languages)))
    return SettingsFile(config_dir() / "settings.json", defaults)


def _host(settings: Settings) -> str:
    return host_of(base_url(settings.endpoint))
