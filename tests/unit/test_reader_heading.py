"""The heading of an image among others."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from desktop.reader.heading import heading
from tests.support.read_markdown import shown_of


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("settings.png", "### 2 · settings.png"),
        ("", "### 2"),
        ("*a*.png", "### 2 · *a\\*.png"),
        ("a\nb.png", "### 2 · a b.png"),
        ("issue #", "### 2 · issue \\#"),
        ("截图 1.png", "### 2 · 截图 1.png"),
    ],
)
def test_the_name_stands_as_it_is(name: str, said: str) -> None:
    assert heading(2, name) == said


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=20))
@example("##")
@example("a ## ##")
def test_nothing_in_a_name_is_markup(name: str) -> None:
    wanted = " · ".join(filter(None, ("2", " ".join(name.split()))))
    opening, inline, _ = MarkdownIt("commonmark").parse(heading(2, name))

    assert (opening.tag, {child.type for child in inline.children or ()} - {"text_special"}) == (
        "h3",
        {"text"},
    )
    assert "".join(child.content for child in inline.children or ()) == wanted
    assert shown_of(heading(2, name)).strip() == wanted
