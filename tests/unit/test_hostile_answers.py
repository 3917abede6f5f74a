"""Every answer of the lists: what of it becomes a link, and what of it reaches a clipboard."""

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

import pytest

from desktop.domain.link_targets import link_target, link_with_words
from desktop.markdown.blocks import Block, Heading, Paragraph, Run, Runs, Table
from desktop.markdown.html import html_document, to_html
from desktop.markdown.source import to_markdown
from desktop.markdown.stream import parse
from tests.support.hostile import Hostile
from tests.support.hostile_html import HTML
from tests.support.hostile_links import LINKS

AT = "127.0.0.1:4711"
EVERYTHING = (*LINKS, *HTML)
ACTIVE = {
    *("script", "img", "image", "iframe", "frame", "object", "embed", "video", "audio", "source", "track"),
    *("link", "style", "base", "svg", "math", "form", "input", "button", "applet", "template", "title"),
}

named = pytest.mark.parametrize("case", EVERYTHING, ids=lambda case: f"{case.kind}: {case.why}")


class Tags(HTMLParser):
    """The tags of a page, its comments, and what stands in its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags = list[tuple[str, dict[str, str]]]()
        self.others = list[str]()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)


def runs_of(blocks: Iterable[Block]) -> Iterator[Runs]:
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield block.runs
        elif isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row)


def links_of(runs: Runs) -> Iterator[tuple[str, str]]:
    """Each link with all of its words."""
    href, words = "", ""
    for run in (*runs, Run("")):
        if run.href != href:
            if href:
                yield href, words
            href, words = run.href, ""
        words += run.text


def links_in(text: str) -> list[tuple[str, str]]:
    return [link for runs in runs_of(parse(text)) for link in links_of(runs)]


def test_there_are_many_of_them_and_each_once() -> None:
    assert len(LINKS) > 150
    assert len(HTML) > 100
    assert len({case.text for case in EVERYTHING}) == len(EVERYTHING)


@named
def test_a_link_is_one_that_can_be_judged(case: Hostile) -> None:
    targets = [link_with_words(*link) for link in links_in(case.at(AT))]

    assert None not in targets
    if case.is_about_links:
        assert bool(targets) == (case.doubts is not None)
    for target in filter(None, targets):
        assert case.doubts is None or case.doubts <= set(target.doubts)


@named
def test_nothing_of_it_acts_where_it_is_pasted(case: Hostile) -> None:
    page = Tags(html_document(to_html(parse(case.at(AT)))))

    assert not {tag for tag, _ in page.tags} & ACTIVE
    assert page.others == ["StartFragment", "EndFragment"]
    for tag, attributes in page.tags:
        assert set(attributes) <= {
            "href",
            "style",
            "start",
            "dir",
            "border",
            "cellspacing",
            "cellpadding",
            "charset",
        }
        assert "url(" not in attributes.get("style", "")
        if "href" in attributes:
            target = link_target(attributes["href"])
            assert tag == "a"
            assert target is not None
            assert attributes["href"] == target.address


@named
def test_copied_as_markdown_it_has_the_links_that_it_had(case: Hostile) -> None:
    text = case.at(AT)
    before, after = links_in(text), links_in(to_markdown(parse(text)))

    assert [link_with_words(*link) for link in after] == [link_with_words(*link) for link in before]
