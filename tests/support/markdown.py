"""Markdown for tests: made-up texts, cuts through them, and a document that follows a stream."""

from collections.abc import Iterable

from hypothesis import strategies as st

from desktop.markdown.blocks import Block
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
    """The blocks that a reader of updates holds."""

    def __init__(self) -> None:
        self.committed: list[Block] = []
        self.tail: list[Block] = []

    def apply(self, update: Update) -> None:
        for index, block in update.changed:
            self.committed[index] = block
        self.committed += update.committed
        self.tail = list(update.tail)


def streamed(texts: Iterable[str]) -> list[Block]:
    """The blocks in the end when the text comes as `texts`."""
    stream, document = MarkdownStream(), Document()
    for text in texts:
        document.apply(stream.feed(text))
    document.apply(stream.finish())
    assert not document.tail
    return document.committed
