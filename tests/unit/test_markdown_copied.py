"""Plain text as it is pasted: with the markers that say what belongs where, and without markup."""

import pytest
from hypothesis import given

from desktop.markdown.copied import copied_text
from desktop.markdown.plain import plain_text
from desktop.markdown.slices import sliced
from desktop.markdown.stream import parse
from tests.support.markdown import markdown


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**a** `b`\n\n# c", "a b\n\nc"),
        ("1. a\n2. b\n   - c\n     - d\n3. e\n\n   f", "1. a\n2. b\n   • c\n     • d\n3. e\n\n   f"),
        ("- [x] a\n- [ ] b\n1. [x] c", "☑ a\n☐ b\n\n1. ☑ c"),
        ("> a\n>\n> - b\n>   c", "> a\n>\n> • b\n>   c"),
        ("- a\n\n  ```\n  b\n    c\n  ```", "• a\n\n  b\n    c"),
        ("a\n\n---\n\nb", "a\n\n---\n\nb"),
        ("| a | b |\n|---|---|\n| c | d |", "a\tb\nc\td"),
        ("|  |  |\n|---|---|\n| c | d |", "c\td"),
        ("-\n- a", "•\n• a"),
    ],
)
def test_it_looks_as_it_did(source: str, text: str) -> None:
    assert copied_text(parse(source)) == text


def test_a_selection_within_one_block_is_just_that() -> None:
    assert copied_text(sliced(parse("1. some words"), (0, 4), (0, 6))) == " w"


@given(markdown)
def test_every_word_is_there(text: str) -> None:
    blocks = parse(text)

    copied = copied_text(blocks).split()

    assert all(word in " ".join(copied) for word in plain_text(blocks).split())
