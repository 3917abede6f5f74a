"""TGA has no magic: a footer, or a header in which every field makes sense."""

import struct

_FOOTER = b"TRUEVISION-XFILE.\0"
_PALETTE, _COLOUR, _GREY = 1, 2, 3
_PACKED = 8
"""Added to the kind of picture when its runs are packed."""

_DEPTHS = {_PALETTE: {8}, _COLOUR: {15, 16, 24, 32}, _GREY: {1, 8, 16}}
_ALPHA_BITS = {1: {0}, 8: {0, 8}, 15: {0, 1}, 16: {0, 1, 8}, 24: {0}, 32: {0, 8}}
_ENTRY_BITS = {15, 16, 24, 32}


def is_tga(data: bytes) -> bool:
    """Text and other formats never pass: their bytes would have to say ten things right by chance."""
    if len(data) < 18:  # noqa: PLR2004 - the header's length
        return False
    _, has_map, kind, first, count, entry, _, _, width, height, depth, flags = struct.unpack_from(
        "<BBBHHBHHHHBB", data
    )
    picture = kind & ~_PACKED
    sane = has_map < 2 and 0 not in (width, height) and not flags & 0xC0  # noqa: PLR2004 - 0 or 1
    if not sane or depth not in _DEPTHS.get(picture, ()) or flags & 15 not in _ALPHA_BITS[depth]:
        return False
    return data.endswith(_FOOTER) or _makes_sense(data, picture, has_map, (first, count, entry))


def _makes_sense(data: bytes, picture: int, has_map: int, colour_map: tuple[int, int, int]) -> bool:
    first, count, entry = colour_map
    if not has_map:
        return picture != _PALETTE and colour_map == (0, 0, 0)
    if entry not in _ENTRY_BITS or not 0 < first + count <= 256:  # noqa: PLR2004 - by 8 bits a pixel
        return False
    return len(data) > 18 + data[0] + count * (entry // 8)
