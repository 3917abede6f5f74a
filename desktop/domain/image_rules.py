"""What one model at one server takes of images. Sources: those of `limits`."""

from dataclasses import replace

from desktop.domain.endpoints import base_url, is_loopback, profile_of
from desktop.domain.limits import OLD_TYPES, READER, ImageLimits
from desktop.domain.models import READER_MODEL
from desktop.domain.provider_errors import InvalidAddress
from desktop.domain.settings import Endpoint

_8K = 7680 * 4320
_OCR_PX = 15_680_000
_NEAR = ImageLimits(media_types=OLD_TYPES, large_media_types=OLD_TYPES, count=250)


def image_limits(endpoint: Endpoint, model_id: str) -> ImageLimits:
    """What `model_id` at `endpoint` takes."""
    if model_id == READER_MODEL:
        return READER
    profile = profile_of(endpoint)
    if profile.has_catalog:
        return replace(profile.limits, max_px=_OCR_PX if "-ocr" in model_id else _8K)
    if _is_near(endpoint) and not profile.is_local:
        # Whoever it is, others on this machine read no WebP (LM Studio) and open no addresses (Ollama).
        return _NEAR
    return profile.limits


def _is_near(endpoint: Endpoint) -> bool:
    try:
        return is_loopback(base_url(endpoint))
    except InvalidAddress:
        return False
