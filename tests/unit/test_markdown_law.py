"""The law of the stream: for every text and every way of cutting it, the document in the end is `parse`'s."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.markdown.stream import MarkdownStream, parse
from tests.support.markdown import (
    ANSWER,
    Document,
    composed_markdown,
    cuts,
    inline_markdown,
    markdown,
    short_texts,
    streamed,
)

texts = st.one_of(markdown, inline_markdown, composed_markdown)
long_texts = st.lists(texts, min_size=5, max_size=30).map("\n".join)
long_paragraphs = st.lists(
    inline_markdown.map(lambda text: text.split("\n\n")[0]), min_size=10, max_size=60
).map(" ".join)
some = settings(max_examples=60, deadline=None)
thousands = settings(max_examples=5_000, deadline=None)


def holds_for(text: str, pieces: list[str]) -> bool:
    return streamed(pieces) == list(parse(text))


@some
@given(st.data())
def test_it_does_not_matter_where_a_text_is_cut(data: st.DataObject) -> None:
    text = data.draw(texts)

    assert holds_for(text, data.draw(cuts(text)))


@some
@given(texts)
def test_nor_when_it_comes_character_by_character(text: str) -> None:
    assert holds_for(text, list(text))


@settings(max_examples=15, deadline=None)
@given(texts)
def test_nor_when_it_is_cut_once_anywhere(text: str) -> None:
    for position in range(len(text)):
        assert holds_for(text, [text[:position], text[position:]])


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_nor_for_long_texts_and_paragraphs(data: st.DataObject) -> None:
    text = data.draw(st.one_of(long_texts, long_paragraphs))

    assert holds_for(text, data.draw(cuts(text)))


@some
@given(st.data())
def test_nor_where_texts_are_too_long_to_stay_one(data: st.DataObject) -> None:
    text = data.draw(st.one_of(texts, long_texts, long_paragraphs))

    with short_texts():
        assert holds_for(text, data.draw(cuts(text)))


@some
@given(st.data(), st.sampled_from(["\r", "\r\n"]))
def test_nor_for_any_line_end(data: st.DataObject, ending: str) -> None:
    text = data.draw(composed_markdown)
    other = text.replace("\n", ending)

    assert parse(other) == parse(text)
    assert holds_for(text, data.draw(cuts(other)))


@pytest.mark.parametrize("character", ["👩‍💻", "\r\n", "e\u0301", "ש", "🇨🇳", "\ud83d\ude00"])
def test_nor_inside_a_character(character: str) -> None:
    text = f"a {character} **b{character}**\n\n- {character}\n```\n{character}\n"

    for position in range(len(text)):
        assert holds_for(text, [text[:position], text[position:]])


@pytest.mark.parametrize("mark", ["", "!"])
def test_nor_where_an_address_follows_words_that_have_one_by_definition(mark: str) -> None:
    text = f"[a]: http://one\n\nsee {mark}[a](http://two 'a title') too"

    for position in range(len(text)):
        assert holds_for(text, [text[:position], text[position:]])
    assert holds_for(text, list(text))


@some
@given(st.text(max_size=200), st.data())
def test_nor_for_text_that_is_no_markdown(text: str, data: st.DataObject) -> None:
    assert holds_for(text, data.draw(cuts(text)))


def test_the_end_shows_what_was_shown_before_if_all_has_come() -> None:
    stream, document = MarkdownStream(), Document()
    text = ANSWER.rpartition("\n\n[r]:")[0]
    for piece in text:
        document.apply(stream.feed(piece))
    so_far = document.committed + document.tail
    document.apply(stream.finish())

    assert document.committed == so_far == list(parse(text))


@pytest.mark.slow
@thousands
@given(st.data())
def test_thousands_of_texts_however_cut(data: st.DataObject) -> None:
    text = data.draw(texts)

    assert holds_for(text, data.draw(cuts(text)))
    assert holds_for(text, list(text))


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None)
@given(texts)
def test_many_texts_cut_once_anywhere(text: str) -> None:
    for position in range(len(text)):
        assert holds_for(text, [text[:position], text[position:]])


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None)
@given(st.data())
def test_many_long_texts_and_paragraphs(data: st.DataObject) -> None:
    text = data.draw(st.one_of(long_texts, long_paragraphs))

    assert holds_for(text, data.draw(cuts(text)))
