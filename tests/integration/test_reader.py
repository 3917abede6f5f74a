"""The on-device reader on real images, with its real networks in a real child process."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from contextlib import aclosing
from typing import Any

import pytest
import zxingcpp

from desktop.domain.errors import NothingToRead, ReaderCrashed
from desktop.domain.events import (
    AnswerDraft,
    Finished,
    LineRead,
    LinesLocated,
    Notice,
    NoticeRaised,
    StreamEvent,
    TextDelta,
)
from desktop.domain.images import ImageBytes, ImageInput, Size
from desktop.domain.limits import READER
from desktop.domain.messages import ChatRequest, LinkPart, Message, TextPart, user_message
from desktop.domain.models import READER_MODEL
from desktop.imaging.loader import WorkerImageLoader
from desktop.paths import resource
from desktop.reader.reader import OnDeviceReader
from desktop.worker.process import WorkerProcess
from tests.support.drawn import coded, drawn, faxed
from tests.support.processes import has_ended

Run = Callable[[Coroutine[Any, Any, None]], None]
Ask = Callable[..., list[StreamEvent]]

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def worker(runner: asyncio.Runner) -> Iterator[WorkerProcess]:
    """One child for the module: its networks take a second to load."""
    process = WorkerProcess()
    yield process
    runner.run(process.aclose())


@pytest.fixture
def ask(runner: asyncio.Runner, worker: WorkerProcess) -> Ask:
    """All events of the answer to a question with these images."""

    async def events(request: ChatRequest) -> list[StreamEvent]:
        async with aclosing(OnDeviceReader(worker).stream(request)) as stream:
            return [event async for event in stream]

    return lambda text="", *images: runner.run(events(request_for(user_message(text, images))))


@pytest.fixture(scope="module")
def receipt(runner: asyncio.Runner) -> ImageInput:
    async def loaded() -> ImageInput:
        worker = WorkerProcess()
        try:
            data = resource("samples", "receipt.png").read_bytes()
            return await WorkerImageLoader(worker).load(ImageBytes("receipt.png", data), READER)
        finally:
            await worker.aclose()

    return runner.run(loaded())


def request_for(*messages: Message) -> ChatRequest:
    return ChatRequest(READER_MODEL, messages)


def image_of(data: bytes) -> ImageInput:
    """An image that needs no preparation."""
    return ImageInput("drawn.png", "image/png", data, Size(0, 0), "")


def text_of(events: list[StreamEvent]) -> str:
    draft = AnswerDraft()
    for event in events:
        draft.apply(event)
    return draft.text


def notices(events: list[StreamEvent]) -> list[Notice]:
    return [event.notice for event in events if isinstance(event, NoticeRaised)]


def test_the_bundled_receipt(ask: Ask, receipt: ImageInput) -> None:
    lines = [line.rstrip() for line in text_of(ask("", receipt)).splitlines()]

    assert {"枫河便利店", "Cashier: Lin Wei\tNo. 004182", "| --- | --: |"} <= {*lines}
    assert {"| Oat milk 燕麦奶 1 L | 7.80 |", "| Member discount 会员 | -1.76 |"} <= {*lines}
    assert "| TOTAL 合计 | EUR 33.46 |" in lines
    code, thanks = "[QR Code] <https://receipts.example/r/0417-004182>", "谢谢惠顾，欢迎再来"
    assert lines.index("CARD **** 4821\tAPPROVED") < lines.index(code) < lines.index(thanks)


def test_the_bundled_error(ask: Ask) -> None:
    text = text_of(ask("", image_of(resource("samples", "error.png").read_bytes())))

    assert "\n```\n~/orders $ python export_orders.py --month 2026-02\nReading 12 480 orders" in text
    assert '\n  File "orders/rows.py", line 27, in row_for\n    return [order.id, CURRENCIES' in text
    assert "\nKeyError: 'CHF'\n~/orders $\n```\n" in text
    assert "Order 10 377 uses the currency CHF, which has no exchange rate for February 2026." in text
    assert "Show details\tClose\n" in text


def test_events_come_in_order(ask: Ask, receipt: ImageInput) -> None:
    located, *between, last = ask("Read the text", receipt)
    read = [event for event in between if isinstance(event, LineRead)]
    said = "".join(event.text for event in between if isinstance(event, TextDelta))

    assert isinstance(located, LinesLocated)
    assert last == Finished("stop")
    assert {line.box for line in read} - {*located.boxes} == {line.box for line in read if "://" in line.text}
    assert all(isinstance(event, LineRead | TextDelta) for event in between)
    places = [said.index(line.text) for line in read if line.text.isalpha()]
    assert places == sorted(places)


def test_boxes_surround_what_was_read(ask: Ask) -> None:
    (line,) = (e for e in ask("", image_of(drawn(["Somewhere"]))) if isinstance(e, LineRead))

    assert line.text == "Somewhere"
    assert line.confidence > 0.9
    assert (20 <= line.box.x0 <= 32, 25 <= line.box.y0 <= 36) == (True, True)
    assert (130 <= line.box.x1 <= 160, 48 <= line.box.y1 <= 60) == (True, True)


def test_several_images_are_read_one_after_the_other(ask: Ask) -> None:
    events = ask("", image_of(drawn(["First page"])), image_of(drawn([])), image_of(drawn(["Third page"])))

    assert text_of(events) == (
        "### 1 · drawn.png\n\nFirst page\n\n"
        "### 2 · drawn.png\n\n*No text was found in this image.*\n\n"
        "### 3 · drawn.png\n\nThird page\n"
    )
    assert [event.image for event in events if isinstance(event, LinesLocated)] == [0, 1, 2]
    assert [event.image for event in events if isinstance(event, LineRead)] == [0, 2]


@pytest.mark.parametrize(
    ("question", "said"),
    [("Why is the total so high?", [Notice.READER_CANNOT_ANSWER]), ("Read the text", []), ("", [])],
)
def test_it_says_first_what_it_cannot_do(ask: Ask, question: str, said: list[Notice]) -> None:
    events = ask(question, image_of(drawn(["Total 33.46"])))

    assert [event.notice for event in events[: len(said)] if isinstance(event, NoticeRaised)] == said
    assert notices(events) == said
    assert text_of(events) == "Total 33.46\n"


def test_no_text_is_said(ask: Ask) -> None:
    events = ask("", image_of(drawn([])))

    assert events == [
        LinesLocated(0, ()),
        NoticeRaised(Notice.NO_TEXT_FOUND),
        NoticeRaised(Notice.MAY_BE_TURNED),
        Finished("stop"),
    ]


def test_a_follow_up_is_about_the_images_before_it(runner: asyncio.Runner, worker: WorkerProcess) -> None:
    messages = (
        user_message("Read the text", (image_of(drawn(["Invoice 17"])),)),
        Message("assistant", (TextPart("Invoice 17"),)),
        user_message("Once more: read the text"),
    )

    async def scenario() -> list[StreamEvent]:
        async with aclosing(OnDeviceReader(worker).stream(request_for(*messages))) as stream:
            return [event async for event in stream]

    assert text_of(runner.run(scenario())) == "Invoice 17\n"


def test_without_an_image_there_is_nothing_to_read(ask: Ask) -> None:
    with pytest.raises(NothingToRead):
        ask("Hello?")


def test_web_addresses_are_not_opened(runner: asyncio.Runner, worker: WorkerProcess) -> None:
    request = request_for(user_message("Read the text", (LinkPart("https://example.com/a.png"),)))

    async def scenario() -> None:
        async with aclosing(OnDeviceReader(worker).stream(request)) as stream:
            assert await anext(stream) == NoticeRaised(Notice.LINKS_NOT_READ)
            with pytest.raises(NothingToRead):
                await anext(stream)

    runner.run(scenario())


def test_a_barcode_is_told_from_text(ask: Ask) -> None:
    events = ask("", image_of(coded("5901234123457", zxingcpp.BarcodeFormat.EAN13)))

    assert "[EAN-13] 5901234123457\n" in text_of(events)


def test_a_dithered_frame_is_no_text(ask: Ask) -> None:
    assert text_of(ask("", image_of(faxed(drawn(["Page 1 of scan"], size=(900, 600)))))) == "Page 1 of scan\n"


@pytest.mark.parametrize("ink", ["white", "black"])
def test_text_on_nothing_is_read(ask: Ask, ink: str) -> None:
    events = ask("", image_of(drawn(["Cut out of a window"], ink=ink, paper="transparent")))

    assert text_of(events) == "Cut out of a window\n"


def test_a_tilted_line_is_straightened(ask: Ask) -> None:
    events = ask("", image_of(drawn(["A photograph is seldom quite level"], degrees=8)))

    assert text_of(events) == "A photograph is seldom quite level\n"


def test_stopping_ends_the_process_and_the_next_question_finds_a_new_one(
    ask: Ask, runner: asyncio.Runner, worker: WorkerProcess, receipt: ImageInput
) -> None:
    async def stopped_at_the_first_line() -> bool:
        async with aclosing(OnDeviceReader(worker).stream(about(receipt))) as stream:
            await until_a_line(stream)
            pid = worker.pid
        assert pid is not None
        return await has_ended(pid)

    assert runner.run(stopped_at_the_first_line())
    assert text_of(ask("", image_of(drawn(["Still here"])))) == "Still here\n"


def test_the_first_line_comes_before_the_last_is_read_and_a_death_is_told(
    ask: Ask, runner: asyncio.Runner, worker: WorkerProcess, receipt: ImageInput
) -> None:
    async def killed_at_the_first_line() -> None:
        async with aclosing(OnDeviceReader(worker).stream(about(receipt))) as stream:
            await until_a_line(stream)
            assert worker.pid is not None
            os.kill(worker.pid, signal.SIGKILL)
            async for _ in stream:
                pass

    with pytest.raises(ReaderCrashed) as caught:
        runner.run(killed_at_the_first_line())
    assert caught.value.retryable
    assert text_of(ask("", image_of(drawn(["And again"])))) == "And again\n"


def test_a_death_costs_one_image_of_several(
    runner: asyncio.Runner, worker: WorkerProcess, receipt: ImageInput
) -> None:
    async def killed_at_the_first_line() -> list[StreamEvent]:
        request = about(receipt, image_of(drawn(["Still read"])), image_of(drawn([])))
        async with aclosing(OnDeviceReader(worker).stream(request)) as stream:
            await until_a_line(stream)
            assert worker.pid is not None
            os.kill(worker.pid, signal.SIGKILL)
            return [event async for event in stream]

    events = runner.run(killed_at_the_first_line())
    assert NoticeRaised(Notice.IMAGE_NOT_READ, {"image": "1"}) in events
    assert text_of(events).endswith(
        "\n\n*Image 1 could not be read.*\n\n### 2 · drawn.png\n\nStill read\n\n"
        "### 3 · drawn.png\n\n*No text was found in this image.*\n"
    )
    assert Notice.NO_TEXT_FOUND not in notices(events)
    assert events[-1] == Finished("stop")


def test_if_every_image_is_lost_that_is_an_error(runner: asyncio.Runner) -> None:
    events: list[StreamEvent] = []

    async def scenario() -> None:
        worker = WorkerProcess(("false",))
        try:
            images = image_of(drawn(["one"])), image_of(drawn(["two"]))
            async with aclosing(OnDeviceReader(worker).stream(about(*images))) as stream:
                while True:
                    events.append(await anext(stream))
        finally:
            await worker.aclose()

    with pytest.raises(ReaderCrashed):
        runner.run(scenario())
    assert notices(events) == [Notice.IMAGE_NOT_READ] * 2


def test_stopping_stops_all_images(
    runner: asyncio.Runner, worker: WorkerProcess, receipt: ImageInput
) -> None:
    async def stopped_at_the_first_line() -> bool:
        async with aclosing(OnDeviceReader(worker).stream(about(receipt, receipt))) as stream:
            await until_a_line(stream)
            pid = worker.pid
        assert pid is not None
        return worker.pid is None and await has_ended(pid)

    assert runner.run(stopped_at_the_first_line())


def test_the_readers_own_words_are_in_the_users_language(
    runner: asyncio.Runner, worker: WorkerProcess
) -> None:
    async def scenario() -> list[StreamEvent]:
        reader = OnDeviceReader(worker, words=lambda said: f"*{said.notice.name}*")
        request = about(image_of(drawn([])), image_of(drawn(["two"])))
        async with aclosing(reader.stream(request)) as stream:
            return [event async for event in stream]

    assert "\n\n*\\*NO_TEXT_IN_IMAGE\\**\n\n" in text_of(runner.run(scenario()))


def about(*images: ImageInput) -> ChatRequest:
    return request_for(user_message("", images))


async def until_a_line(stream: AsyncGenerator[StreamEvent, None]) -> None:
    async for event in stream:
        if isinstance(event, LineRead):
            return


def test_it_works_on_the_windows_loop(run: Run) -> None:
    async def scenario() -> None:
        worker = WorkerProcess()
        try:
            request = request_for(user_message("", (image_of(drawn(["On the window's loop"])),)))
            async with aclosing(OnDeviceReader(worker).stream(request)) as stream:
                assert text_of([event async for event in stream]) == "On the window's loop\n"
        finally:
            await worker.aclose()

    run(scenario())
