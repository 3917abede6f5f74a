import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.support.scripts import load_script

screenshots = load_script("installers.screenshots")

LARGEST = 400_000


@pytest.mark.slow
def test_what_the_metainfo_names_is_drawn_as_large_as_it_says(tmp_path: Path) -> None:
    drawn = screenshots.take_screenshots(Path(sys.executable), tmp_path / "screenshots")

    assert {file.name for file in drawn} == {
        shot.file(language) for shot in screenshots.SHOTS for language in shot.captions
    }
    for file in drawn:
        with Image.open(file) as picture:
            assert picture.size == screenshots.SIZE
        assert file.stat().st_size <= LARGEST
