"""Decoders that the app does not use for the same format, and what they give as RGBA."""

import io
import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np
import pi_heif
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage, QImageReader

from tests.support.corpus import Pixels
from tests.support.corpus_picture import narrow, opaque

cv2.utils.logging.setLogLevel(0)  # what it says of broken images is not worth a line

_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_HEIF_SECONDS = 20

_PNG_DEPTH = 24
"""Where a PNG says how many bits a value has."""

_LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))


def pillow(data: bytes) -> Pixels:
    """The first frame, upright, in sRGB. Raises whatever Pillow does of damaged bytes."""
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        if image.format == "PNG" and image.mode == "L" and "transparency" in image.info:
            # Pillow compares pixels, which it stretched to 8 bits, with the key as it stands in the file.
            image.info["transparency"] *= 255 // ((1 << data[_PNG_DEPTH]) - 1)
        return pillow_pixels(image)


def pillow_pixels(image: Image.Image) -> Pixels:
    profile = image.info.get("icc_profile")
    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        return opaque(_narrowed(image))
    image = ImageOps.exif_transpose(image)
    if image.mode == "LAB":
        image = _converted(image, _LAB)
    elif profile:
        image = _converted(image, ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    return np.asarray(image.convert("RGBA"))


def _narrowed(image: Image.Image) -> NDArray[np.uint8]:
    values = np.asarray(image)
    return narrow(np.clip(values, 0, 65535).astype(np.uint16))


def _converted(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    """To sRGB; alpha is not a colour and stays."""
    if image.mode in ("P", "PA"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    alpha = image.getchannel("A") if "A" in image.getbands() and image.mode != "LAB" else None
    if alpha is not None:
        image = image.convert("L" if image.mode == "LA" else "RGB")
    converted = ImageCms.profileToProfile(image, profile, _SRGB, outputMode="RGB")
    assert converted is not None
    if alpha is not None:
        converted.putalpha(alpha)
    return converted


def opencv(data: bytes) -> Pixels:
    """OpenCV ignores profiles; upright. Raises ValueError of damaged bytes."""
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if found is None:
        raise ValueError("OpenCV cannot decode this")
    values = narrow(found.astype(np.uint16)) if found.dtype == np.uint16 else found.astype(np.uint8)
    if values.ndim == 2 or values.shape[2] == 1:
        return opaque(values.reshape(values.shape[:2]))
    colours = values[..., 2::-1]
    return np.dstack((colours, values[..., 3])) if values.shape[2] == 4 else opaque(colours)


def qt(data: bytes) -> Pixels:
    """Upright, without a look at profiles: for the app's own reading. Raises ValueError."""
    buffer = QBuffer()
    buffer.setData(data)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    image = reader.read().convertToFormat(QImage.Format.Format_RGBA8888)
    if image.isNull():
        raise ValueError("Qt cannot decode this")
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return rows[:, : image.width()].copy()


def libheif(data: bytes) -> Pixels:
    """The primary image of a HEIC, turned as its boxes say. Raises whatever pi-heif does of damaged bytes."""
    image = pi_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True).to_pillow()
    return np.asarray(image.convert("RGBA"))


def heif_convert(data: bytes) -> Pixels:
    """The first image by libheif's tool, which has turned it. Raises CalledProcessError of damaged bytes."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "image.heic")
        source.write_bytes(data)
        subprocess.run(
            ["heif-convert", source, Path(folder, "image.png")],
            check=True,
            capture_output=True,
            timeout=_HEIF_SECONDS,
        )
        result = min(Path(folder).glob("*.png"))
        with Image.open(result) as image:
            return np.asarray(image.convert("RGBA"))
