"""JPEG 2000: whether the codestream has its end; OpenJPEG paints what is there and is content."""

_START, _END = b"\xff\x4f\xff\x51", b"\xff\xd9"


def has_its_end(data: bytes) -> bool:
    """A raw codestream, or the box `jp2c` of a file; boxes may follow, and the last one may be open-ended."""
    if data.startswith(_START):
        return data.rstrip(b"\0").endswith(_END)
    place = 0
    while place + 16 <= len(data):
        size, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        head = 8
        if size == 1:
            size, head = int.from_bytes(data[place + 8 : place + 16], "big"), 16
        stop = place + size if size else len(data)
        if kind == b"jp2c":
            return stop <= len(data) and data[place + head : place + head + 4] == _START and _ends(data, stop)
        place = max(stop, place + head)
    return False


def _ends(data: bytes, stop: int) -> bool:
    return data[stop - 2 : stop] == _END
