"""However a text is cut, the document in the end is that of the whole text; the way there is calm."""

import pytest

from desktop.markdown.blocks import Block, CodeBlock, Container, Heading, Marker, Paragraph, Run
from desktop.markdown.plain import block_text
from desktop.markdown.stream import MarkdownStream, Update, parse
from tests.support.markdown import ANSWER, Document, answer, pieces, short_texts, streamed


@pytest.mark.parametrize("length", [1, 2, 3, 8, 100])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_an_answer_with_everything_on_it(length: int, ending: str) -> None:
    text = ANSWER.replace("\n", ending)

    assert streamed(pieces(text, length)) == list(parse(text)) == list(parse(ANSWER))


@pytest.mark.parametrize(
    "text",
    [
        "para\n#tag",
        "para\n- item",
        "para\n-\n",
        "a | b\n-|-\n1 | 2\n\nafter",
        "text\n\na | b\n-x",
        "1. a\n2. b\n\n   c\n3. d\n\nafter",
        "1. a\n1) b\n7) c",
        "- a\n- ```\n  x\n- b",
        "```\na\n``\n```` \nb",
        "~~~\n```\n",
        "  ```\n  a\n ```\nb",
        "$$\na\n\nb\n$$",
        "[x]: /u\n'title\nfoo\n# b\n",
        "> a\nb\n\n> c",
        "    code\n\n    more\n\npara",
    ],
)
def test_known_traps(text: str) -> None:
    assert streamed(text) == list(parse(text))


def fed(*texts: str) -> list[Update]:
    stream = MarkdownStream()
    return [stream.feed(text) for text in texts]


def words(text: str, **how: object) -> Paragraph:
    return Paragraph((Run(text),), **how)  # type: ignore[arg-type]


def test_a_block_is_committed_when_something_has_ended_it() -> None:
    updates = fed("one\n", "\ntw", "o", "\n", "#", " three", "\n")

    assert [update.committed for update in updates] == [
        (),
        (words("one"),),
        (),
        (),
        (),
        (words("two"),),
        (Heading(1, (Run("three"),)),),
    ]
    assert [update.tail for update in updates[1:4]] == [(words("tw"),), (words("two"),), (words("two"),)]


def test_items_are_committed_one_by_one_and_keep_their_numbers() -> None:
    updates = fed("7. a\n", "8. b\n", "9. c\n")
    item = (Container.ITEM,)

    assert [update.committed for update in updates] == [
        (),
        (words("a", path=item, marker=Marker(7)),),
        (words("b", path=item, marker=Marker(8)),),
    ]


def test_an_open_fence_grows_and_hides_what_may_be_its_end() -> None:
    updates = fed("```py\n", "a\n", "b", "\n`", "``\n")

    assert [update.tail for update in updates] == [
        (CodeBlock("py", "", closed=False),),
        (CodeBlock("py", "a", closed=False),),
        (CodeBlock("py", "a\nb", closed=False),),
        (CodeBlock("py", "a\nb", closed=False),),
        (),
    ]
    assert updates[-1].committed == (CodeBlock("py", "a\nb"),)


def test_a_late_definition_changes_only_the_blocks_that_asked_for_it() -> None:
    stream, document = MarkdownStream(), Document()
    for text in ("See [x].\n\n", "# Not [y]\n\n", "And [X] again.\n\n", "# Links\n\n"):
        document.apply(stream.feed(text))
    update = stream.feed("[x]: https://a.b\n\nThe end.\n")
    document.apply(update)
    document.apply(stream.finish())

    assert [index for index, _ in update.changed] == [0, 2]
    assert document.committed[0] == Paragraph((Run("See "), Run("x", href="https://a.b"), Run(".")))
    assert document.committed[1] == Heading(1, (Run("Not [y]"),))


def test_a_cut_surrogate_pair_is_never_shown_in_halves() -> None:
    first, second = fed("a \ud83d", "\ude00")

    assert first.tail == (words("a"),)
    assert second.tail == (words("a 😀"),)


def test_a_long_answer() -> None:
    text = answer(64_000)

    blocks: list[Block] = streamed(pieces(text, 16))

    assert blocks == list(parse(text))


# ── what is too long ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a" * 20 + "\nbc\nd", ["a" * 20, "bc\nd"]),
        ("a" * 19 + "\nbc\nd", ["a" * 19 + "\nbc", "d"]),
        ("a" * 29 + " bc", ["a" * 29 + " bc"]),
        ("a" * 31 + " bc", ["a" * 31, "bc"]),
        ("a" * 45, ["a" * 40, "a" * 5]),
        ("- " + "a" * 45 + "\n- b", ["a" * 40, "a" * 5, "b"]),
        ("# " + "a" * 45 + "\nb", ["a" * 40, "a" * 5, "b"]),
        ("$$\nab\ncd\n" + "e" * 21 + "\n$$", ["$$\nab\ncd\n" + "e" * 21, "$$"]),
    ],
)
def test_a_text_that_is_too_long_goes_on_as_another(text: str, shown: list[str]) -> None:
    with short_texts():
        assert [block_text(block) for block in parse(text)] == shown


def test_it_keeps_its_kind_and_its_place() -> None:
    item = (Container.ITEM,)

    with short_texts():
        heading, item_text = parse("## " + "a" * 41), parse("- " + "a" * 41)

    assert heading == (Heading(2, (Run("a" * 40),)), Heading(2, (Run("a"),)))
    assert item_text == (words("a" * 40, path=item, marker=Marker(None)), words("a", path=item))
