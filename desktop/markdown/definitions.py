"""Link reference definitions, which stand where a paragraph begins."""

import re
from typing import Any

from markdown_it import MarkdownIt

Definition = dict[str, Any]

_LONGEST_LABEL = 999
"""Characters, as CommonMark has it."""

_LABEL = re.compile(r"\[(?:[^\[\]\\]++|\\.|\\\Z)*(?:\](?P<colon>:|\Z)|\Z)", re.DOTALL)
_GOES_ON = re.compile(
    r"""\[(?:[^\[\]\\]++|\\.)*\]:
    [\ \t]*+ \n?+ [\ \t]*+
    (?= (?P<address> (?: <[^<>\n]*+ (?:>|\Z) | [^\x00-\x20<][^\x00-\x20]*+ )? ) ) (?P=address)
    [\ \t]*+ (?: \Z | ["'(] | \n [\ \t]*+ (?: \Z | ["'(\[] ) )                        # perhaps a title
    """,
    re.DOTALL | re.VERBOSE,
)


def _new_parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable("reference")
    # Which addresses can be opened is decided where runs are made.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


_PARSER = _new_parser()


def split_definitions(text: str) -> tuple[dict[str, Definition], str]:
    """The definitions that a paragraph's `text` begins with, and what is left of it."""
    env: dict[str, Any] = {}
    tokens = _PARSER.parse(text, env)
    begin = tokens[0].map if tokens else None
    rest = text.split("\n")[begin[0] :] if begin else []
    return env.get("references", {}), "\n".join(rest)


def may_define(text: str) -> bool:
    """Whether the paragraph that begins with `text` may begin with a definition yet to be finished."""
    label = _LABEL.match(text)
    if label is None or label.end() > _LONGEST_LABEL:
        return False
    return not label["colon"] or _GOES_ON.match(text) is not None
