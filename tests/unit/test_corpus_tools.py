"""The corpus of images and its judge, tried on what is known to be right and on what is known to be wrong."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageOps

from desktop.domain.images import ImageChange, ImageInput, Size, digest
from tests.support import corpus_jpeg, corpus_metadata, corpus_png, corpus_reader
from tests.support.corpus import PLANTED, Entry
from tests.support.corpus_fuzz import DAMAGES, SEEDS, mutants
from tests.support.corpus_jpeg_file import foreign_segments, picture_segments
from tests.support.corpus_judge import complaints, difference, essence
from tests.support.corpus_picture import ORIENTATIONS, as_stored, busy, sheer
from tests.support.corpus_png_file import COLOUR, Chunk, png, with_chunks
from tests.support.corpus_reference import pillow
from tests.support.corpus_shelf import MAKERS, part

PICTURE = busy()
PLAIN = png(PICTURE[..., :3], COLOUR, 8)
ENTRY = Entry("plain.png", PLAIN, PICTURE, untouched=True)

# Pillow 13 knows no Motorola BigTIFF, no 16 bits in PSD, no profiles in BMP, and shows 1-bit PSD inverted.
NOT_FOR_PILLOW = (
    "motorola-big",
    *("colour-16.psd", "colour-16-packed.psd", "bitmap.psd", "bitmap-packed.psd"),
    "swapped.bmp",
)


def sent(data: bytes = PLAIN, media_type: str = "image/png", change: ImageChange | None = None) -> ImageInput:
    with Image.open(io.BytesIO(data)) as image:
        size = Size(*image.size)
    assert media_type in ("image/png", "image/jpeg")
    return ImageInput(
        "plain.png",
        "image/png" if media_type == "image/png" else "image/jpeg",
        data,
        size,
        digest(data),
        PLAIN,
        change,
    )


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "broken"])
def test_pillow_sees_in_every_image_what_it_was_made_of(name: str) -> None:
    strangers = []
    for entry in part(name):
        if entry.pixels is None or entry.kind == "heic" or any(word in entry.name for word in NOT_FOR_PILLOW):
            continue
        mean, highest = difference(entry.pixels, pillow(entry.data))
        if mean > entry.tolerance.mean or highest > entry.tolerance.highest:
            strangers.append((entry.name, mean, highest))
    assert not strangers


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_camera_turns_as_exif_says(orientation: int) -> None:
    stored = Image.fromarray(as_stored(PICTURE, orientation)).convert("RGB")
    stored.getexif()[0x0112] = orientation

    assert np.array_equal(np.asarray(ImageOps.exif_transpose(stored).convert("RGBA")), PICTURE)


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "broken"])
def test_words_are_planted_where_they_are_looked_for(name: str) -> None:
    wordy = [entry for entry in part(name) if any(word in entry.name for word in ("words", "xmp", "comment"))]

    assert all(PLANTED in entry.data for entry in wordy)


def test_the_judge_has_nothing_against_what_is_right() -> None:
    assert not list(complaints(ENTRY, sent()))


def test_the_judge_sees_a_single_wrong_value() -> None:
    wrong = PICTURE.copy()
    wrong[20, 30, 1] ^= 1
    image = sent(png(wrong[..., :3], COLOUR, 8), change=ImageChange("image/png"))

    found = " ".join(complaints(replace(ENTRY, untouched=False), image))

    assert "sent: differs by 0.00 on the average, at most by 1 (allowed: 0, 0)" in found


@pytest.mark.parametrize(
    ("image", "word"),
    [
        (sent(with_chunks(PLAIN, Chunk(b"tEXt", b"Comment\0" + PLANTED))), "planted"),
        (sent(with_chunks(PLAIN, corpus_png.profile_chunk(b"x" * 200))), "iCCP"),
        (sent(with_chunks(PLAIN, Chunk(b"pHYs", bytes(9)))), "pHYs"),
        (sent(change=ImageChange("image/png")), "need not be changed"),
        (sent(change=ImageChange("image/png", paper="white")), "nothing can be seen through"),
        (sent(png(PICTURE[::-1, :, :3], COLOUR, 8)), "says nothing"),
        (replace(sent(), thumbnail=png(PICTURE[::-1, :, :3], COLOUR, 8)), "thumbnail: differs"),
        (replace(sent(), thumbnail=PLAIN[:-30]), "thumbnail: another decoder says"),
        (replace(sent(), size=Size(60, 43)), "says 60×43"),
        (sent(png(PICTURE[:10, :, :3], COLOUR, 8)), "refused by the service"),
        (sent(corpus_jpeg.PLAIN), "is (61, 43), image/jpeg"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_judge_sees(image: ImageInput, word: str) -> None:
    assert word in " ".join(complaints(ENTRY, image))


def test_the_judge_wants_a_refusal_where_there_must_be_one() -> None:
    assert list(complaints(replace(ENTRY, pixels=None), sent())) == ["taken, but must be refused: []"]


def test_what_is_clear_is_compared_on_the_paper_it_was_laid_on() -> None:
    clear = sheer(PICTURE)
    on_white = np.asarray(Image.alpha_composite(Image.new("RGBA", (61, 43), "white"), Image.fromarray(clear)))

    assert difference(clear, on_white, "white")[1] <= 1
    assert difference(clear, on_white, "black")[1] == 255
    assert difference(clear, clear) == (0, 0)


def test_metadata_is_no_part_of_the_encoded_pixels() -> None:
    noted = with_chunks(PLAIN, Chunk(b"tEXt", b"Comment\0" + PLANTED))
    turned = corpus_jpeg.encoded(PICTURE, exif=corpus_metadata.exif(6))

    assert essence(noted) == essence(PLAIN) == essence(png(PICTURE[..., :3], COLOUR, 8, pieces=7))
    assert picture_segments(turned) == picture_segments(corpus_jpeg.encoded(PICTURE))
    assert picture_segments(turned) != picture_segments(corpus_jpeg.encoded(PICTURE, quality=89))
    assert foreign_segments(turned) == {"0xe1"}
    assert not foreign_segments(corpus_jpeg.PLAIN)


@pytest.mark.parametrize("kind", ["tga", "psd"])
def test_the_corpus_reads_what_only_pillow_reads_besides(kind: str) -> None:
    readers = {"tga": corpus_reader.tga, "psd": corpus_reader.psd}
    for place, name in SEEDS[kind]:
        entry = next(entry for entry in part(place) if entry.name == name)
        assert entry.pixels is not None
        mean, highest = difference(entry.pixels, readers[kind](entry.data))
        assert (mean <= entry.tolerance.mean, highest <= entry.tolerance.highest) == (True, True)


@pytest.mark.parametrize("kind", SEEDS)
def test_damage_is_the_same_for_the_same_seed_and_of_every_kind(kind: str) -> None:
    count = len(SEEDS[kind]) * len(DAMAGES)
    once, again, other = (list(mutants(kind, count, seed)) for seed in (1, 1, 2))

    assert once == again != other
    assert {way for way in DAMAGES if any(f"-{way}-" in mutant.name for mutant in once)} == set(DAMAGES)
