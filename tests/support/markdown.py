"""Markdown for tests: made-up texts, cuts through them, and a document that follows a stream."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import accumulate
from unittest.mock import patch

from hypothesis import strategies as st

from desktop.markdown import leaves
from desktop.markdown.blocks import Block, CodeBlock, Heading, Paragraph, Run, Table
from desktop.markdown.stream import MarkdownStream, Update

_WORDS = ["a", "b", "中文", "👩‍💻", "שלום", "<b>", "&amp;", "\ud83d", "\ude00", "\0"]
_LINKS = ["[", "]", "!", "http://e.c/d", "<http://a>", "(http://x)", "[x]", "[y]", "'"]
_MARKS = ["*", "**", "_", "`", "``", "~~", "$", "$$", "\\", "\\(", "\\)", "\\[", "\\]"]
_LINE_MARKS = ["|", "#", "=", "-", ">", "===", "---", "```", "~~~", "```py"]
_BEGINNINGS = [
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "12. ",
    "> ",
    "# ",
    "[ ] ",
    "    ",
    "[x]: /u",
    "[y]: http://y 'ti",
]
_LINES = ["|a|b|\n", "|-|-|\n", "```\n", "$$\n"]
_BLANKS = [" ", "  ", "\t", "\u2028", "\r", "\r\n", *["\n"] * 6, *["\n\n"] * 4]

markdown = st.lists(
    st.sampled_from(_WORDS + _LINKS + _MARKS + _LINE_MARKS + _BEGINNINGS + _LINES + _BLANKS), max_size=30
).map("".join)
"""Texts dense with what has a meaning in Markdown, in any order."""

_INLINE = [
    *[
        "a",
        "b ",
        "word ",
        " ",
        "  ",
        "\n",
        " \n",
        "  \n",
        "\\\n",
        "中",
        "。",
        "文字",
        "👩‍💻",
        "\u00a0",
        "\u2028",
    ],
    *["*", "**", "***", "_", "__", "~", "~~", "`", "``", "$", "$$", "\\", "\\(", "\\)", "\\[", "\\]"],
    *["[", "]", "(", ")", "](u)", "](<", "[x]", "!", "![", "<", "<http://a", "<a@b.c>", ">", "&amp;", "&"],
    *["http://e.f/", "www.a.b", "@", "x@y.z", "'", '"', "5", "10", "|", "-", "#", "\t", ":"],
]

inline_markdown = st.builds(
    lambda beginning, words, end: beginning + "".join(words) + end,
    st.sampled_from(["", "# ", "- ", "> ", "|x|y|\n|-|-|\n|"]),
    st.lists(st.sampled_from(_INLINE), min_size=1, max_size=40),
    st.sampled_from(["", "\n\n[x]: http://u\n", "\n==="]),
)
"""One block each, dense with marks that open and close."""

_SENTENCES = st.lists(
    st.sampled_from(
        ["Plain words", "**bold**", "*it*", "`code`", "[a](http://b)", "[late]", "中文。", "$x_1$", "~~no~~"]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


def _indented(text: str, first: str, rest: str) -> str:
    return "\n".join((rest if at else first) + line for at, line in enumerate(text.split("\n")))


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        inner.map(lambda text: _indented(text, "> ", "> ")),
        inner.map(lambda text: _indented(text, "> ", "")),  # the lazy way
        inner.map(lambda text: _indented(text, "- [ ] ", "  ")),
        st.tuples(st.sampled_from(["- ", "1. ", "* ", "7) "]), pairs, st.sampled_from(["\n", "\n\n"])).map(
            lambda made: made[2].join(_indented(text, made[0], " " * len(made[0])) for text in made[1])
        ),
        st.tuples(pairs, st.sampled_from(["\n\n", "\n"])).map(lambda made: made[1].join(made[0])),
    )


_LEAVES = st.one_of(
    _SENTENCES,
    st.lists(_SENTENCES, min_size=2, max_size=3).map("\n".join),
    _SENTENCES.map(lambda text: f"## {text}"),
    _SENTENCES.map(lambda text: f"{text}\n---"),
    st.lists(_SENTENCES, min_size=1, max_size=3).map(
        lambda rows: "| a | b |\n|:-:|--|\n" + "\n".join(f"| {row} | 1" for row in rows)
    ),
    st.sampled_from(["```py\nx = 1\n\n    y\n```", "~~~\nnever closed", "    indented\n\n      code", "***"]),
    st.sampled_from(
        ["$$\na_1*b_2\n$$", "\\[ never closed", "[late]: http://l\n'title'", "[late]:\nfalse start"]
    ),
    st.sampled_from(["<div>\n*html*\n</div>", "<!-- - x -->", "שלום **עולם**", "\ud83d", "a\0b", ""]),
)

composed_markdown = st.recursive(_LEAVES, _nested, max_leaves=8)
"""Texts as somebody would write them: blocks in blocks."""


def cuts(text: str) -> st.SearchStrategy[list[str]]:
    """Ways to cut `text`: into pieces of a few lengths in turn."""
    lengths = st.lists(st.integers(1, 12), min_size=1, max_size=6)
    return lengths.map(lambda chosen: _cut(text, chosen))


def _cut(text: str, lengths: Sequence[int]) -> list[str]:
    found: list[str] = []
    position = 0
    while position < len(text):
        length = lengths[len(found) % len(lengths)]
        found.append(text[position : position + length])
        position += length
    return found


ANSWER = """## Section *one*

