"""A whole text as blocks: CommonMark, GitHub's additions, formulas; HTML and unsafe links are text."""

import pytest

from desktop.markdown.blocks import (
    Block,
    CodeBlock,
    Container,
    Heading,
    Marker,
    Paragraph,
    Rule,
    Run,
    Style,
    Table,
)
from desktop.markdown.stream import parse

QUOTE, ITEM = Container.QUOTE, Container.ITEM


def only(text: str) -> Block:
    (block,) = parse(text)
    return block


def runs(text: str) -> tuple[Run, ...]:
    block = only(text)
    assert isinstance(block, Paragraph)
    return block.runs


def shown(text: str) -> str:
    return "".join(run.text for run in runs(text))


def test_emphasis_code_and_strikethrough() -> None:
    assert runs("a **b *c*** `d` ~~e~~") == (
        Run("a "),
        Run("b ", Style.BOLD),
        Run("c", Style.BOLD | Style.ITALIC),
        Run(" "),
        Run("d", Style.CODE),
        Run(" "),
        Run("e", Style.STRIKE),
    )


def test_a_line_break_is_kept_as_the_model_wrote_it() -> None:
    assert runs("one\ntwo  \nthree") == (Run("one\ntwo\nthree"),)


@pytest.mark.parametrize("text", ["# Title", "Title\n====="])
def test_headings(text: str) -> None:
    assert only(text) == Heading(1, (Run("Title"),))


def test_code_keeps_every_character_but_the_last_newline() -> None:
    assert only("```python title=x\n\n  a\n\n```") == CodeBlock("python", "\n  a\n")
    assert only("    a\n      b") == CodeBlock("", "a\n  b")


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("```\na", False),
        ("```\na\n", False),
        ("```\na\n```", True),
        ("```\n```", True),
        ("```", False),
        ("> ```\n> a\n\nb", False),
        ("> ```\n> a\n> ```\n\nb", True),
    ],
)
def test_a_fence_says_whether_its_end_came(text: str, closed: bool) -> None:
    block = parse(text)[0]
    assert isinstance(block, CodeBlock)
    assert block.closed == closed


def test_a_list_is_a_row_of_blocks_with_markers() -> None:
    assert parse("3. a\n\n   b\n4. c\n   - [x] d\n   - [ ] e") == (
        Paragraph((Run("a"),), (ITEM,), Marker(3)),
        Paragraph((Run("b"),), (ITEM,)),
        Paragraph((Run("c"),), (ITEM,), Marker(4)),
        Paragraph((Run("d"),), (ITEM, ITEM), Marker(None, True)),
        Paragraph((Run("e"),), (ITEM, ITEM), Marker(None, False)),
    )


def test_an_item_without_words_still_shows_its_marker() -> None:
    assert parse("-\n- - a") == (
        Paragraph((), (ITEM,), Marker()),
        Paragraph((), (ITEM,), Marker()),
        Paragraph((Run("a"),), (ITEM, ITEM), Marker()),
    )


def test_tight_and_loose_lists_are_alike() -> None:
    assert parse("- a\n- b") == parse("- a\n\n- b")


def test_quotes_know_how_deep_they_are() -> None:
    assert parse("> a\n> > b\n>\n> ---") == (
        Paragraph((Run("a"),), (QUOTE,)),
        Paragraph((Run("b"),), (QUOTE, QUOTE)),
        Rule((QUOTE,)),
    )


def test_tables() -> None:
    assert only("| a | b |\n|:-:|--:|\n| `1` |") == Table(
        ("center", "right"), (((Run("a"),), (Run("b"),)), ((Run("1", Style.CODE),), ()))
    )


@pytest.mark.parametrize("text", ["```a|b\n---|---", "- a | b\n---|---", "> a | b\n---|---"])
def test_what_begins_another_block_is_no_row_of_headings(text: str) -> None:
    assert not any(isinstance(block, Table) for block in parse(text))


@pytest.mark.parametrize(
    "formula",
    [
        "$a_1*b_2*c$",
        "$$a_1*b_2*c$$",
        "\\(a_1*b_2*c\\)",
        "\\[a_1*b_2*c\\]",
        "$$\n= *x*\n- a\n$$",
        "\\[\n# x\n\\]",
    ],
)
def test_formulas_stay_verbatim(formula: str) -> None:
    assert runs(formula) == (Run(formula, Style.MATH),)


@pytest.mark.parametrize("formula", ["$a_1*b_2*c$", "$$a_1*b_2*c$$", "\\(a_1*b_2*c\\)", "\\[a_1*b_2*c\\]"])
def test_formulas_in_a_sentence_too(formula: str) -> None:
    assert runs(f"so {formula} it is") == (Run("so "), Run(formula, Style.MATH), Run(" it is"))


