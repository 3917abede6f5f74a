"""Many files read at once, so that none is missed which changes or vanishes a moment later.

A thread opens them all, in order, before it reads the first: an open file keeps its bytes, whatever becomes
of its name. It then reads as far ahead of those who wait as memory allows, and ends; when some is taken,
another goes on.
"""

import asyncio
import os
import threading
from collections import deque
from collections.abc import Awaitable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from desktop.domain.image_errors import EmptyFile, FileTooBig, ImageError
from desktop.domain.image_formats import MEGABYTES
from desktop.domain.images import ImageBytes, ImageFile, ImageSource
from desktop.imaging.file import is_out_of_descriptors, open_file, read_file

LIMIT = MEGABYTES * 1_000_000

AHEAD = 512_000_000
"""Bytes of files that have been read and that nobody has taken, at most."""

DESCRIPTORS = 128
"""Files of one reading that are open at a time: half of what macOS allows a process. Later ones are opened
in the place of those that were read."""

THREAD = "read images"


def read_all(
    sources: Sequence[ImageSource], *, ahead: int = AHEAD, descriptors: int = DESCRIPTORS
) -> list[Awaitable[ImageBytes]]:
    """The bytes of each of `sources`, to be awaited once; a thread has begun when this returns.

    Awaiting one raises `ImageError`. One that is cancelled, or let go, is not read, or not kept.
    """
    loop = asyncio.get_running_loop()
    slots = [_Slot(source, loop.create_future()) for source in sources]
    reading = _Reading(slots, loop, ahead, descriptors)
    reading.go_on()
    return [_Handle(reading, slot) for slot in slots]


Outcome = ImageBytes | ImageError


@dataclass(eq=False, slots=True)
class _Slot:
    """One source on its way. The future's result may be an error: nobody need look at it, then."""

    source: ImageSource
    future: asyncio.Future[Outcome] | None
    descriptor: int | None = field(default=None)
    held: int = 0
    is_wanted: bool = False
    is_over: bool = False


class _Handle(Awaitable[ImageBytes]):
    """What a caller holds; when it goes, what was read or opened for it goes too."""

    def __init__(self, reading: "_Reading", slot: _Slot) -> None:
        self._reading, self._slot = reading, slot

    def __await__(self) -> Generator[object, None, ImageBytes]:
        if self._slot.future is None:
            raise RuntimeError("an image's bytes are there to be awaited once")
        self._reading.want(self._slot)
        try:
            outcome = yield from self._slot.future
        finally:
            self._reading.release(self._slot)
        if isinstance(outcome, ImageError):
            raise outcome
        return outcome

    def __del__(self) -> None:
        self._reading.release(self._slot)


