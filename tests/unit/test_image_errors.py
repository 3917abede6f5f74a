"""Several refusals in one sentence."""

import pytest

from desktop.domain.errors import filled
from desktop.domain.image_errors import (
    BrokenImage,
    EmptyFile,
    FarTooManyImages,
    ManyImagesRefused,
    NotAFile,
    SomeImagesRefused,
    TooManyImages,
    refused_together,
    too_many,
)


@pytest.mark.parametrize(
    ("names", "kind", "sentence"),
    [
        ("a", TooManyImages, "A question takes at most 250 images. Left out: a."),
        ("abc", TooManyImages, "A question takes at most 250 images. Left out: a, b, c."),
        ("abcde", FarTooManyImages, "A question takes at most 250 images. Left out: a, b, c and 2 more."),
    ],
)
def test_those_left_out_are_named(names: str, kind: type[TooManyImages], sentence: str) -> None:
    error = too_many(list(names), 250)

    assert type(error) is kind
    assert str(error) == sentence


def test_all_that_were_left_out_stand_behind_the_sentence() -> None:
    assert too_many(list("abcde"), 250).detail == "a\nb\nc\nd\ne"


def test_one_refusal_stays_itself() -> None:
    error = BrokenImage(name="a")

    assert refused_together([error]) is error


@pytest.mark.parametrize(
    ("names", "kind", "sentence"),
    [
        ("abc", SomeImagesRefused, "3 images cannot be used: a, b, c."),
        ("abcd", ManyImagesRefused, "4 images cannot be used: a, b, c and 1 more."),
    ],
)
def test_several_are_one_and_say_why(names: str, kind: type[SomeImagesRefused], sentence: str) -> None:
    kinds = (BrokenImage, EmptyFile, NotAFile, BrokenImage)
    refusals = [kind(name=name) for kind, name in zip(kinds, names, strict=False)]
    error = refused_together(refusals)

    assert type(error) is kind
    assert str(error) == sentence
    assert error.refusals == tuple(refusals)
    assert error.detail == "\n".join(str(refusal) for refusal in refusals)


def test_names_are_joined_as_the_language_joins_them() -> None:
    error = too_many(list("abcde"), 250)
    template = "一次提问最多 {limit} 张图片。未添加：{names} 等 {more} 张。"

    assert filled(template, error.facts, "、") == "一次提问最多 250 张图片。未添加：a、b、c 等 2 张。"
