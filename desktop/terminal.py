"""`viewfinder ask`: one question in the terminal, answered by the same core as the window's."""

import asyncio
import io
import json
import math
import os
import re
import shlex
import sys
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TextIO, assert_never

from desktop.connection import Connection
from desktop.domain.errors import AppError
from desktop.domain.events import (
    Finished,
    LineRead,
    LinesLocated,
    NoticeRaised,
    ReasoningDelta,
    RetryScheduled,
    StreamEvent,
    TextDelta,
    UsageReported,
)
from desktop.domain.image_errors import ImageError, IsAFolder, too_many
from desktop.domain.image_rules import image_limits
from desktop.domain.images import ImageFile, ImageInput, ImageInURL
from desktop.domain.limits import ImageLimits
from desktop.domain.links import refusal, shown
from desktop.domain.messages import ChatRequest, LinkPart, user_message
from desktop.domain.models import READER_MODEL, Catalog
from desktop.domain.named import named_image
from desktop.domain.provider_errors import KeyInTheClear
from desktop.domain.request import chat_request
from desktop.domain.settings import Settings
from desktop.domain.visible import HIDDEN, visible


class Exit(IntEnum):
    """Exit statuses of the terminal form."""

    ANSWERED = 0
    USAGE = 2
    BAD_IMAGE = 3
    FAILED = 4
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Question:
    """What the command line asked. `images` are paths or URLs."""

    images: tuple[str, ...]
    prompt: str = ""
    model: str = ""
    as_json: bool = False


DEFAULT_QUESTION = "What does this image show?"
DEFAULT_QUESTION_OF_MANY = "What do these images show?"
"""Asked of a model when no words were given; the on-device reader needs none."""

KEY_ALL_THE_SAME = "To send the key all the same, this once: --key-over-http"

Image = ImageInput | LinkPart


def ask(question: Question, settings: Settings, catalog: Catalog, connection: Connection) -> Exit:
    """Answer on stdout, everything else on stderr."""
    _make_tolerant(as_json=question.as_json)
    printer = JsonPrinter(sys.stdout) if question.as_json else TextPrinter(sys.stdout, sys.stderr)
    try:
        return asyncio.run(_ask(question, settings, catalog, connection, printer))
    except KeyboardInterrupt:
        printer.event(Finished("cancelled"))
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read the answer has seen enough, as `head` does. At its end Python would write again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.INTERRUPTED


def _make_tolerant(*, as_json: bool) -> None:
    """Let no character end the program that the terminal does not know. JSON is UTF-8 everywhere."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if as_json else None, errors="replace")


async def _ask(
    question: Question, settings: Settings, catalog: Catalog, connection: Connection, printer: "Printer"
) -> Exit:
    try:
        model = question.model or await connection.default_model(settings)
        try:
            images = await load_images(question.images, image_limits(settings.endpoint, model), connection)
        except ImageError as error:
            printer.error(error)
            return Exit.BAD_IMAGE
        try:
            request = _request(question, images, model, settings, catalog)
            return await _answer(request, settings, connection, printer)
        except KeyInTheClear as error:
            printer.error(KeyInTheClear(detail=KEY_ALL_THE_SAME, **error.facts))
            return Exit.FAILED
        except AppError as error:
            printer.error(error)
            return Exit.FAILED
    finally:
        await connection.aclose()


async def load_images(
    arguments: Sequence[str], limits: ImageLimits, connection: Connection
) -> tuple[Image, ...]:
    """The images in their order, as `limits` has them; the same one twice is one. Raises `ImageError`."""
    images: dict[str, Image] = {}
    for argument in dict.fromkeys(arguments):
        named = named_image(argument)
        if isinstance(named, LinkPart) and (problem := refusal(named.url)) is not None:
            raise problem
        if limits.links and isinstance(named, LinkPart):
            images[argument] = named
        else:
            image = await _loaded(named, limits, connection)
            images.setdefault(image.source_digest, image)
    if limits.count is not None and len(images) > limits.count:
        names = [shown(image.url) if isinstance(image, LinkPart) else image.name for image in images.values()]
        raise too_many(names[limits.count :], limits.count)
    return tuple(images.values())


async def _loaded(
    named: ImageFile | ImageInURL | LinkPart, limits: ImageLimits, connection: Connection
) -> ImageInput:
    """Whoever names a web address here has asked for it: it is fetched where the model cannot."""
    source = await connection.fetch(named.url) if isinstance(named, LinkPart) else named
    try:
        return await connection.images.load(source, limits)
    except IsAFolder as error:
        assert isinstance(source, ImageFile)
        hint = f"To ask about the images in it: viewfinder ask {shlex.quote(str(source.path))}/*.png"
        raise IsAFolder(name=source.name, detail=hint) from error


def _request(
    question: Question, images: tuple[Image, ...], model_id: str, settings: Settings, catalog: Catalog
) -> ChatRequest:
    prompt = question.prompt
    if not prompt and model_id != READER_MODEL:
        prompt = DEFAULT_QUESTION if len(images) == 1 else DEFAULT_QUESTION_OF_MANY
    return chat_request(catalog.find(model_id), (user_message(prompt, images),), settings)


async def _answer(
    request: ChatRequest, settings: Settings, connection: Connection, printer: "Printer"
) -> Exit:
    ending, has_begun = Finished("interrupted"), False
    source = await connection.source(request.model, settings)
    try:
        async with aclosing(source.stream(request)) as events:
            async for event in events:
                has_begun = True
                if isinstance(event, Finished):
                    ending = event
                else:
                    printer.event(event)
    except AppError as error:
        printer.error(error)
        if has_begun:
            printer.event(Finished("interrupted"))
        return Exit.FAILED
    finally:
        printer.end_text()
    printer.event(ending)
    return Exit.FAILED if ending.reason == "interrupted" else Exit.ANSWERED


# ── printing ────────────────────────────────────────────────────────────────────────────────────


class _Words:
    """Words on one stream, of which nothing but what is seen arrives; it knows whether a line was begun.

    No terminal has to stand there: what goes into a file or through a pipe is often shown by one later.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._is_line_begun = False

    def write(self, text: str) -> None:
        if text := visible(text):
            self._out.write(text)
            self._out.flush()
            self._is_line_begun = not text.endswith("\n")

    def end_line(self) -> None:
        if self._is_line_begun:
            self.write("\n")

    def say(self, sentence: str) -> None:
        """A line of its own."""
        self.end_line()
        self.write(f"{sentence}\n")


