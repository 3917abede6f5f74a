"""What is said in a conversation, and the one frozen value a request is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from desktop.domain.images import ImageInput, Picture

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class TextPart:
    text: str


@dataclass(frozen=True, slots=True)
class ImagePart:
    """An image sent as its bytes, which may have to be fetched from the history first."""

    image: Picture


@dataclass(frozen=True, slots=True)
class LinkPart:
    """An image sent as a web address; the model's server fetches it."""

    url: str


def is_link(text: str) -> bool:
    """Whether `text` names an image by its web address, rather than by its place on a disk."""
    return text.lower().startswith(("http://", "https://"))


Part = TextPart | ImagePart | LinkPart

Attachable = ImageInput | LinkPart
"""What can be attached to a question."""


@dataclass(frozen=True, slots=True)
class Message:
    role: Role
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        return "".join([part.text for part in self.parts if isinstance(part, TextPart)])

    @property
    def images(self) -> tuple[Picture, ...]:
        return tuple(part.image for part in self.parts if isinstance(part, ImagePart))

    @property
    def links(self) -> tuple[str, ...]:
        return tuple(part.url for part in self.parts if isinstance(part, LinkPart))


def user_message(text: str, images: Iterable[Attachable] = ()) -> Message:
    """The question first, then its images in their order: as in the service's own examples."""
    parts: list[Part] = [TextPart(text)] if text else []
    parts += [image if isinstance(image, LinkPart) else ImagePart(image) for image in images]
    return Message("user", tuple(parts))


@dataclass(frozen=True, slots=True)
class Parameters:
    """Sampling parameters. `None` or empty means: not sent, the server's own default holds."""

    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    seed: int | None = None
    instructions: str = ""


@dataclass(frozen=True, slots=True)
class Thinking:
    """The switch of hybrid models; sent only to them. `budget` in tokens."""

    enabled: bool
    budget: int | None = None


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """Everything one request is made of. `messages` ends with the question; all its images are here.

    `thinking` is None for models without the switch; `full_detail` asks for the high image resolution
    (None for models without that switch). `rotated` asks the on-device reader to find out which way is up.
    `thinks`: the model may think before it speaks, which takes time.
    """

    model: str
    messages: tuple[Message, ...] = field(repr=False)
    stream: bool = True
    parameters: Parameters = field(default_factory=Parameters)
    thinking: Thinking | None = None
    full_detail: bool | None = None
    rotated: bool = False
    thinks: bool = False

    @property
    def question(self) -> Message:
        return self.messages[-1]
