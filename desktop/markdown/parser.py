"""The inside of a block by markdown-it: CommonMark with GitHub's strikethrough; HTML is text."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image, strikethrough
from markdown_it.token import Token

from desktop.markdown.formula import keep_formulas
from desktop.markdown.references import References

_NESTING = 40
"""How deep links and images stand in each other; brackets beyond that are text."""


_DEEPEST_BRACKETS = 50
_BRACKET = re.compile(r"[\[\]]")


class Brackets:
    """Counts how deep brackets stand in each other, whatever they mean, while text comes.

    Beyond 50 they make no links in their block: each that is left open is looked for up to its end.
    """

    def __init__(self) -> None:
        self.too_deep = False
        self._depth = 0

    def feed(self, text: str) -> None:
        for bracket in _BRACKET.findall(text):
            self._depth = self._depth + 1 if bracket == "[" else max(0, self._depth - 1)
            self.too_deep = self.too_deep or self._depth > _DEEPEST_BRACKETS


def parse_inline(text: str, references: References, *, links: bool = True) -> list[Token]:
    """The inline tokens of one paragraph, heading or cell."""
    tokens: list[Token] = []
    parser = _PARSER if links else _WITHOUT_LINKS
    parser.inline.parse(text, parser, {"references": references}, tokens)
    return tokens


def _new_parser() -> MarkdownIt:
    options = {"html": False, "maxNesting": _NESTING, "strikethrough_single_tilde": True}
    parser = MarkdownIt("commonmark", options).enable("strikethrough")
    keep_formulas(parser)
    parser.inline.ruler.at("image", _no_image_in_image)
    parser.inline.ruler.at("strikethrough", _no_tilde_in_word)
    # Which addresses can be opened is decided where runs are made: others keep their text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


def _no_image_in_image(state: StateInline, silent: bool) -> bool:
    # Each image parses its own text anew: thousands in each other would end in a RecursionError.
    if state.env.get("in_image"):
        return False
    state.env["in_image"] = True
    try:
        return image(state, silent)
    finally:
        state.env["in_image"] = False


def _no_tilde_in_word(state: StateInline, silent: bool) -> bool:
    # GitHub strikes "3~5 or 7~9" through from 5 to 7: here a single tilde is as "_" in a word.
    if state.src[state.pos] == "~" and not silent:
        can_open, can_close, length = state.scanDelims(state.pos, False)
        if length == 1 and not can_open and not can_close:
            return False
    return strikethrough.tokenize(state, silent)


_PARSER = _new_parser()
_WITHOUT_LINKS = _new_parser().disable(["link", "image"])
