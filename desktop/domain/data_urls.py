"""Images that are written out within their own address: `data:image/png;base64,…` (RFC 2397).

Browsers hand them out where a page holds the image itself, rather than an address on the web.
"""

import binascii
import re
from collections.abc import Iterator
from string import ascii_letters, digits
from urllib.parse import unquote_to_bytes

from desktop.domain.image_formats import MEGABYTES

_MOST = MEGABYTES * 1_000_000 + 1
"""Bytes that are decoded: one too many is enough to be refused."""

_PIECE = 4 * 65_536
"""Letters that are decoded at a time, in 2 ms: whatever else runs in this process gets its turn."""
_LONGEST_TYPE = 40
_IMAGE = re.compile(r"data:image/[\w.+-]{1,40}(?:;[^\s,]{0,200})?,", re.IGNORECASE)
_ALPHABET = f"{ascii_letters}{digits}+/-_".encode()
_STANDARD = bytes.maketrans(b"-_", b"+/")
_FOREIGN = bytes(set(range(256)) - set(_ALPHABET))


def is_data_url(text: str) -> bool:
    """Whether `text` begins as a data URL does."""
    return text[:5].lower() == "data:"


def holds_image(text: str) -> bool:
    """Whether `text` begins as a data URL that calls itself an image."""
    return _IMAGE.match(text) is not None


def media_type_of(url: str) -> str:
    """What `url` says that it holds, as "image/png"; shortened."""
    return url[5 : 5 + _LONGEST_TYPE].partition(",")[0].partition(";")[0].lower()


def decoded(url: str) -> bytes:
    """The bytes in `url`, at most one more than `MEGABYTES`.

    Nothing is refused here: what is cut short or no image at all is for its decoder to judge.
    """
    head, _, body = url.partition(",")
    if head[-7:].lower() != ";base64":
        # Halves of characters, which a name that is no UTF-8 brings, are no bytes of an image.
        return unquote_to_bytes(body[: 3 * _MOST].encode(errors="replace"))[:_MOST]
    letters = body[: 4 * _MOST].encode("ascii", "replace")  # each of 6 bits may be written as %41
    return _from_base64(unquote_to_bytes(letters) if b"%" in letters else letters)


def _from_base64(text: bytes) -> bytes:
    """In either alphabet (RFC 4648); blanks and whatever else does not belong there are passed over."""
    letters = b"".join(piece.translate(_STANDARD, _FOREIGN) for piece in _pieces(text))
    letters = letters[: -(-_MOST // 3) * 4]
    if len(letters) % 4 == 1:
        letters = letters[:-1]  # six bits are no byte
    letters += b"=" * (-len(letters) % 4)
    return b"".join(binascii.a2b_base64(piece) for piece in _pieces(letters))[:_MOST]


def _pieces(text: bytes) -> Iterator[bytes]:
    return (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