@pytest.mark.parametrize("text", ["It costs $5 and $10.", "$5-$10", "$ a $", "a $", "$$", "\\["])
def test_prices_are_no_formulas(text: str) -> None:
    assert shown(text).count("$") == text.count("$")
    assert all(run.style != Style.MATH or run.text == text for run in runs(text))


def test_a_formula_that_never_ends_takes_no_paragraph_with_it() -> None:
    assert parse("$$ a\n\n# b")[1] == Heading(1, (Run("b"),))


@pytest.mark.parametrize("html", ["<b>x</b>", "<script>alert(1)</script>", "<img src=x onerror=y>", "a<br>b"])
def test_html_is_text(html: str) -> None:
    assert runs(html) == (Run(html),)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "vbscript:x",
        "other.md",
        "//host/x",
    ],
)
def test_other_links_are_plain_text(address: str) -> None:
    assert runs(f"[x]({address})") == (Run("x"),)
    assert runs(f"![x]({address})") == (Run("x"),)


@pytest.mark.parametrize("address", ["http://a.b/c", "https://a.b/?q=1", "mailto:a@b.c", "HTTPS://A.B"])
def test_links_that_a_click_may_open(address: str) -> None:
    (run,) = runs(f"[x]({address})")
    assert run.href.lower() == address.lower()


def test_a_picture_is_shown_by_its_text_as_a_link() -> None:
    assert runs("![a *b*](https://a.b/c.png)") == (Run("a b", href="https://a.b/c.png"),)
    assert runs("![](https://a.b/c.png)") == (Run("https://a.b/c.png", href="https://a.b/c.png"),)


def test_web_addresses_become_links_without_the_full_stop_behind() -> None:
    assert runs("(see https://a.b/c_(d)). 见https://a.b。") == (
        Run("(see "),
        Run("https://a.b/c_(d)", href="https://a.b/c_(d)"),
        Run("). 见"),
        Run("https://a.b", href="https://a.b"),
        Run("。"),
    )


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("www.a.b/c", "http://www.a.b/c"),
        ("a.b+c@d.e", "mailto:a.b+c@d.e"),
        ("HTTPS://a.b", None),
        ("a@b", None),
    ],
)
def test_addresses_without_scheme_become_links_as_on_github(text: str, href: str | None) -> None:
    assert runs(f"see {text}.") == (
        (Run("see "), Run(text, href=href), Run(".")) if href else (Run(f"see {text}."),)
    )


@pytest.mark.parametrize(
    ("text", "struck"), [("a ~b~ c", "b"), ("3~5 or 7~9", ""), ("about ~5 to ~9", ""), ("~~~a~~~ b", "")]
)
def test_a_single_tilde_strikes_words_but_no_ranges(text: str, struck: str) -> None:
    assert "".join(run.text for run in runs(f"x {text}") if run.style is Style.STRIKE) == struck


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a\n    b\n# c\n***\nd\n===\n", ["Paragraph", "Heading", "Rule", "Heading"]),
        ("> a\nlazy\n\n> b\n- c\n\n      code\n10) d", ["Paragraph"] * 3 + ["CodeBlock", "Paragraph"]),
        ("- a\n - b\n  - c\n\n\n  d\ne", ["Paragraph"] * 4),
        ("1. ```\n   x\n2. y\n\n\ttab", ["CodeBlock", "Paragraph", "Paragraph"]),
        ("-\n  a\n-\n\n  b", ["Paragraph", "Paragraph", "Paragraph"]),
        ("a\n2. b\n1. c", ["Paragraph", "Paragraph"]),
        ("text\na | b\n--|--\n1 | 2\n> q", ["Paragraph", "Table", "Paragraph"]),
        ("[a]: /u\n===\n[b]: /u\n---", ["Heading"]),
        ("- [x]: y\n- [ ] # z\n\t\tcode", ["Paragraph", "Paragraph"]),
        ("$$ a\n# b\n\n$$\n# c\n$$", ["Paragraph", "Heading", "Paragraph"]),
    ],
)
def test_where_blocks_begin_and_end(text: str, kinds: list[str]) -> None:
    assert [type(block).__name__ for block in parse(text)] == kinds


def test_a_link_cannot_turn_its_text_around() -> None:
    assert runs("[safe\u202etxt.exe](https://a.b)")[0].text == "safe\ufffdtxt.exe"


def test_references_hold_wherever_they_are_defined() -> None:
    assert parse("[a] [b]\n\n[a]: https://a.b\n\n> [b]: https://b.c") == (
        Paragraph((Run("a", href="https://a.b"), Run(" "), Run("b", href="https://b.c"))),
        Paragraph((), (QUOTE,)),
    )


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_end_counts(ending: str) -> None:
    assert parse(f"a{ending}{ending}b") == (Paragraph((Run("a"),)), Paragraph((Run("b"),)))


def test_halves_of_characters_are_joined_or_replaced() -> None:
    assert shown("\ud83d\ude00 \ud83d") == "😀 \ufffd"
