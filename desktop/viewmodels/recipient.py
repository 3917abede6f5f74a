"""Whom the question goes to, and what that means for its images."""

from dataclasses import dataclass
from functools import cached_property

from desktop.domain.endpoints import profile_of
from desktop.domain.image_rules import image_limits
from desktop.domain.images import Size
from desktop.domain.limits import ImageLimits
from desktop.domain.models import READER_MODEL, Model
from desktop.domain.settings import Endpoint
from desktop.domain.vision import Seen, has_full_detail, seen_by


@dataclass(frozen=True)
class Recipient:
    """A model at a server; `full_detail`: it is asked for the high image resolution."""

    model: Model
    endpoint: Endpoint
    full_detail: bool = False

    @cached_property
    def limits(self) -> ImageLimits:
        return image_limits(self.endpoint, self.model.id)

    def sees(self, size: Size) -> tuple[Seen | None, Seen | None]:
        """What it sees of an image of `size` as things are set, and in full detail if that is more.

        None: no rule is known; full detail changes nothing.
        """
        if not profile_of(self.endpoint).has_catalog:
            return None, None
        model_id = self.model.id
        plain = seen_by(model_id, size)
        full = seen_by(model_id, size, full_detail=True) if has_full_detail(model_id) else None
        if full == plain:
            full = None
        return (full if full is not None and self.full_detail else plain), full


NOBODY_YET = Recipient(Model(READER_MODEL), Endpoint())
"""Until somebody is chosen: whatever the reader takes."""
