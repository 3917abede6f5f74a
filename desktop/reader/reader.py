"""Answers with the text of the question's images, read on this device."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing

from desktop.domain.errors import NothingToRead, ReaderCrashed, ReaderError
from desktop.domain.events import (
    Finished,
    LineRead,
    LinesLocated,
    Notice,
    NoticeRaised,
    StreamEvent,
    TextDelta,
)
from desktop.domain.images import Box, ImageInput, Picture
from desktop.domain.messages import ChatRequest, Message
from desktop.reader.flow import Flow
from desktop.reader.question import wants_only_text
from desktop.reader.sections import Sections, Words
from desktop.reader.texture import is_texture
from desktop.worker.process import WorkerDied, WorkerFailed, WorkerProcess
from desktop.worker.wire import Frame, Refusal


class OnDeviceReader:
    """An answer source that needs no network and no key: it reads text and codes, and nothing else."""

    def __init__(self, worker: WorkerProcess, words: Words = str) -> None:
        """`words`: the sentence of a notice, in the language in which the text is read."""
        self._worker = worker
        self._words = words

    async def stream(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """For each image where its lines stand, then line by line what they say; the text is Markdown.

        Several images are parted by headings. One that cannot be read costs nothing but itself.
        Raises `NothingToRead`; `ReaderCrashed` or `ReaderError` if no image could be read. Closing it
        kills the worker at once.
        """
        asked = _message_with_images(request.messages)
        for notice in _notices(request.question, asked):
            yield NoticeRaised(notice)
        if asked is None:
            raise NothingToRead
        sections = Sections(len(asked.images), self._words)
        for number, image in enumerate(asked.images):
            async with aclosing(self._section(number, image, sections, request.rotated)) as events:
                async for event in events:
                    yield event
        for event in sections.conclude(rotated=request.rotated):
            yield event
        yield Finished("stop")

    async def _section(
        self, number: int, image: Picture, sections: Sections, rotated: bool
    ) -> AsyncGenerator[StreamEvent, None]:
        """What is read of one image, beneath its heading if there are others."""
        assert isinstance(image, ImageInput), "a request is made of images that are here"
        for event in sections.begin(number, image.name):
            yield event
        try:
            async with aclosing(self._read(number, image, sections.flow, rotated)) as events:
                async for event in events:
                    sections.has_text |= isinstance(event, LineRead)
                    yield event
        except ReaderError as error:
            for event in sections.fail(number, error):
                yield event
        else:
            for event in sections.end():
                yield event

    async def _read(
        self, number: int, image: ImageInput, flow: Flow, rotated: bool
    ) -> AsyncGenerator[StreamEvent, None]:
        facts = {"rotated": True} if rotated else {}
        try:
            async with aclosing(self._worker.request("read", facts, image.data)) as frames:
                async for frame in frames:
                    for event in _events(number, frame, flow):
                        yield event
            if said := flow.end():
                yield TextDelta(said)
        except WorkerDied as death:
            raise ReaderCrashed(detail=str(death)) from death
        except (WorkerFailed, Refusal) as failure:
            raise ReaderError(detail=str(failure)) from failure


def _message_with_images(messages: Sequence[Message]) -> Message | None:
    """The last thing the user said that has images: a follow-up is about the images before it."""
    said = (message for message in reversed(messages) if message.role == "user")
    return next((message for message in said if message.images), None)


def _notices(question: Message, asked: Message | None) -> Iterator[Notice]:
    if asked is not None and not wants_only_text(question.text):
        yield Notice.READER_CANNOT_ANSWER
    if question.links or (asked is not None and asked.links):
        yield Notice.LINKS_NOT_READ


def _events(number: int, frame: Frame, flow: Flow) -> Iterator[StreamEvent]:
    facts = frame.facts
    match frame.kind:
        case "located":
            yield LinesLocated(number, tuple(Box(*box) for box in facts["boxes"]))
        case "region":
            yield from _text(flow.region(facts))
        case "line" if is_texture(facts["text"], facts["confidence"]):
            pass
        case "line":
            yield LineRead(number, Box(*facts["box"]), facts["text"], facts["confidence"])
            yield from _text(flow.line(facts))
        case "code":
            yield LineRead(number, Box(*facts["box"]), facts["text"], 1.0)
            yield from _text(flow.code(facts["text"], facts["symbology"]))
        case other:
            raise ReaderError(detail=f"an unknown frame: {other}")


def _text(said: str) -> Iterator[TextDelta]:
    if said:
        yield TextDelta(said)
