"""The frames on the worker's pipe."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.worker.wire import MAX_HEADER, MAX_PAYLOAD, Frame, WireError, pack, read_frame, write_frame

facts = st.dictionaries(st.text(), st.integers() | st.text() | st.lists(st.integers()))
frames = st.builds(Frame, st.text(), facts, st.binary())


@given(st.lists(frames))
def test_frames_come_back_in_order(sent: list[Frame]) -> None:
    stream = io.BytesIO()
    for frame in sent:
        write_frame(stream, frame)
    stream.seek(0)

    assert list(iter(lambda: read_frame(stream), None)) == sent


@given(frames, st.data())
def test_a_frame_cut_anywhere_is_no_frame(frame: Frame, data: st.DataObject) -> None:
    whole = pack(frame) + frame.payload
    cut = data.draw(st.integers(1, len(whole) - 1))

    with pytest.raises(WireError):
        read_frame(io.BytesIO(whole[:cut]))


@pytest.mark.parametrize("sizes", [(MAX_HEADER + 1, 0), (2, MAX_PAYLOAD + 1)])
def test_a_frame_of_absurd_size_is_refused_before_it_is_read(sizes: tuple[int, int]) -> None:
    with pytest.raises(WireError):
        read_frame(io.BytesIO(struct.pack(">II", *sizes)))


@pytest.mark.parametrize("header", [b"", b"{", b"[1]", b'"ab"', b"7", b"\xff\xff", b"[" * 100_000])
def test_a_header_that_is_not_ours_is_refused(header: bytes) -> None:
    with pytest.raises(WireError):
        read_frame(io.BytesIO(struct.pack(">II", len(header), 0) + header))
