"""A pattern that was taken for a line of text."""

import pytest

from desktop.reader.texture import is_texture


@pytest.mark.parametrize(
    ("text", "confidence"), [("0" * 114 + ".", 0.57), ("-" * 40, 0.6), ("iiiiiiiiiiiiiiiiiiil", 0.8)]
)
def test_one_doubtful_character_over_and_over_is_no_text(text: str, confidence: float) -> None:
    assert is_texture(text, confidence)


@pytest.mark.parametrize(
    ("text", "confidence"),
    [("-" * 40, 0.98), ("0" * 64, 0.95), ("00000000", 0.6), ("1000 0000 0000 0000 2500", 0.6), ("", 0.0)],
)
def test_what_may_be_written_stays(text: str, confidence: float) -> None:
    assert not is_texture(text, confidence)
