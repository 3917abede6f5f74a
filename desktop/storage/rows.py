"""Messages as rows of the database, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from desktop.domain.conversation import Answer, Node
from desktop.domain.images import ImageInput, KeptImage, Size
from desktop.domain.messages import ImagePart, LinkPart, Message, Part, TextPart
from desktop.storage import soundness, values
from desktop.storage.texts import clean

MESSAGE = (
    "number", "parent", "is_question", "made", "text", "read", "reasoning", "model", "provider", "finish",
    "error", "notices", "lines", "usage", "seconds", "thinking_seconds", "first_seconds",
)  # fmt: skip
"""The columns of a message that make a node."""

PART = ("place", "length", "url", "image", "name", "source_digest", "change")
"""The columns of a part of a question; a draft's have no `length`."""

IMAGE = ("digest", "media_type", "width", "height", "length")

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """What the pieces of a streaming answer hold together."""

    text: str = ""
    reasoning: str = ""


# ── nodes into rows ─────────────────────────────────────────────────────────────────────────────


def message_row(node: Node) -> Row:
    """`node` in the order of `MESSAGE`."""
    answer = node.answer
    if answer is None:
        text = node.question.text if node.question is not None else ""
        return (node.id, node.parent, 1, node.made, clean(text), *_NO_ANSWER)
    return (
        node.id, node.parent, 0, node.made, clean(answer.text), read_text(answer), clean(answer.reasoning),
        clean(answer.model), clean(answer.provider), answer.finish,
        values.error_json(answer.error), values.notices_json(answer.notices), values.lines_json(answer.lines),
        values.usage_json(answer.usage), answer.seconds, answer.thinking_seconds, answer.first_seconds,
    )  # fmt: skip


_NO_ANSWER: Row = ("", "", "", "", None, None, None, None, None, 0.0, 0.0, 0.0)


def read_text(answer: Answer) -> str:
    """What was read from images, a line each."""
    return clean("\n".join([line.text for line in answer.lines]))


def part_rows(parts: Sequence[Part]) -> list[Row]:
    """`parts` in the order of `PART`; none for a text alone, which the message's own text is."""
    if len(parts) == 1 and isinstance(parts[0], TextPart) and parts[0].text:
        return []
    return [(place, *_part(part)) for place, part in enumerate(parts)]


def image_row(kept: KeptImage) -> Row:
    """`kept` in the order of `IMAGE`."""
    return (kept.digest, kept.media_type, kept.size.width, kept.size.height, kept.length)


def kept_image(image: ImageInput, image_digest: str) -> KeptImage:
    """`image` as it is once its bytes are in the history under `image_digest`."""
    return KeptImage(
        image.name, image.media_type, image_digest, len(image.data), image.size,
        image.source_digest, image.change,
    )  # fmt: skip


# ── rows into nodes ─────────────────────────────────────────────────────────────────────────────


def node_of(row: Row, parts: Sequence[Row], growth: Growth) -> Node:
    """The node of a `row` in the order of `MESSAGE`; `parts` as `part_of` wants them."""
    number, parent, is_question, made, text = row[:5]
    if is_question:
        return Node(number, parent, question=_question(text, parts), made=made)
    return Node(number, parent, answer=_answer(row, growth), made=made)


def part_of(row: Row) -> ImagePart | LinkPart:
    """A link or image; `row` holds `PART` without its first two, and `IMAGE` without its first."""
    url, image, name, source_digest, change, media_type, width, height, length = row
    if image is None:
        soundness.check_text(url)
        return LinkPart(url)
    soundness.check_image(row[1:])
    size = Size(width, height)
    return ImagePart(
        KeptImage(name, media_type, image, length, size, source_digest, values.change_from(change))
    )


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _part(part: Part) -> Row:
    match part:
        case TextPart(text):
            return (len(text), None, None, None, None, None)
        case LinkPart(url):
            return (None, clean(url), None, None, None, None)
        case ImagePart(kept):
            assert isinstance(kept, KeptImage), "bytes are put into files first"
            change = values.change_json(kept.change)
            return (None, None, kept.digest, clean(kept.name), kept.source_digest, change)
        case _:
            assert_never(part)


def _question(text: str, rows: Sequence[Row]) -> Message:
    """`rows`: the length of a text in `text`, or None, then as for `part_of`."""
    if not rows and text:
        return Message("user", (TextPart(text),))
    parts: list[Part] = []
    at = 0
    for length, *rest in rows:
        if length is not None:
            parts.append(TextPart(text[at : at + length]))
            at += length
        else:
            parts.append(part_of(tuple(rest)))
    return Message("user", tuple(parts))


def _answer(row: Row, growth: Growth) -> Answer:
    (
        text, _read, reasoning, model, provider, finish, error, notices, lines, usage,
        seconds, thinking_seconds, first_seconds,
    ) = row[4:]  # fmt: skip
    return Answer(
        model, text + growth.text, reasoning + growth.reasoning,
        values.notices_from(notices), values.lines_from(lines), values.usage_from(usage),
        finish, values.error_from(error), seconds, thinking_seconds, first_seconds, provider=provider,
    )  # fmt: skip
