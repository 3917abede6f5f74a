"""The rule of the eye: at what size a model sees an image, and how many tokens that costs.

The rule is the vendor's. Sources: "图像与视频理解" (help.aliyun.com, model-studio/vision) for the
arithmetic, "千问 API 参考" (help.aliyun.com, model-studio/qwen-api-reference) for the limits in px,
"文字提取 (Qwen-OCR)" (help.aliyun.com, model-studio/qwen-vl-ocr) for the OCR models.

It holds for the model ids of that service. A server elsewhere prepares images in its own way, also
for the same weights: ids in the style of other servers (`qwen3-vl:8b`, `qwen/qwen3-vl-8b`) have no rule
here, and whoever asks an id's rule must know that the service itself is asked.
"""

import math
import re
from dataclasses import dataclass

from desktop.domain.images import Size

MAX_ASPECT = 200
"""Longest to shortest side. The service refuses more ("图像与视频理解")."""

LARGEST_SEEN_PX = 16_777_216
"""The largest area that any known model sees, in full detail; nobody gains by sending more."""

_MARKERS = 2
"""Tokens that open and close each image in the prompt."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model sees of an image: its size in px and its tokens, markers included."""

    size: Size
    tokens: int


@dataclass(frozen=True, slots=True)
class _Eye:
    """Sides are multiples of `factor` px; areas are in px. `full_detail_px` None: no such switch."""

    factor: int
    min_px: int
    max_px: int
    full_detail_px: int | None = None


# "千问 API 参考", under vl_high_resolution_images, min_pixels and max_pixels.
_QWEN3 = _Eye(32, 65_536, 2_621_440, 16_777_216)
_QWEN2 = _Eye(28, 3_136, 1_003_520, 12_845_056)
# The same place. "图像与视频理解" says 2 621 440 px here; the usage that the vendor prints for
# qwen-vl-plus agrees with 1 310 720.
_QWEN_VL = _Eye(32, 4_096, 1_310_720, 16_777_216)
# "文字提取 (Qwen-OCR)", since 2025-11-20 and before.
_OCR = _Eye(32, 3_072, 8_388_608)
_OLD_OCR = _Eye(28, 3_136, 6_422_528)

_DATE = r"(-\d{4}-\d{2}-\d{2})?"
_FAMILIES: tuple[tuple[re.Pattern[str], _Eye], ...] = tuple(
    (re.compile(ids), eye)
    for ids, eye in (
        (r"qwen3-vl-[\w-]+", _QWEN3),
        (rf"qwen3\.[5-8]-(plus|flash|\d+b(-a\d+b)?){_DATE}", _QWEN3),
        (rf"qwen3\.8-max{_DATE}", _QWEN3),
        (r"qwen-vl-max(-latest|-2025-08-13)?", _QWEN_VL),
        (r"qwen-vl-plus(-latest|-2025-07-10|-2025-08-15)?", _QWEN_VL),
        (rf"qwen3\.5-omni-(plus|flash){_DATE}", _QWEN_VL),
        (r"qwen-vl-(max|plus)-(202[34]-\d\d|2025-0[1-6])-\d\d", _QWEN2),
        (r"(qvq|qwen2\.5-vl|qwen2-vl)-[\w-]+", _QWEN2),
        (r"qwen-vl-ocr(-latest|-2025-11-20)?", _OCR),
        (r"qwen-vl-ocr-(2024-10-28|2025-04-13|2025-08-28)", _OLD_OCR),
    )
)


def seen_by(model_id: str, size: Size, *, full_detail: bool = False) -> Seen | None:
    """What `model_id` sees of an upright image of `size`; None if no rule is known, or it is refused."""
    eye = _eye(model_id)
    if eye is None or min(size) < 1 or max(size) > MAX_ASPECT * min(size):
        return None
    max_px = (full_detail and eye.full_detail_px) or eye.max_px
    seen = _resized(size, eye.factor, eye.min_px, max_px)
    return Seen(seen, seen.width * seen.height // eye.factor**2 + _MARKERS)


def has_full_detail(model_id: str) -> bool:
    """Whether asking for the high image resolution changes anything for `model_id`."""
    eye = _eye(model_id)
    return eye is not None and eye.full_detail_px is not None


def patch(model_id: str) -> int | None:
    """The side in px of the square that becomes one token; None if no rule is known."""
    eye = _eye(model_id)
    return None if eye is None else eye.factor


def _eye(model_id: str) -> _Eye | None:
    return next((eye for ids, eye in _FAMILIES if ids.fullmatch(model_id)), None)


def _resized(size: Size, factor: int, min_px: int, max_px: int) -> Size:
    """Both sides as multiples of `factor`, the area between the limits, the shape nearly kept."""
    width, height = (max(factor, round(side / factor) * factor) for side in size)
    if width * height > max_px:
        shrink = math.sqrt(size.width * size.height / max_px)
        width, height = (max(factor, math.floor(side / shrink / factor) * factor) for side in size)
    elif width * height < min_px:
        grow = math.sqrt(min_px / (size.width * size.height))
        width, height = (math.ceil(side * grow / factor) * factor for side in size)
    return Size(width, height)
