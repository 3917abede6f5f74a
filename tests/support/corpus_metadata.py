"""Metadata with the planted words in it, as each kind of file carries it."""

from PIL import Image

from tests.support.corpus import PLANTED

_ORIENTATION, _DESCRIPTION, _GPS = 0x0112, 0x010E, 0x8825

XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    + PLANTED
    + b'</x:xmpmeta><?xpacket end="w"?>'
)


def exif(orientation: int = 1) -> bytes:
    """An Exif block, its first six bytes ("Exif", 0, 0) included."""
    block = Image.Exif()
    block[_ORIENTATION] = orientation
    block[_DESCRIPTION] = PLANTED.decode()
    block.get_ifd(_GPS).update({1: "N", 2: (31.0, 14.0, 0.0), 29: PLANTED.decode()})
    return block.tobytes()


def exif_big_endian(orientation: int) -> bytes:
    """The same as a camera of the other byte order writes it, without a place."""
    words = PLANTED + b"\0"
    entries = (
        _DESCRIPTION.to_bytes(2, "big") + b"\0\2" + len(words).to_bytes(4, "big") + (38).to_bytes(4, "big")
    )
    entries += _ORIENTATION.to_bytes(2, "big") + b"\0\3\0\0\0\1" + orientation.to_bytes(2, "big") + b"\0\0"
    return b"Exif\0\0MM\0*\0\0\0\x08\0\2" + entries + bytes(4) + words


def tiff_block(block: bytes) -> bytes:
    """`block` as PNG and WebP carry it."""
    return block.removeprefix(b"Exif\0\0")
