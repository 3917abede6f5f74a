"""The closed union of what an answer's stream can say, and its fold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, Self, assert_never

from desktop.domain.errors import AppError, shown_facts
from desktop.domain.images import Box
from desktop.domain.text import QT_TRANSLATE_NOOP

FinishReason = Literal["stop", "length", "content_filter", "tool_calls", "cancelled", "interrupted"]


class Notice(Enum):
    """Something the answering side wants said beside the answer; the value is the sentence, a template."""

    READER_CANNOT_ANSWER = QT_TRANSLATE_NOOP(
        "notices",
        "The on-device reader cannot answer questions; it only reads text. Here is what it read.",
    )
    NO_TEXT_FOUND = QT_TRANSLATE_NOOP("notices", "The on-device reader found no text.")
    MAY_BE_TURNED = QT_TRANSLATE_NOOP(
        "notices", "If the image is turned, switch on “Rotated photo” and ask again."
    )
    NO_TEXT_IN_IMAGE = QT_TRANSLATE_NOOP("notices", "No text was found in this image.")
    IMAGE_NOT_READ = QT_TRANSLATE_NOOP("notices", "Image {image} could not be read.")
    HARD_TO_READ = QT_TRANSLATE_NOOP(
        "notices", "What is set in italics was hard to read: compare it with the image."
    )
    CODE_HARD_TO_READ = QT_TRANSLATE_NOOP(
        "notices", "Hard to read in code block {block}: line {lines}. Compare with the image."
    )
    SENT_WITHOUT = QT_TRANSLATE_NOOP(
        "notices", "The server does not take “{fields}”; the question was sent again without it."
    )
    SENT_STREAMED = QT_TRANSLATE_NOOP(
        "notices", "This model only answers while it writes; the question was sent again so."
    )
    SENT_SMALLER = QT_TRANSLATE_NOOP("notices", "The images were sent smaller: {sizes}.")
    IMAGES_LEFT_OUT = QT_TRANSLATE_NOOP(
        "notices", "The server takes {limit} images at once; the oldest were left out: {names}."
    )
    ASKED_ALONE = QT_TRANSLATE_NOOP("notices", "Asked without what was said before.")
    ALL_WAS_THINKING = QT_TRANSLATE_NOOP(
        "notices", "The server marked the whole answer as thinking; it is shown as the answer too."
    )
    LINKS_NOT_READ = QT_TRANSLATE_NOOP("notices", "The on-device reader does not open web addresses.")


@dataclass(frozen=True, slots=True)
class TextDelta:
    text: str


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    text: str


@dataclass(frozen=True, slots=True)
class NoticeRaised:
    """`facts` fill the notice's sentence."""

    notice: Notice
    facts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", shown_facts(self.facts))

    def __str__(self) -> str:
        """The English sentence."""
        return self.notice.value.format(**self.facts)


@dataclass(frozen=True, slots=True)
class LinesLocated:
    """Where lines of text stand in image number `image` (from 0), before any is read."""

    image: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class LineRead:
    """One line, read. `confidence` is 0…1."""

    image: int
    box: Box
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as counted by the server; None where it did not say."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    total_tokens: int | None = None
    image_tokens: int | None = None
    reasoning_tokens: int | None = None
    cached_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class UsageReported:
    usage: Usage


@dataclass(frozen=True, slots=True)
class Finished:
    """The last event. `interrupted`: the stream ended without saying why."""

    reason: FinishReason


@dataclass(frozen=True, slots=True)
class RetryScheduled:
    """Nothing came yet, because of `error`; the same is asked again in `seconds`, unless it is stopped."""

    error: AppError
    seconds: float


StreamEvent = (
    TextDelta
    | ReasoningDelta
    | NoticeRaised
    | LinesLocated
    | LineRead
    | UsageReported
    | RetryScheduled
    | Finished
)


class AnswerDraft:
    """Folds a stream's events; its properties are the answer so far.

    Deltas collect in lists and are joined when asked for: text grown by `+=` costs 22 s for 1 MB.
    """

    def __init__(self) -> None:
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self.notices: list[NoticeRaised] = []
        self.lines: list[LineRead] = []
        self.usage: Usage | None = None
        self.finish: FinishReason | None = None

    @classmethod
    def of(
        cls, text: str, reasoning: str, notices: Iterable[NoticeRaised], lines: Iterable[LineRead]
    ) -> Self:
        """A draft that goes on where an answer was cut off."""
        draft = cls()
        draft._text, draft._reasoning = [text], [reasoning]
        draft.notices, draft.lines = list(notices), list(lines)
        return draft

    @property
    def text(self) -> str:
        return _joined(self._text)

    @property
    def reasoning(self) -> str:
        return _joined(self._reasoning)

    def apply(self, event: StreamEvent) -> None:
        match event:
            case TextDelta(text):
                self._text.append(text)
            case ReasoningDelta(text):
                self._reasoning.append(text)
            case NoticeRaised():
                self.notices.append(event)
            case LineRead():
                self.lines.append(event)
            case LinesLocated() | RetryScheduled():
                pass
            case UsageReported(usage):
                self.usage = usage
            case Finished(reason):
                self.finish = reason
            case _:
                assert_never(event)


def _joined(pieces: list[str]) -> str:
    pieces[:] = ["".join(pieces)]
    return pieces[0]
