"""What the inner rooms need from the outside world, named by the need."""

from collections.abc import AsyncGenerator
from typing import Protocol

from desktop.domain.events import StreamEvent
from desktop.domain.images import ImageInput, ImageSource
from desktop.domain.messages import ChatRequest
from desktop.domain.settings import Settings


class AnswerSource(Protocol):
    """Whatever answers: a model's server, or the on-device reader."""

    def stream(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """The answer as events, `Finished` last. Raises `AppError`; closing it stops the work at once."""
        ...


class ImageLoader(Protocol):
    async def load(self, source: ImageSource) -> ImageInput:
        """Read, judge and prepare one image. Raises `ImageError`."""
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
    async def model_ids(self) -> tuple[str, ...]:
        """The ids that the server lists. Raises `ProviderError`."""
        ...
