"""The on-device reader, on the receipt that ships with the app."""

import asyncio
from contextlib import aclosing
from pathlib import Path

from desktop.domain.errors import AppError
from desktop.domain.events import AnswerDraft
from desktop.domain.images import ImageFile
from desktop.domain.limits import READER
from desktop.domain.messages import ChatRequest, user_message
from desktop.domain.models import READER_MODEL
from desktop.imaging.loader import WorkerImageLoader
from desktop.paths import resource
from desktop.reader.reader import OnDeviceReader
from desktop.selftest.finding import CheckFailed, Finding, ok
from desktop.worker.process import WorkerProcess

_EXPECTED = ("MAPLE", "33.46", "谢谢惠顾")
"""In English, digits and Chinese."""


def check(_folder: Path) -> Finding:
    return asyncio.run(_read())


async def _read() -> Finding:
    worker = WorkerProcess(idle=None)
    draft = AnswerDraft()
    try:
        loader = WorkerImageLoader(worker)
        image = await loader.load(ImageFile(resource("samples", "receipt.png")), READER)
        request = ChatRequest(READER_MODEL, (user_message("", (image,)),))
        async with aclosing(OnDeviceReader(worker).stream(request)) as events:
            async for event in events:
                draft.apply(event)
    except AppError as error:
        raise CheckFailed(f"{error} {error.detail}".rstrip()) from error
    finally:
        await worker.aclose()
    if missing := [words for words in _EXPECTED if words not in draft.text]:
        raise CheckFailed(f"On the sample, {' and '.join(missing)} could not be read.")
    return ok(f"{len(draft.lines)} lines of the sample read, English and Chinese")