class TextPrinter:
    """The answer's words on `out`; reasoning, notices and errors on `err`."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self._answer, self._aside = _Words(out), _Words(err)

    def event(self, event: StreamEvent) -> None:
        match event:
            case TextDelta(text):
                self._aside.end_line()
                self._answer.write(text)
            case ReasoningDelta(text):
                self._aside.write(text)
            case NoticeRaised():
                self._aside.say(str(event))
            case RetryScheduled(error, seconds):
                self._aside.say(f"{error} Trying again in {math.ceil(seconds)} s.")
            case Finished(reason) if reason != "stop":
                self._aside.say(_ENDINGS[reason])
            case _:
                pass

    def error(self, error: AppError) -> None:
        self.end_text()
        self._aside.say(str(error))
        if error.detail:
            self._aside.say(error.detail)

    def end_text(self) -> None:
        """End lines that were begun."""
        self._answer.end_line()
        self._aside.end_line()


_ENDINGS = {
    "length": "The answer is cut off: its longest length is reached.",
    "content_filter": "The service cut the answer off because of its content.",
    "tool_calls": "The model asked for a tool; there is none here.",
    "cancelled": "Stopped.",
    "interrupted": "The answer broke off before its end.",
}


class JsonPrinter:
    """One JSON object a line on `out`, of the exact text: what a terminal could act on is escaped."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def event(self, event: StreamEvent) -> None:
        if (entry := _entry(event)) is not None:
            self._write(entry)

    def error(self, error: AppError) -> None:
        self._write(
            {
                "type": "error",
                "kind": error.kind,
                "message": str(error),
                "retryable": error.retryable,
                "turn": error.turn.value,
                "next_step": error.next_step.value if error.next_step else None,
                **({"detail": error.detail} if error.detail else {}),
            }
        )

    def end_text(self) -> None:
        """Lines are whole already."""

    def _write(self, entry: dict[str, Any]) -> None:
        # Outside of strings, JSON of one line has none of these.
        line = HIDDEN.sub(_escaped, json.dumps(entry, ensure_ascii=False))
        print(line, file=self._out, flush=True)


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


Printer = TextPrinter | JsonPrinter


def _entry(event: StreamEvent) -> dict[str, Any] | None:  # noqa: PLR0911 - one return a kind of event
    match event:
        case TextDelta(text):
            return {"type": "text", "text": text}
        case ReasoningDelta(text):
            return {"type": "reasoning", "text": text}
        case NoticeRaised() | RetryScheduled():
            return _aside(event)
        case LineRead(image, box, text, confidence):
            return {
                "type": "box",
                "box": list(box),
                "text": text,
                "image": image,
                "confidence": round(confidence, 3),
            }
        case LinesLocated():
            return None
        case UsageReported(usage):
            counts = {name: getattr(usage, name) for name in usage.__dataclass_fields__}
            return {"type": "usage"} | {name: n for name, n in counts.items() if n is not None}
        case Finished(reason):
            return {"type": "finished", "reason": reason}
        case _:
            assert_never(event)


def _aside(event: NoticeRaised | RetryScheduled) -> dict[str, Any]:
    if isinstance(event, NoticeRaised):
        return {"type": "notice", "kind": event.notice.name.lower(), "message": str(event)}
    seconds = round(event.seconds, 1)
    return {"type": "retry", "kind": event.error.kind, "message": str(event.error), "seconds": seconds}
