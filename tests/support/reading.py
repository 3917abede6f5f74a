"""What the on-device reader makes of screenshots, through its own process."""

import time
from contextlib import aclosing
from dataclasses import dataclass

from desktop.domain.events import LineRead
from desktop.domain.images import ImageInput, Size
from desktop.domain.messages import ChatRequest, user_message
from desktop.domain.models import READER_MODEL
from desktop.reader.reader import OnDeviceReader
from tests.support.error_rate import wrong, wrong_with_blanks
from tests.support.screenshots import Screenshot


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines read of `shot`, in reading order, and after how many seconds the first and the last came."""

    shot: Screenshot
    text: str
    first: float
    last: float

    @property
    def wrong(self) -> float:
        return wrong(self.shot.text, self.text)

    @property
    def wrong_with_blanks(self) -> float:
        return wrong_with_blanks(self.shot.text, self.text)


async def read(reader: OnDeviceReader, shot: Screenshot) -> Reading:
    """Read the image itself, without the Markdown that is made of it. At least one line must be found."""
    image = ImageInput(shot.name, shot.mime, shot.data, Size(0, 0), "")
    begin, lines, times = time.perf_counter(), [], []
    async with aclosing(reader.stream(ChatRequest(READER_MODEL, (user_message("", (image,)),)))) as stream:
        async for event in stream:
            if isinstance(event, LineRead):
                lines.append(event.text)
                times.append(time.perf_counter() - begin)
    return Reading(shot, "\n".join(lines), times[0], times[-1])