The **main idea** is to keep a *stable prefix*. See [the docs](https://example.com/docs) for `insertText()`.

1. First step: install
2. Second step: **configure**
   - nested item with `code`
     - third level

```python
def main() -> str:
    return "x"  # a comment
```

| Library | Time (ms) |
|:--------|----------:|
| alpha | 12.5 |
| beta | 48.0 |

> Note: a quote over
> two lines.

这是中文说明:只需要重新解析**最后一个块**。Emoji: 🚀👩‍💻, a formula $E=mc^2$, שלום עולם.

- [x] done
- [ ] to do

---

Final paragraph [with a reference][r].

[r]: https://example.org/late
"""
"""An answer with one of everything."""


def answer(size: int) -> str:
    """About `size` characters of an answer."""
    return ANSWER * (size // len(ANSWER) + 1)


def pieces(text: str, length: int) -> list[str]:
    return [text[i : i + length] for i in range(0, len(text), length)]


class Document:
    """The blocks that a reader of updates holds; it takes updates at their word and checks that."""

    def __init__(self) -> None:
        self.committed: list[Block] = []
        self.tail: list[Block] = []

    def apply(self, update: Update) -> None:
        if update.kept:
            (going_on, *_) = update.committed + update.tail
            check_kept(self.tail[0], going_on, update.kept)
        for index, block in update.changed:
            self.committed[index] = block
        self.committed += update.committed
        self.tail = list(update.tail)


def check_kept(before: Block, after: Block, kept: int) -> None:
    """Fail unless the first `kept` parts of a block are as they were."""
    assert (before.path, before.marker) == (after.path, after.marker)
    assert _beginning(before, kept) == _beginning(after, kept)


def _beginning(block: Block, kept: int) -> tuple[object, ...]:
    """The kind of a block, and what `kept` counts in it."""
    match block:
        case Heading():
            return block.level, *_characters(block.runs, kept)
        case Paragraph():
            return _characters(block.runs, kept)
        case CodeBlock():
            lines = block.text.split("\n", kept)
            assert len(lines) >= kept
            return block.language, *lines[:kept]
        case Table():
            assert len(block.rows) >= kept
            return block.alignments, *block.rows[:kept]
        case _:
            return (block,)


def _characters(runs: Sequence[Run], kept: int) -> tuple[Run, ...]:
    ends = list(accumulate(len(run.text) for run in runs))
    assert kept <= ends[-1]
    last = bisect_left(ends, kept)
    return *runs[:last], replace(runs[last], text=runs[last].text[: len(runs[last].text) - ends[last] + kept])


def streamed(texts: Iterable[str]) -> list[Block]:
    """The blocks in the end when the text comes as `texts`."""
    stream, document = MarkdownStream(), Document()
    for text in texts:
        document.apply(stream.feed(text))
    document.apply(stream.finish())
    assert not document.tail
    return document.committed


@contextmanager
def short_texts() -> Iterator[None]:
    """A text goes on as another one after 20 characters, and is cut within a line after 30 to 40."""
    with patch.multiple(leaves, _LONGEST_TEXT=20, _LONGEST_END=10, _LONGEST_FORMULA=20):
        yield
