"""Names of images come from anywhere: each is a few letters on one line, whatever it was."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.conversation import Conversation
from desktop.domain.errors import AppError
from desktop.domain.events import Notice, NoticeRaised
from desktop.domain.history import ConversationId, Summary
from desktop.domain.image_errors import BrokenImage, too_many
from desktop.domain.images import ImageBytes, ImageFile, ImageInURL, KeptImage, Size
from desktop.domain.messages import user_message
from desktop.domain.visible import HIDDEN
from tests.support.pictures import image

Named = Callable[[str], str]
NAMED: dict[str, Named] = {
    "attached": lambda name: image(name).name,
    "pasted": lambda name: ImageBytes(name, b"").name,
    "written out": lambda name: ImageInURL(name, "data:,").name,
    "kept": lambda name: KeptImage(name, "image/png", "0" * 64, 1, Size(1, 1), "0" * 64).name,
}
"""What has the name of an image, and how it is called then."""

HOSTILE = "photo\u202egnp.exe\r\n\x1b[2J\u2028\u200b\ud800.png"
NAMES = st.text(st.one_of(st.characters(), st.sampled_from(HOSTILE)), max_size=600)

kinds = pytest.mark.parametrize("named", NAMED.values(), ids=NAMED)


@kinds
@given(name=NAMES)
def test_a_name_is_a_few_letters_on_one_line(named: Named, name: str) -> None:
    shown = named(name)

    assert HIDDEN.search(shown) is None
    assert len(shown.splitlines()) <= 1
    assert len(shown) <= 255
    shown.encode()


@kinds
@pytest.mark.parametrize(
    "name", ["截图 2026-01-02 09.15.png", "👩‍👩‍👧.jpg", "صورة.png", "a  b.png", "图　片.png"]
)
def test_a_name_as_people_give_it_stays(named: Named, name: str) -> None:
    assert named(name) == name


@kinds
def test_no_name_ends_in_another_suffix_than_it_is_shown_with(named: Named) -> None:
    assert named("photo\u202egnp.exe") == "photognp.exe"
    assert len(named("x" * 1_000_000)) <= 255
    assert named("x" * 300 + ".png").endswith("x.png")


@pytest.mark.parametrize(
    "name", [b"\xff\xfe.png", b"a\nb\x1b.png", b"\xe2\x80\xae.png", b"x" * 251 + b".png"]
)
def test_a_file_is_called_by_what_can_be_seen_and_still_found(name: bytes, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(b"1")
    file = ImageFile(path)

    assert HIDDEN.search(file.name) is None
    assert "\n" not in file.name
    assert file.path.read_bytes() == b"1"


def test_no_sentence_is_turned_or_broken_by_a_name() -> None:
    said: list[AppError | NoticeRaised] = [
        BrokenImage(name=HOSTILE, detail=HOSTILE),
        too_many([HOSTILE, HOSTILE], 1),
        NoticeRaised(Notice.IMAGES_LEFT_OUT, {"limit": "1", "names": HOSTILE}),
    ]

    for each in said:
        assert HIDDEN.search(str(each)) is None
        assert "\n" not in str(each)
    assert HIDDEN.search(BrokenImage(name="a", detail=HOSTILE).detail) is None


def test_no_title_is_turned_or_broken_by_what_was_pasted() -> None:
    of_words = Conversation().ask(user_message(HOSTILE, ())).title
    of_an_image = Conversation().ask(user_message("", (image(HOSTILE),))).title

    for title in (of_words, of_an_image, Summary(ConversationId(1), HOSTILE, 1.0).title):
        assert title.startswith("photognp.exe [2J")
        assert HIDDEN.search(title) is None
