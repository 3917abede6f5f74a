"""The outside world, put together once for both front ends: the window and the terminal form."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.clients import Clients, load
from desktop.diagnosis.crashes import WORKER_CRASH
from desktop.domain.dashscope import other_homes
from desktop.domain.endpoints import base_url, likely_region, profile_of, provider_host
from desktop.domain.errors import AppError
from desktop.domain.events import NoticeRaised
from desktop.domain.images import ImageBytes
from desktop.domain.models import READER_MODEL, Catalog, Listed
from desktop.domain.ports import AnswerSource, FoundServer, KeyOrigin, SecretStore
from desktop.domain.provider_errors import ProviderError
from desktop.domain.refusals import (
    AccessDenied,
    AccountProblem,
    KeyMissing,
    KeyRejected,
    ModelNotFound,
    RateLimited,
)
from desktop.domain.settings import Endpoint, Network, Settings, TimeLimits
from desktop.imaging.folder import DiskFolders
from desktop.imaging.loader import WorkerImageLoader
from desktop.keys import Keys, refuse_key_in_the_clear
from desktop.paths import config_dir, log_dir, resource
from desktop.reader.reader import OnDeviceReader
from desktop.storage.secrets import KeyringSecrets
from desktop.storage.session_secrets import RememberingSecrets
from desktop.storage.settings_file import SettingsFile
from desktop.worker.process import WorkerProcess

if TYPE_CHECKING:
    from desktop.providers.habits import Habits
    from desktop.providers.openai_chat import OpenAIChat

_SHORT_LIMITS = TimeLimits(connect=5.0, first=10.0, idle=10.0, thinking=10.0)
"""For each of the addresses where a key may be at home."""

_AT_HOME = (AccessDenied, AccountProblem, ModelNotFound, RateLimited)
"""What only a server says that knows the key."""


class Connection:
    """Implements the ports `Backend` and `LinkFetcher`; `images` and `folders` serve those for attachments.

    Nothing is opened before it is needed; `aclose` ends it all.
    `environment_first`: a key in the environment goes before the keyring's, as people who set one for a
    command expect; in the window a saved key goes first. `openai_variable`: OPENAI_API_KEY counts too.
    `words`: the sentence of a notice, where the reader writes one between the texts of images.
    `network`: the way to images on the web; that to a server goes along with each call.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        *,
        environment_first: bool = False,
        openai_variable: bool = False,
        words: Callable[[NoticeRaised], str] = str,
        secrets: SecretStore | None = None,
        network: Network | None = None,
    ) -> None:
        # Two of them, so that stopping a read never disturbs an image that is being decoded.
        crashes = log_dir() / WORKER_CRASH
        self._pixels = WorkerProcess(crashes=crashes)
        self._reading = WorkerProcess(crashes=crashes)
        self._reader = OnDeviceReader(self._reading, words)
        remembering = RememberingSecrets(secrets or KeyringSecrets())
        self._keys = Keys(
            environ, remembering, environment_first=environment_first, openai_variable=openai_variable
        )
        self._clients = Clients(remembering)
        self._habits: Habits | None = None
        self.network = network or Network()
        self.images = WorkerImageLoader(self._pixels)
        self.folders = DiskFolders()

    async def warm_up(self, model: str) -> None:
        """Make ready what the first image and the first question to `model` need, while nobody waits."""
        await self._pixels.start("inspect")
        if model != READER_MODEL:
            await asyncio.to_thread(load, "http", "retry", "openai_chat")

    async def aclose(self) -> None:
        await self._pixels.aclose()
        await self._reading.aclose()
        await self._clients.aclose()

    # ── the port LinkFetcher ────────────────────────────────────────────────────────────────────

    async def fetch(self, url: str) -> ImageBytes:
        (fetch,) = await asyncio.to_thread(load, "fetch")
        fetched: ImageBytes = await fetch.HttpsFetcher(await self._clients.routes(self.network)).fetch(url)
        return fetched

    # ── the port Backend ────────────────────────────────────────────────────────────────────────

    async def source(self, model: str, settings: Settings) -> AnswerSource:
        if model == READER_MODEL:
            return self._reader
        chat = await self._chat(settings, await self._keys.to_send(settings))
        (retry,) = await asyncio.to_thread(load, "retry")
        source: AnswerSource = retry.RetryingSource(chat)
        return source

    async def models(self, settings: Settings) -> tuple[Listed, ...]:
        chat = await self._chat(settings, await self._keys.to_send(settings))
        return await chat.models()

    async def local_servers(self) -> tuple[FoundServer, ...]:
        (discovery,) = await asyncio.to_thread(load, "discovery")
        found: tuple[FoundServer, ...] = await discovery.find_local(await self._clients.client(self.network))
        return found

    async def check(self, settings: Settings, key: str | None) -> None:
        if key is None:
            key = await self._keys.to_send(settings)
        is_chosen = settings.model not in ("", READER_MODEL)
        model = settings.model if is_chosen else profile_of(settings.endpoint).default_model
        await (await self._chat(settings, key)).check(model)

    async def find_home(self, settings: Settings, key: str | None) -> Endpoint:
        key = key or await self._keys.to_send(settings)
        if not key:
            raise KeyMissing(host=provider_host(settings.endpoint), status=401)
        errors: list[ProviderError] = []
        for home in other_homes(settings.endpoint, key):
            try:
                await self.check(replace(settings.at(home), limits=_SHORT_LIMITS), key)
            except _AT_HOME:
                return home
            except ProviderError as error:
                errors.append(error)
            else:
                return home
        # One that rejected it says more than one that could not be reached.
        raise min(errors, key=lambda error: not isinstance(error, KeyRejected))

    async def key_origin(self, settings: Settings) -> KeyOrigin:
        origin, _ = await self._keys.find(settings)
        return origin

    async def keep_key(self, settings: Settings, key: str) -> None:
        await self._keys.keep(settings, key)

    async def share_key(self, settings: Settings, home: Endpoint) -> None:
        origin, key = await self._keys.find(settings)
        if key and origin is not KeyOrigin.ENVIRONMENT:
            await self._keys.keep(settings.at(home), key)

    async def forget_key(self, settings: Settings) -> None:
        await self._keys.forget(settings)

    async def has_proxy_password(self, network: Network) -> bool:
        return await self._clients.has_proxy_password(network)

    async def keep_proxy_password(self, network: Network, password: str) -> None:
        await self._clients.keep_proxy_password(network, password)

    # ── for the terminal form ───────────────────────────────────────────────────────────────────

    async def default_model(self, settings: Settings) -> str:
        """The chosen model; without one a service's default where there is a key, else the reader."""
        usual = profile_of(settings.endpoint).default_model
        if settings.model or not usual:
            return settings.model or READER_MODEL
        try:
            origin, _ = await self._keys.find(settings)
        except AppError:
            return READER_MODEL
        return READER_MODEL if origin is KeyOrigin.NONE else usual

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _chat(self, settings: Settings, key: str | None) -> "OpenAIChat":
        """Whoever asks a server with a key comes through here. Raises `KeyInTheClear`, `InvalidAddress`."""
        if key:
            refuse_key_in_the_clear(settings)
        chat, habits = await asyncio.to_thread(load, "openai_chat", "habits")
        if self._habits is None:
            self._habits = habits.Habits()
        self.network = settings.network
        made: OpenAIChat = chat.OpenAIChat(
            client=await self._clients.client(settings.network),
            base_url=base_url(settings.endpoint),
            key=key,
            profile=profile_of(settings.endpoint),
            limits=settings.limits,
            habits=self._habits,
        )
        return made


def load_catalog() -> Catalog:
    """The models that ship with the app."""
    return Catalog.from_toml(resource("catalog.toml").read_text(encoding="utf-8"))


def settings_file(languages: Iterable[str]) -> SettingsFile:
    """Where this user's settings are kept; `languages`, best first, preset the region."""
    defaults = Settings(endpoint=Endpoint(region=likely_region(languages)))
    return SettingsFile(config_dir() / "settings.json", defaults)
