"""Every format that can be attached, decoded by the app's own confined worker."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtGui import QImage

from desktop.domain.image_errors import ImageError
from desktop.domain.images import ImageFile
from desktop.domain.limits import READER
from desktop.imaging.loader import WorkerImageLoader
from desktop.paths import resource
from desktop.selftest.finding import CheckFailed, Finding, ok
from desktop.worker.process import WorkerProcess

FORMATS = {
    "PNG": "png",
    "JPEG": "jpg",
    "WebP": "webp",
    "HEIC": "heic",
    "AVIF": "avif",
    "TIFF": "tif",
    "GIF": "gif",
    "BMP": "bmp",
    "JPEG 2000": "jp2",
    "TGA": "tga",
    "PSD": "psd",
}
"""What README promises, and the suffix of the sample."""

SIZE = (48, 32)
"""Of every sample, in px."""

QUARTERS = ((200, 40, 30), (40, 160, 60), (30, 60, 190), (230, 220, 200))
"""RGB of the quarters of every sample, row by row."""

_TOLERANCE = 10
"""How far a channel may be off in the middle of a quarter: the lossy ones stay within 3."""


def check(_folder: Path) -> Finding:
    return asyncio.run(decode(WorkerProcess(idle=None)))


async def decode(worker: WorkerProcess) -> Finding:
    """Let `worker` decode every sample, and end it. Raises `CheckFailed`."""
    loader = WorkerImageLoader(worker)
    try:
        faults = {name: await _fault(loader, name) for name in FORMATS}
    finally:
        await worker.aclose()
    if found := {fault: None for fault in faults.values() if fault}:
        raise CheckFailed(" ".join(f"{_names(faults, fault)}: {fault}" for fault in found))
    return ok(f"{', '.join(FORMATS)}: decoded by the image worker")


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _names(faults: Mapping[str, str], fault: str) -> str:
    return ", ".join(name for name in faults if faults[name] == fault)


async def _fault(loader: WorkerImageLoader, name: str) -> str:
    """What is wrong with one format; empty if nothing is."""
    try:
        image = await loader.load(ImageFile(resource("selftest", f"sample.{FORMATS[name]}")), READER)
    except ImageError as error:
        return error.detail or str(error)
    shown = QImage.fromData(image.thumbnail)
    if (shown.width(), shown.height()) != SIZE:
        return f"it came out {shown.width()}×{shown.height()} px instead of {SIZE[0]}×{SIZE[1]}"
    return "" if _is_right(shown) else "its colours came out wrong"


def _is_right(shown: QImage) -> bool:
    width, height = SIZE
    places = [(x, y) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
    seen = [shown.pixelColor(x, y) for x, y in places]
    return all(
        abs(one - other) <= _TOLERANCE
        for color, expected in zip(seen, QUARTERS, strict=True)
        for one, other in zip((color.red(), color.green(), color.blue()), expected, strict=True)
    )
