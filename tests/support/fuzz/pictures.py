"""Image files, through the real worker process."""

import random
import re
import zlib
from asyncio import Runner
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop.domain.image_errors import DecoderCrashed, ImageError
from desktop.domain.image_rules import image_limits
from desktop.domain.images import ImageBytes, ImageInput
from desktop.domain.settings import Endpoint
from desktop.imaging.loader import WorkerImageLoader
from desktop.worker.process import WorkerProcess
from tests.support.corpus_fuzz import DAMAGES, SEEDS
from tests.support.corpus_shelf import part
from tests.support.fuzz.engine import Target
from tests.support.fuzz.mutation import mutated, own_chance

_LIMITS = image_limits(Endpoint(), "qwen3-vl-plus")
_PATIENCE = 120.0
"""Seconds without a word after which an image counts as a hang: no limit on work, the end of waiting."""

_WORDS = (
    *(
        b"IHDR",
        b"iCCP",
        b"eXIf",
        b"tEXt",
        b"acTL",
        b"fcTL",
        b"IDAT",
        b"IEND",
        b"PLTE",
        b"Exif\0\0",
        b"ICC_PROFILE\0\1\1",
    ),
    *(
        b"\xff\xd8",
        b"\xff\xd9",
        b"\xff\xe1\xff\xff",
        b"\xff\xc2",
        b"RIFF",
        b"VP8X",
        b"ANMF",
        b"GIF89a",
        b"\x21\xff\x0b",
    ),
    *(
        b"II*\0",
        b"MM\0*",
        b"ftypheic",
        b"ftypavif",
        b"meta",
        b"iloc",
        b"jP  ",
        b"8BPS",
        b"BM",
        b"\0" * 64,
        b"\xff" * 64,
    ),
)


class Images(Target):
    """A picture that can be sent, or an `ImageError`; the one worker lives on, within its memory."""

    name = "images"
    peak_mb = 700
    tries = 40
    some = 60
    many = 3_000

    def __init__(self) -> None:
        self._runner, self._worker, self._pid = Runner(), WorkerProcess(silence=_PATIENCE), 0

    def __enter__(self) -> Self:
        self._load(b"no image")
        self._pid = self._worker.pid or 0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._worker.aclose())
        self._runner.close()

    def make(self, chance: random.Random) -> bytes:
        place, file = chance.choice(SEEDS[chance.choice([*SEEDS])])
        data = next(entry.data for entry in part(place) if entry.name == file)
        for _ in range(chance.randint(1, 3)):
            data = chance.choice([*DAMAGES.values()])(chance, data) if len(data) > _SHORTEST else data
        data = mutated(chance, data, _WORDS, 3)
        return _with_right_sums(data) if data.startswith(_PNG) and chance.random() < 0.5 else data

    def check(self, data: bytes) -> str:
        made = self._load(data)
        assert self._worker.pid == self._pid, "the worker died"
        return made

    def measured(self, data: bytes) -> tuple[str, float]:
        kind = self.check(data)
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{self._pid}/status").read_text())
        assert found
        return kind, int(found[1]) / 1024

    def _load(self, data: bytes) -> str:
        loader, chance = WorkerImageLoader(self._worker), own_chance(data)
        given = ImageBytes("fuzzed.png", data)
        try:
            if chance.random() < 0.2:
                return f"{min(2, len(self._runner.run(loader.pages(given))))} pages"
            image = self._runner.run(loader.load(given, _LIMITS, chance.choice((0, 0, 0, 1, 7))))
        except DecoderCrashed as error:
            raise AssertionError(error.detail) from error
        except ImageError as error:
            return type(error).__name__
        assert isinstance(image, ImageInput)
        assert image.data
        assert image.thumbnail
        assert min(image.size) > 0
        return image.media_type


# ── inside ──────────────────────────────────────────────────────────────────────────────────────

_SHORTEST = 40
_PNG = b"\x89PNG\r\n\x1a\n"


def _with_right_sums(data: bytes) -> bytes:
    """A PNG whose chunks have the sums that they should: whoever checks them first looks no further else."""
    made, at = bytearray(data[:8]), 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        body = data[at + 4 : at + 8 + length]
        made += data[at : at + 4] + body + zlib.crc32(body).to_bytes(4, "big")
        at += 12 + length
    return bytes(made)
