"""What a Markdown text says, by parsers that are not the app's own rules for escaping."""

from markdown_it import MarkdownIt

from desktop.markdown.plain import plain_text
from desktop.markdown.stream import parse

_GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
"""CommonMark with HTML, tables and strikethrough."""


def words_of(markdown: str) -> str:
    """The text of a paragraph, or of several, by markdown-it; markup of any other kind shows as its name."""
    lines = []
    for token in _GITHUB.parse(markdown):
        if token.type == "inline":
            lines.append("".join(_shown(child.type, child.content) for child in token.children or ()))
        elif token.type not in ("paragraph_open", "paragraph_close"):
            lines.append(f"<{token.type}>")
    return "\n\n".join(lines)


def _shown(kind: str, content: str) -> str:
    if kind in ("softbreak", "hardbreak"):
        return "\n"
    if kind in ("text", "text_special", "em_open", "em_close"):
        return content
    return f"<{kind}>"


def shown_of(markdown: str) -> str:
    """The text as the window's own Markdown shows it."""
    return plain_text(parse(markdown))
