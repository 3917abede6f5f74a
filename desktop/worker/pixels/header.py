"""What a container tells of its picture before a pixel is decoded."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Header:
    """`frames`: how many frames, pages or views. `orientation` as EXIF counts, 1 … 8.

    `profile`: the embedded ICC profile, not judged yet. `plain`: 8 bits a channel at most, in grey or
    RGB or a palette of it; what is not plain must be converted before a model can be shown it.
    `alpha`: whether pixels can be transparent. `clear`: the one colour of 16 bits a channel, red first, that
    is transparent.
    """

    frames: int = 1
    orientation: int = 1
    profile: bytes | None = field(default=None, repr=False)
    plain: bool = True
    alpha: bool = False
    clear: tuple[int, int, int] | None = None
