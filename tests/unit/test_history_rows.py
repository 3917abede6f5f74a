"""Values of a conversation as rows of a database, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import AppError
from desktop.domain.events import Notice, NoticeRaised, Usage
from desktop.domain.images import ImageChange, Size
from desktop.storage import values
from desktop.storage.texts import clean, to_json
from tests.support import histories


@given(st.text(), st.sampled_from(["", "\ud800", "\udfff\ud83d"]))
def test_a_surrogate_becomes_a_sign_that_something_was_lost(text: str, surrogates: str) -> None:
    broken = text + surrogates + text

    assert clean(broken).encode().decode() == clean(broken)
    assert len(clean(broken)) == len(broken)
    assert clean(text) is text or text != clean(text)


def test_what_says_nothing_wrong_stays() -> None:
    assert clean("👩‍👩‍👧‍👦 a\0b") == "👩‍👩‍👧‍👦 a\0b"
    assert clean("a\ud83db") == "a\ufffdb"
    assert to_json(["\udc00"]) == '["\ufffd"]'


@given(histories.errors)
def test_an_error_comes_back_with_its_class_and_words(error: AppError) -> None:
    back = values.error_from(values.error_json(error))

    assert type(back) is type(error)
    assert str(back) == str(error)
    assert back is not None
    assert (back.detail, back.facts) == (error.detail, error.facts)


def test_every_error_of_the_app_has_a_name_of_its_own() -> None:
    kinds = [kind for kind in values.kinds(AppError) if kind.__module__.startswith("desktop.")]

    assert len({kind.__name__ for kind in kinds}) == len(kinds) > 40


@pytest.mark.parametrize(
    "stored",
    ['["NoSuchError",{"host":"x"},"its words"]', '["ServerUnreachable",{},"its words"]', '["E"]', "{", "3"],
)
def test_an_error_that_is_not_understood_is_still_an_error(stored: str) -> None:
    assert type(values.error_from(stored)) is AppError


def test_an_error_of_another_version_keeps_its_details() -> None:
    error = values.error_from('["NoSuchError",{"host":"x"},"its words"]')

    assert error is not None
    assert error.detail == "its words"


@given(st.lists(histories.notices))
def test_notices_come_back(notices: list[NoticeRaised]) -> None:
    assert values.notices_from(values.notices_json(notices)) == tuple(notices)


def test_a_notice_of_another_version_is_left_out() -> None:
    stored = '[["NO_SUCH",{}],["NO_TEXT_FOUND",{}]]'

    assert values.notices_from(stored) == (NoticeRaised(Notice.NO_TEXT_FOUND),)


@pytest.mark.parametrize("stored", ["", "{", '{"no_such_field":1}', "[[1,2]]", "null", '"x"'])
def test_what_makes_no_sense_is_left_out(stored: str) -> None:
    assert values.usage_from(stored) is None
    assert values.lines_from(stored) == ()
    assert values.notices_from(stored) == ()
    assert values.change_from(stored) is None


def test_the_rest_comes_back() -> None:
    usage = Usage(prompt_tokens=1, cached_tokens=1 << 60)
    change = ImageChange("image/tiff", frames=3, page=2, paper="black", from_size=Size(1, 2), limit="bytes")

    assert values.usage_from(values.usage_json(usage)) == usage
    assert values.change_from(values.change_json(change)) == change
    assert values.change_from(values.change_json(ImageChange("image/gif"))) == ImageChange("image/gif")
    assert values.usage_from(values.usage_json(None)) is None
