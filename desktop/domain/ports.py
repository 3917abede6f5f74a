"""What the inner rooms need from the outside world, named by the need."""

from collections.abc import AsyncGenerator, Awaitable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from desktop.domain.conversation import Conversation
from desktop.domain.events import StreamEvent
from desktop.domain.history import (
    Change,
    ConversationId,
    Draft,
    End,
    HistorySize,
    Hit,
    Opened,
    Piece,
    Summary,
)
from desktop.domain.images import ImageBytes, ImageInput, ImageSource, KeptImage
from desktop.domain.limits import ImageLimits
from desktop.domain.messages import ChatRequest
from desktop.domain.models import Listed
from desktop.domain.settings import Endpoint, Network, Settings


class AnswerSource(Protocol):
    """Whatever answers: a model's server, or the on-device reader."""

    def stream(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """The answer as events, `Finished` last. Raises `AppError`; closing it stops the work at once."""
        ...


PAGES_SHOWN = 100
"""The most pages of one file among which one can be chosen."""


class ImageLoader(Protocol):
    def read(self, sources: Sequence[ImageSource]) -> Sequence[Awaitable[ImageBytes]]:
        """Begin to read all bytes before this returns: a dropped file may be gone a moment later.

        Each can be awaited once, which raises `ImageError`; one that is let go is not read, or not kept.
        """
        ...

    async def load(self, source: ImageSource, limits: ImageLimits, page: int = 0) -> ImageInput:
        """Judge one image and make it fit `limits` with the least change; of several pages number `page`.

        Raises `ImageError`.
        """
        ...

    async def pages(self, source: ImageSource) -> tuple[bytes, ...]:
        """A thumbnail of each of the first `PAGES_SHOWN` frames or pages, in order: PNGs.

        Empty bytes stand for a page that cannot be shown. Raises `ImageError`.
        """
        ...


class FolderReader(Protocol):
    async def images_in(self, folder: Path) -> tuple[Path, ...]:
        """The files of `folder` that look like images, as a file manager sorts them. Raises `ImageError`."""
        ...


class LinkFetcher(Protocol):
    async def fetch(self, url: str) -> ImageBytes:
        """The bytes at a public https address. Raises `LinkError`."""
        ...


class SecretStore(Protocol):
    """Keeps one API key for each host. Every method raises `SecretError`."""

    async def get(self, host: str) -> str | None: ...

    async def set(self, host: str, key: str) -> None: ...

    async def delete(self, host: str) -> None: ...


class SettingsStore(Protocol):
    async def save(self, settings: Settings) -> None:
        """Replace the stored settings as a whole. Raises `SettingsNotSaved`."""
        ...


class ModelDirectory(Protocol):
    async def models(self) -> tuple[Listed, ...]:
        """What the server lists. Raises `ProviderError`."""
        ...


@dataclass(frozen=True, slots=True)
class FoundServer:
    """A server on this machine that nobody entered, and what it lists."""

    endpoint: Endpoint
    models: tuple[Listed, ...]


class KeyOrigin(Enum):
    """Where the key for a host comes from."""

    NONE = "none"
    KEYRING = "keyring"
    SESSION = "session"
    ENVIRONMENT = "environment"


class Backend(Protocol):
    """The outside world behind one set of settings: who answers, who lists models, who keeps the key."""

    async def source(self, model: str, settings: Settings) -> AnswerSource:
        """Whoever answers for `model`. Raises `AppError`."""
        ...

    async def models(self, settings: Settings) -> tuple[Listed, ...]:
        """What the server of `settings` lists. Raises `AppError`."""
        ...

    async def local_servers(self) -> tuple[FoundServer, ...]:
        """Those that answer on the usual ports of this machine, asked all at once and within a second."""
        ...

    async def check(self, settings: Settings, key: str | None) -> None:
        """Ask the server something cheap, with `key` or else with the one that is kept. Raises `AppError`."""
        ...

    async def find_home(self, settings: Settings, key: str | None) -> Endpoint:
        """The other address of DashScope that takes `key`, or else the one that is kept for `settings`.

        Raises `AppError`: `KeyRejected` if none does.
        """
        ...

    async def key_origin(self, settings: Settings) -> KeyOrigin:
        """Raises `SecretError` when the keyring cannot tell."""
        ...

    async def keep_key(self, settings: Settings, key: str) -> None:
        """Keep `key` for the host of `settings`. After a `SecretError` it is kept for this session."""
        ...

    async def share_key(self, settings: Settings, home: Endpoint) -> None:
        """Keep the key that is kept for `settings`, if there is one, for the host of `home` too.

        As `keep_key`. One of the environment stays there.
        """
        ...

    async def forget_key(self, settings: Settings) -> None:
        """Raises `SecretError`."""
        ...

    async def has_proxy_password(self, network: Network) -> bool:
        """Raises `SecretError`."""
        ...

    async def keep_proxy_password(self, network: Network, password: str) -> None:
        """Keep it for the proxy and the user of `network`; an empty one is forgotten. As `keep_key`."""
        ...


class HistoryStore(Protocol):
    """Keeps conversations on this machine. Every method raises `HistoryError`, and may be called again.

    What is asked for is done in that order. What is written is on the disk when the call returns.
    """

    @property
    def folder(self) -> Path:
        """Where all of it lies; it is made when the history is opened."""
        ...

    async def open(self) -> Opened:
        """Make ready, and mend what the last run left unfinished. Called first; again after it failed."""
        ...

    async def aclose(self) -> None:
        """Delete truly what is deleted, and let go of the files. Raises nothing."""
        ...

    async def write(self, change: Change) -> None:
        """Keep what changed of a conversation, the bytes of new images included. Twice is as once."""
        ...

    async def grow(self, pieces: Sequence[Piece]) -> None:
        """Keep by what answers grew that are streaming, whose nodes were written with `finish` None."""
        ...

    async def keep_draft(self, draft: Draft) -> None:
        """Keep the question that is being written, in the place of the one before."""
        ...

    async def page(self, after: Summary | None, count: int) -> tuple[Summary, ...]:
        """The next `count` conversations: pinned ones first, then the last used first."""
        ...

    async def summary(self, conversation: ConversationId) -> Summary:
        """Raises `ConversationGone`."""
        ...

    async def load(self, conversation: ConversationId) -> Conversation:
        """The whole tree; its images are `KeptImage`s. Raises `ConversationGone`."""
        ...

    async def load_end(self, conversation: ConversationId, count: int) -> End:
        """What is shown last of it, `count` messages or as many as there are. Raises `ConversationGone`."""
        ...

    async def image(self, kept: KeptImage) -> ImageInput:
        """The image with its bytes, and without a thumbnail. Raises `ImageLost`."""
        ...

    async def thumbnail(self, digest: str) -> bytes:
        """A PNG; empty if there is none."""
        ...

    async def set_title(self, conversation: ConversationId, title: str) -> None:
        """Give it the user's own title; an empty one brings back the one that its first question makes."""
        ...

    async def set_pinned(self, conversations: Sequence[ConversationId], *, is_pinned: bool) -> None: ...

    async def delete(self, conversations: Sequence[ConversationId]) -> None:
        """Hide them from lists and searches, until `restore` or `purge`."""
        ...

    async def restore(self, conversations: Sequence[ConversationId]) -> None: ...

    async def purge(self) -> None:
        """Make an end of what is deleted: no byte of it is left in any file."""
        ...

    async def delete_everything(self) -> None:
        """The same for all there is, drafts included, and whatever was set aside or copied."""
        ...

    async def size(self) -> HistorySize:
        """How much is kept."""
        ...

    async def search(self, needle: str, count: int) -> tuple[Hit, ...]:
        """Titles, questions, answers and read texts that hold `needle` in any case; newest first."""
        ...