class _Reading:
    """The sources of one call. `_waiting` are those not read yet, in order; `_opened` of them are open.

    No lock is held while a file is opened, read or closed.
    """

    def __init__(
        self, slots: Sequence[_Slot], loop: asyncio.AbstractEventLoop, ahead: int, descriptors: int
    ) -> None:
        self._loop, self._ahead, self._descriptors = loop, ahead, descriptors
        # One that its own thread may take twice: a handle may be collected at any moment.
        self._lock = threading.RLock()
        self._waiting = dict.fromkeys(slots)
        self._unopened = deque(slot for slot in slots if isinstance(slot.source, ImageFile))
        self._opened = 0
        self._abandoned: list[int] = []
        self._held = 0
        self._is_working = False

    # ── the loop's thread ───────────────────────────────────────────────────────────────────────

    def go_on(self) -> None:
        """Have a thread work, unless one does or nothing may be done now."""
        with self._lock:
            if self._is_working or not self._is_something_left():
                return
        try:
            # Nobody waits for it at the app's end, and no other work for it: a network drive that is gone
            # may hold it for minutes.
            threading.Thread(target=self._work, name=THREAD, daemon=True).start()
        except RuntimeError:  # Python itself is closing
            self._close_abandoned()

    def want(self, slot: _Slot) -> None:
        """Somebody waits for `slot`: it is read even if much has been read that nobody took."""
        with self._lock:
            slot.is_wanted = True
        self.go_on()

    def release(self, slot: _Slot) -> None:
        """Its bytes were taken, or nobody wants them any more."""
        with self._lock:
            if slot.is_over:
                return
            slot.is_over, slot.future = True, None
            self._held -= slot.held
            if slot in self._waiting:
                self._leave(slot)
                self._abandon(slot)
        self.go_on()

    # ── its own thread ──────────────────────────────────────────────────────────────────────────

    def _work(self) -> None:
        while self._is_something_left():
            self._close_abandoned()
            self._open_ahead()
            slot = self._take_next()
            if slot is not None:
                self._end(slot, _outcome(slot))

    def _open_ahead(self) -> None:
        while (slot := self._next_to_open()) is not None:
            assert isinstance(slot.source, ImageFile)
            try:
                descriptor = open_file(slot.source)
            except ImageError as error:
                if is_out_of_descriptors(error):
                    self._unopened.appendleft(slot)
                    return  # tried again when it is read: then others have been closed
                self._end(slot, error)
            else:
                self._keep_open(slot, descriptor)

    def _next_to_open(self) -> _Slot | None:
        with self._lock:
            while self._unopened and self._opened < self._descriptors:
                if (slot := self._unopened.popleft()) in self._waiting:
                    return slot
            return None

    def _keep_open(self, slot: _Slot, descriptor: int) -> None:
        with self._lock:
            slot.descriptor = descriptor
            if slot.is_over:
                self._abandon(slot)
            else:
                self._opened += 1

    def _take_next(self) -> _Slot | None:
        with self._lock:
            slot = self._next()
            if slot is not None:
                self._leave(slot)
            return slot

    def _end(self, slot: _Slot, outcome: Outcome) -> None:
        with self._lock:
            if slot in self._waiting:
                self._leave(slot)
            if slot.is_over or slot.future is None:
                return
            if isinstance(outcome, ImageBytes) and isinstance(slot.source, ImageFile):
                slot.held = len(outcome.data)
                self._held += slot.held
            future = slot.future
        with suppress(RuntimeError):  # the loop was closed meanwhile
            self._loop.call_soon_threadsafe(_deliver, future, outcome)

    # ── either ──────────────────────────────────────────────────────────────────────────────────

    def _is_something_left(self) -> bool:
        with self._lock:
            self._is_working = bool(self._abandoned) or self._next() is not None
            return self._is_working

    def _next(self) -> _Slot | None:
        """Whom to read next; the first, or, with so much in hand, the first that somebody waits for."""
        may_read_ahead = self._held + LIMIT <= self._ahead
        return next((slot for slot in self._waiting if may_read_ahead or slot.is_wanted), None)

    def _leave(self, slot: _Slot) -> None:
        """It waits no longer."""
        del self._waiting[slot]
        if slot.descriptor is not None:
            self._opened -= 1

    def _abandon(self, slot: _Slot) -> None:
        if slot.descriptor is not None:
            self._abandoned.append(slot.descriptor)
            slot.descriptor = None

    def _close_abandoned(self) -> None:
        with self._lock:
            abandoned, self._abandoned = self._abandoned, []
        for descriptor in abandoned:
            os.close(descriptor)


def judged(given: ImageBytes) -> ImageBytes:
    """The same, if there are bytes and not too many. Raises `FileTooBig`, `EmptyFile`."""
    if len(given.data) > LIMIT:
        raise FileTooBig(name=given.name, limit=MEGABYTES)
    if not given.data:
        raise EmptyFile(name=given.name)
    return given


def _outcome(slot: _Slot) -> Outcome:
    try:
        source = slot.source
        data = _read(slot, source) if isinstance(source, ImageFile) else source.data
        return judged(ImageBytes(source.name, data))
    except ImageError as error:
        return error


def _read(slot: _Slot, source: ImageFile) -> bytes:
    descriptor = open_file(source) if slot.descriptor is None else slot.descriptor
    try:
        return read_file(source, descriptor, LIMIT)
    finally:
        slot.descriptor = None
        os.close(descriptor)


def _deliver(future: asyncio.Future[Outcome], outcome: Outcome) -> None:
    if not future.done():
        future.set_result(outcome)
