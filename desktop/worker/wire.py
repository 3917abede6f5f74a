"""The frames on the pipe between the app and its worker: two lengths, a JSON header, a payload.

Both sides are our own code, but what the child says follows from untrusted pixels: sizes are judged
before a byte of the frame is read.
"""

import json
import struct
from collections.abc import Mapping
from typing import IO, Any, NamedTuple

PREFIX = struct.Struct(">II")
"""Length of the header and of the payload, in bytes."""

MAX_HEADER = 1 << 20
"""A header holds facts and one line of text, or a thousand boxes: 30 KB."""

MAX_PAYLOAD = 256 << 20
"""The largest image taken (100 MB), twice over."""

END, REFUSED, FAILED = "end", "refused", "failed"
"""The last frame of an answer: it is complete, the worker says no, or a verb raised an exception."""

LAST = frozenset((END, REFUSED, FAILED))


class WireError(Exception):
    """The other side does not speak this language, or broke off in mid-frame."""


class Refusal(Exception):
    """The worker looked at the request and says no. `kind` names why; `facts` fill the sentence."""

    def __init__(self, kind: str, detail: str = "", **facts: int) -> None:
        super().__init__(kind)
        self.kind, self.detail, self.facts = kind, detail, facts


class Frame(NamedTuple):
    """One message in either direction: what it is, its facts, its bytes."""

    kind: str
    facts: Mapping[str, Any] = {}
    payload: bytes = b""


class Lengths(NamedTuple):
    header: int
    payload: int


def pack(frame: Frame) -> bytes:
    """The frame up to its payload, which follows as it is (so that 100 MB are not copied)."""
    header = json.dumps([frame.kind, frame.facts]).encode("ascii")
    return PREFIX.pack(len(header), len(frame.payload)) + header


def lengths(prefix: bytes) -> Lengths:
    """What is to be read after `prefix`. Raises `WireError` when it is more than either side ever sends."""
    found = Lengths(*PREFIX.unpack(prefix))
    if found.header > MAX_HEADER or found.payload > MAX_PAYLOAD:
        raise WireError(f"a frame of {found.header} + {found.payload} bytes")
    return found


def unpack(header: bytes, payload: bytes) -> Frame:
    """Raises `WireError` for a header that `pack` did not write."""
    try:
        loaded = json.loads(header)
    except (ValueError, RecursionError) as error:
        raise WireError("a header that is no JSON") from error
    match loaded:
        case [str(kind), dict(facts)]:
            return Frame(kind, facts, payload)
        case _:
            raise WireError("a header that is not ours")


def read_frame(stream: IO[bytes]) -> Frame | None:
    """The next frame of a blocking stream; None at its end. Raises `WireError`."""
    prefix = stream.read(PREFIX.size)
    if not prefix:
        return None
    size = lengths(_whole(prefix, PREFIX.size))
    return unpack(
        _whole(stream.read(size.header), size.header), _whole(stream.read(size.payload), size.payload)
    )


def write_frame(stream: IO[bytes], frame: Frame) -> None:
    stream.write(pack(frame))
    stream.write(frame.payload)
    stream.flush()


def _whole(data: bytes, size: int) -> bytes:
    if len(data) < size:
        raise WireError("the stream ended in mid-frame")
    return data
