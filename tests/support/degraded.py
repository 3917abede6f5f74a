"""What happens to a screenshot on its way: chat programs compress it, screen sharing resamples it."""

from dataclasses import replace
from io import BytesIO

from PIL import Image

from tests.support.screenshots import Screenshot


def compressed(shot: Screenshot, quality: int) -> Screenshot:
    """A JPEG of `quality` 1…95 whose colours have half the resolution, as most programs write it."""
    jpeg = BytesIO()
    with Image.open(BytesIO(shot.data)) as image:
        image.save(jpeg, "JPEG", quality=quality, subsampling="4:2:0")
    return replace(shot, name=f"{shot.name} q{quality}", data=jpeg.getvalue(), mime="image/jpeg")


def resampled(shot: Screenshot, factor: float) -> Screenshot:
    """The pixels themselves `factor` times as large: blurred letters, as in a shared screen."""
    png = BytesIO()
    with Image.open(BytesIO(shot.data)) as image:
        size = round(image.width * factor), round(image.height * factor)
        image.resize(size, Image.Resampling.BILINEAR).save(png, "PNG", compress_level=1)
    return replace(shot, name=f"{shot.name} x{factor:g}", data=png.getvalue())
