"""Server-sent events out of bytes, by the rules of the WHATWG's HTML standard (section 9.2.6); no I/O."""

from typing import NamedTuple

LARGEST_EVENT = 512 * 1024
"""Bytes, which take 9 ms to parse at worst, as nothing but numbers, and 12 MB, as nothing but empty objects.

A whole answer of 100 000 tokens has as many; a server that sends more at once is broken or hostile.
"""

_LINE_ENDS = (b"\n", b"\r")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class EventTooLarge(ValueError):
    """One event is larger than `LARGEST_EVENT`."""


class ServerSentEvent(NamedTuple):
    data: str
    event: str = "message"


class SseDecoder:
    """Feed it chunks cut anywhere; it gives back the events completed so far.

    Events without data are dropped, as keep-alives are. Each byte is looked at once, and an unfinished line
    takes no more room than its bytes, however small the pieces it comes in.
    """

    def __init__(self) -> None:
        self._line = bytearray()
        self._data: list[bytes] = []
        self._event = b""
        self._size = 0
        self._is_first_line = True
        self._was_cr = False

    @property
    def is_between_events(self) -> bool:
        """Whether nothing of an event has come, nor the half of a line's end."""
        return not (self._size or self._was_cr)

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        """Raises `EventTooLarge`."""
        if self._was_cr and chunk:
            self._was_cr = False
            chunk = chunk.removeprefix(b"\n")
        if not chunk:
            return []
        self._was_cr = chunk.endswith(b"\r")
        # At what the standard calls the end of a line, and nowhere else: they are bytes.
        lines = chunk.splitlines()
        rest = b"" if chunk.endswith(_LINE_ENDS) else lines.pop()
        events = [event for line in lines if (event := self._take_line(line)) is not None]
        if rest:
            self._count(rest)
            self._line += rest
        return events

    def flush(self) -> list[ServerSentEvent]:
        """At the end of the body: the last event, though its blank line never came.

        The standard would drop it; servers that forget the blank line are more common than events
        that are cut off exactly at the end of a line.
        """
        events = (self._take_line(b""), self._take_line(b""))
        return [event for event in events if event is not None]

    def _count(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > LARGEST_EVENT:
            raise EventTooLarge

    def _take_line(self, line: bytes) -> ServerSentEvent | None:
        self._count(line)
        if self._line:
            line = bytes(self._line + line)
            self._line.clear()
        if self._is_first_line:
            self._is_first_line = False
            line = line.removeprefix(_BYTE_ORDER_MARK)
        if not line:
            return self._dispatch()
        self._take_field(line)
        return None

    def _take_field(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
        elif name == b"event":
            self._event = value

    def _dispatch(self) -> ServerSentEvent | None:
        data, name = b"\n".join(self._data), self._event
        self._data.clear()
        self._event, self._size = b"", 0
        if not data:
            return None
        text = data.decode(errors="replace")
        return ServerSentEvent(text, name.decode(errors="replace")) if name else ServerSentEvent(text)
