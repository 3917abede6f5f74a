"""Link reference definitions, which stand where a paragraph begins."""

import re
from typing import Any

from markdown_it import MarkdownIt

Definition = dict[str, Any]

LONGEST_LABEL = 999
"""Characters, as CommonMark has it."""

_PARSER = MarkdownIt("zero").enable("reference")
# Which addresses can be opened is decided where runs are made.
_PARSER.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005

_LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.|\\$)*+(?P<end>\](?P<colon>:|$)|$)", re.DOTALL)
_GOES_ON = re.compile(
    r"""(?P<label>\[(?:[^\[\]\\]|\\.)*+\]):
    [\ \t]*+ \n?+ [\ \t]*+ (?: <[^<>\n]*+ (?:>|$) | [^\s<]\S*+ )?+      # its address
    (?: $ | [\ \t]*+ (?: $ | \n | ["'(] ) )                             # and perhaps a title
    """,
    re.DOTALL | re.VERBOSE,
)


def split_definitions(text: str) -> tuple[dict[str, Definition], str]:
    """The definitions that a paragraph's `text` begins with, and what is left of it."""
    env: dict[str, Any] = {}
    tokens = _PARSER.parse(text, env)
    rest = "\n".join(token.content for token in tokens if token.type == "inline")
    return env.get("references", {}), rest


def may_define(text: str) -> bool:
    """Whether the paragraph that begins with `text` may begin with a definition yet to be finished."""
    label = _LABEL.match(text)
    if label is None or label.end() > LONGEST_LABEL:
        return False
    return not label["colon"] or _GOES_ON.match(text) is not None
