"""What a server takes of one image, and of how many.

Sources: "图像与视频理解" and "文字提取 (Qwen-OCR)" (help.aliyun.com, model-studio/vision and qwen-vl-ocr) for
formats by size, areas and counts; the service's own words "Exceeded limit on max bytes per data-uri
item : 10485760"; lmstudio-bug-tracker, issues 1752 and 1027, for servers that take no WebP and no
addresses; OpenAI's "Images and vision" for 50 MB a request.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from desktop.domain.images import ImageInput, MediaType, Size

MIN_SIDE, MAX_RATIO = 11, 200
"""More than 10 px a side, at most 200 : 1: the service's rule, and that of its weights elsewhere."""

DATA_URI_BYTES = 10_485_760

_4K = 3840 * 2160

_ANY: frozenset[MediaType] = frozenset(("image/png", "image/jpeg", "image/webp"))
OLD_TYPES: frozenset[MediaType] = frozenset(("image/png", "image/jpeg"))


@dataclass(frozen=True, slots=True)
class ImageLimits:
    """`media_types` up to `large_px` px of area, `large_media_types` above.

    `data_uri_bytes`: the longest data URI, prefix included. `max_px`: the largest area. `count`: images
    in one request. None: no limit is known. `links`: whether addresses are taken.
    """

    media_types: frozenset[MediaType] = _ANY
    large_media_types: frozenset[MediaType] = _ANY
    large_px: int = _4K
    data_uri_bytes: int | None = None
    max_px: int | None = None
    count: int | None = None
    links: bool = False

    def fit(self, image: ImageInput) -> bool:
        """Whether `image` can be sent as it is."""
        return self.take(image.media_type, image.size, len(image.data))

    def take(self, media_type: str, size: Size, length: int) -> bool:
        """Whether an image of `size` (px), encoded in `length` bytes, can be sent as it is."""
        fits = self.max_px is None or size.width * size.height <= self.max_px
        return fits and self.know(media_type, size) and length <= self.bytes_of(media_type)

    def know(self, media_type: str, size: Size) -> bool:
        """Whether that format is taken at `size` (px)."""
        is_large = size.width * size.height > self.large_px
        return media_type in (self.large_media_types if is_large else self.media_types)

    def bytes_of(self, media_type: str) -> float:
        """The most bytes before base64, which makes four characters of three."""
        if self.data_uri_bytes is None:
            return math.inf
        return (self.data_uri_bytes - len(f"data:{media_type};base64,")) // 4 * 3

    def facts(self) -> dict[str, Any]:
        """For a request to the image worker, as JSON has it; `from_facts` reads them."""
        types = {name: sorted(getattr(self, name)) for name in ("media_types", "large_media_types")}
        return {**asdict(self), **types}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        types = {name: frozenset(facts[name]) for name in ("media_types", "large_media_types")}
        return cls(**{**facts, **types})


READER = ImageLimits()
"""The on-device reader takes whatever was decoded, as large as it is."""
