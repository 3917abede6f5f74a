"""Small encoded images of every format, good and bad, made by another library than the one under test."""

import base64
import io
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from PIL import Image

EXIF_ORIENTATION = 0x0112


def gradient(width: int = 60, height: int = 40) -> Image.Image:
    """Left to right darker red to brighter red, top to bottom darker green to brighter green."""
    red = np.linspace(0, 255, width, dtype=np.uint8)[None, :].repeat(height, 0)
    green = np.linspace(0, 255, height, dtype=np.uint8)[:, None].repeat(width, 1)
    return Image.fromarray(np.dstack((red, green, np.full_like(red, 90))))


def noise(width: int, height: int) -> Image.Image:
    """What no encoder makes small."""
    pixels = np.random.default_rng(1).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def encoded(image: Image.Image, image_format: str, **options: Any) -> bytes:
    """`image_format` in Pillow's names: PNG, JPEG, WEBP, BMP, TIFF, GIF, AVIF, JPEG2000, TGA."""
    buffer = io.BytesIO()
    image.save(buffer, image_format, **options)
    return buffer.getvalue()


def turned_jpeg(orientation: int, width: int = 60, height: int = 40) -> bytes:
    """A JPEG whose EXIF block says how to turn it: 1…8."""
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    return encoded(gradient(width, height), "JPEG", exif=exif, quality=95)


def frames(image_format: str, count: int = 3) -> bytes:
    """An animation or a document of `count` different pages."""
    pages = [gradient().rotate(30 * number) for number in range(count)]
    return encoded(pages[0], image_format, save_all=True, append_images=pages[1:])


def png_claiming(width: int, height: int) -> bytes:
    """A PNG with a correct header of that size and next to no pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def psd(image: Image.Image) -> bytes:
    """A PSD of 8 bits without layers: nothing but its flattened picture."""
    planes = b"".join(plane.tobytes() for plane in image.split())
    mode = {"L": 1, "RGB": 3, "RGBA": 3, "CMYK": 4}[image.mode]
    channels = len(image.getbands())
    header = struct.pack(">4sH6sHIIHH", b"8BPS", 1, b"", channels, image.height, image.width, 8, mode)
    return header + bytes(4 * 3 + 2) + planes


def heic() -> bytes:
    """`gradient()` by libheif's encoder, which our packages rightly do not hold."""
    return base64.b85decode(_HEIC)


def with_png_chunks(data: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """The PNG `data` with `chunks` (kind, content) behind its header."""
    head = 8 + 25
    return data[:head] + b"".join(_chunk(kind, content) for kind, content in chunks) + data[head:]


def with_jpeg_segment(data: bytes, marker: int, content: bytes) -> bytes:
    """The JPEG `data` with one more segment behind its first."""
    head = 4 + int.from_bytes(data[4:6], "big")
    return data[:head] + struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content + data[head:]


def with_webp_chunk(data: bytes, kind: bytes, content: bytes) -> bytes:
    """The WebP `data` with one more chunk at its end."""
    chunk = kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
    return data[:4] + struct.pack("<I", len(data) + len(chunk) - 8) + data[8:] + chunk


def with_jp2_profile(data: bytes, profile: bytes) -> bytes:
    """The JPEG 2000 `data` with `profile` in the place of its colour box."""
    place = data.index(b"colr") - 4
    size = int.from_bytes(data[place : place + 4], "big")
    box = struct.pack(">I4s3B", 11 + len(profile), b"colr", 2, 0, 0) + profile
    head = data.index(b"jp2h") - 4
    grown = int.from_bytes(data[head : head + 4], "big") - size + len(box)
    return data[:head] + struct.pack(">I", grown) + data[head + 4 : place] + box + data[place + size :]


def mpo(first: bytes, second: bytes, kind: int = 0x020002) -> bytes:
    """Two JPEGs as one multi-picture file (CIPA DC-007), both of `kind`: by default two eyes' views."""
    index = 8 + 2 + 12 + 4
    directory = struct.pack(">HHHIII", 1, 0xB002, 7, 32, index, 0)
    before = 2 + 4 + 4
    length = len(first) + 8 + index + 32
    entries = struct.pack(">IIIHH", kind, length, 0, 0, 0)
    entries += struct.pack(">IIIHH", kind, len(second), length - before, 0, 0)
    content = b"MPF\0MM\0*" + struct.pack(">I", 8) + directory + entries
    whole = first[:2] + struct.pack(">BBH", 0xFF, 0xE2, len(content) + 2) + content + first[2:]
    assert len(whole) == length
    return whole + second


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


_HEIC = (
    "0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<00054ZDn*}000000000XXk=`10000000000aA{+7000000000000000000004sdC7"
    "Z2$lO00062000naWMOmw00000JOC&F001~?Y;R)$0000)KmY;&0RR9100001(EtGe00000005l;0ssL3000000003100000000O8"
    "001~?X>Mi!000000ssI26=`l}WdZ;I0RRC20BCk&F#rGn02OI&W@Q2Z00002003ulX=DHZ007u&aB^?}006dWaAR)(004Gqc4I>U"
    "18@KU000000000U@BsY%`1k+-4+9_o0RR|40Sp2E{{wIU00RJ!0009300RIXx&lBU0096hLID8-"
    "Z~y=U0FVFx0{{R603M(qfd!W8<fgf}5D+jR00093AOHXZ03jj(0RRR>0l{;?i2wiq6lrsCWdHyG00000KmY&$KmY&$6lrsCWdHyG"
    "00000JOBUyC;$Ke5O8UDX#fBK00RgJ2mk;88fkECVE_OC000000ssL5fdT*m0t18q000_ka%E-"
    "!00000000hTX>Df!0ssL30RR91rEO$kbN~PVnJ59T3E(~c&Ce$YI#^_He!+f>9@3*qpDO`-%t45a>@g1iyR9=XZO!GHl{5-"
    "h*XOoo*_T-jD;T*dLY|M@YUs)qgf$Skx?ZcsRu-"
    "iTjcy+{q*dan<oqA&sJap}qH3e3+-b;?>w2{ri!^TW+IkQlf?|&g4;E83zosfSu#=*Q1Y)c!PqslG5k((ghJld@^y(T=n_v"
)

SAMPLES: Mapping[str, Callable[[], bytes]] = {
    "heif": heic,
    "psd": lambda: psd(gradient()),
    "jp2": lambda: encoded(gradient(), "JPEG2000"),
    **{
        name: lambda name=name: encoded(gradient(), name.upper())  # type: ignore[misc]
        for name in ("png", "jpeg", "webp", "bmp", "tiff", "gif", "avif", "tga")
    },
}
"""`gradient()` by the names of `container.FORMATS`."""
