"""GIF as blocks: whether its first frame is there."""

_EXTENSION, _FRAME = 0x21, 0x2C


def shows_a_frame(data: bytes) -> bool:
    """Whether the first frame's blocks are complete; only this frame is used unless another is asked for."""
    place = 13 + _colours(data[10:11])
    while place < len(data):
        introducer = data[place]
        if introducer == _EXTENSION:
            place = _after_blocks(data, place + 2)
        elif introducer == _FRAME:
            first_block = place + 11 + _colours(data[place + 9 : place + 10])
            return _after_blocks(data, first_block) <= len(data)
        else:
            return False
    return False


def _colours(flags: bytes) -> int:
    """Bytes of the colour table that `flags` announce."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _after_blocks(data: bytes, place: int) -> int:
    """Where the chain of length-prefixed blocks at `place` ends; past the data when it does not."""
    while place < len(data):
        length = data[place]
        place += 1 + length
        if not length:
            return place
    return len(data) + 1
