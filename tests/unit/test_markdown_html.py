"""What is pasted elsewhere: well-formed HTML with every word of the blocks, and nothing that acts."""

from html.parser import HTMLParser

import pytest
from hypothesis import given

from desktop.markdown.blocks import Block, Paragraph, Run, Table
from desktop.markdown.html import html_document, to_html
from desktop.markdown.plain import plain_text
from desktop.markdown.slices import sliced
from desktop.markdown.stream import parse
from tests.support.markdown import ANSWER, markdown

_VOID = {"br", "hr", "meta"}
_ALLOWED = {"href", "style", "start", "dir", "border", "cellspacing", "cellpadding"}


class Page(HTMLParser):
    """Reads a fragment as a browser would, and minds that every element is closed in its order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.attributes: set[tuple[str, str | None]] = set()
        self.tags: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(attrs)
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def html(text: str) -> str:
    return to_html(parse(text))


def words(text: str) -> str:
    return "".join(text.replace("☐", "").replace("☑", "").split())


@given(markdown)
def test_every_word_arrives_and_nothing_that_acts(text: str) -> None:
    blocks = parse(text)

    page = Page(to_html(blocks))

    assert words(page.text) == words(plain_text(blocks))
    assert {name for name, _ in page.attributes} <= _ALLOWED
    assert all(
        (value or "").startswith(("http://", "https://", "mailto:"))
        for name, value in page.attributes
        if name == "href"
    )


def test_lists_stand_in_each_other_and_go_on_from_their_number() -> None:
    assert html("3. a\n   - b\n   - c\n4. d\n\n   e").replace(' dir="auto"', "") == (
        '<ol start="3"><li>a<ul><li>b</li><li>c</li></ul></li><li>d<p>e</p></li></ol>'
    )


def test_lists_whose_numbers_do_not_go_on_are_two() -> None:
    assert Page(html("1. a\n2. b\n7) c")).tags.count("ol") == 2


def test_quotes_stand_in_each_other() -> None:
    page = Page(html("> a\n> > b\n>\n> c"))

    assert page.tags == ["blockquote", "p", "blockquote", "p", "p"]


def test_task_boxes() -> None:
    assert Page(html("- [x] done\n- [ ] to do")).text == "☑ done☐ to do"


def test_code_keeps_its_blanks_and_has_its_own_font() -> None:
    fragment = html("```html\n\n  <b>\t&amp;\n```")

    assert "\n  &lt;b&gt;\t&amp;amp;</code></pre>" in fragment
    assert "white-space:pre-wrap" in fragment
    assert "monospace" in fragment


def test_a_table_has_borders_and_alignments() -> None:
    fragment = html("| a | b | c |\n|:-:|--:|---|\n| d | e | f |")

    assert Page(fragment).tags == ["table", "tr", "th", "th", "th", "tr", "td", "td", "td"]
    assert [fragment.count(f"text-align:{side}") for side in ("center", "right", "left")] == [2, 2, 2]
    assert fragment.count("border:1px solid") == 6


def test_rows_without_their_header_have_none() -> None:
    (table,) = blocks = parse("| a | b |\n|---|---|\n| c | d |")
    assert isinstance(table, Table)

    assert Page(to_html(sliced(blocks, (0, 4), (0, 7)))).tags == ["table", "tr", "td", "td"]


def test_looks_of_text() -> None:
    fragment = html("**a *b*** ~~c~~ `d` [e `f`](https://g.h/?i&j)\nk")

    assert "<strong>a </strong><strong><em>b</em></strong> <s>c</s> <code" in fragment
    assert '<a href="https://g.h/?i&amp;j">e <code' in fragment
    assert fragment.endswith("<br>k</span>")


def test_words_alone_can_be_pasted_into_a_sentence() -> None:
    assert html("some *words*") == "<span>some <em>words</em></span>"
    assert html("- some *words*").startswith("<ul>")
    assert html("some\n\nwords").startswith("<p")


@pytest.mark.parametrize("text", ["a  b", " a", "a ", "a\tb", "a\n b"])
def test_blanks_that_matter_are_kept(text: str) -> None:
    block: Block = Paragraph((Run(text),))

    for fragment in (to_html([block]), to_html([block, block])):
        assert "white-space:pre-wrap" in fragment
    assert "white-space" not in to_html([Paragraph((Run("a b\nc"),))])


def test_an_answer_with_everything_on_it() -> None:
    page = Page(html(ANSWER))

    assert {"h2", "p", "ol", "ul", "li", "pre", "table", "blockquote", "hr", "a", "em", "strong"} <= set(
        page.tags
    )


def test_a_document_says_its_charset_and_where_the_fragment_is() -> None:
    document = html_document("<p>中文</p>")

    assert '<meta charset="utf-8">' in document
    assert "<body><!--StartFragment--><p>中文</p><!--EndFragment--></body>" in document
    Page(document.removeprefix("<!DOCTYPE html>"))
