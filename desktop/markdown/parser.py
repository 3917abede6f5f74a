"""CommonMark with GitHub's tables, task lists and strikethrough, by markdown-it; HTML is text."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block, table
from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token

from desktop.markdown.formula import keep_formulas
from desktop.markdown.references import References

_NESTING = 40
"""How deep blocks, links and images stand in each other; markers beyond that are text."""

_LEVELS_OF_A_LIST = 2

_INTERRUPTED = ["paragraph", "reference", "blockquote"]
"""What a quote or a list ends, as markdown-it itself has it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What can become final by itself: one block that stands at the top, or one item of a list there.

    `start` and `end` are lines, `end` the one after the last. `number` is that of an ordered item.
    """

    tokens: Sequence[Token]
    start: int
    end: int
    number: int | None = None


def parse_blocks(text: str, references: References) -> list[Token]:
    """The block tokens of normalised `text`; its definitions go into `references`."""
    tokens: list[Token] = []
    _PARSER.block.parse(text, _PARSER, {"references": references}, tokens)
    return tokens


def parse_inline(text: str, references: References) -> list[Token]:
    """The inline tokens of one paragraph, heading or cell."""
    tokens: list[Token] = []
    _PARSER.inline.parse(text, _PARSER, {"references": references}, tokens)
    return tokens


def pieces(tokens: Iterable[Token], first_number: int | None = None) -> Iterator[Piece]:
    """Cut `tokens` where a prefix of them can be final.

    `first_number`: what the first item is numbered if it goes on with a list begun before.
    """
    number: int | None = None
    current: list[Token] = []
    for token in tokens:
        if token.level == 0 and token.type in _LIST_OPENERS:
            number, first_number = _number(token, first_number), None
        elif token.level == 0 and token.type in _LIST_CLOSERS:
            number = None
        else:
            current.append(token)
            if token.nesting <= 0 and token.level == _top_level(current[0]):
                start, end = current[0].map or (0, 0)
                yield Piece(current, start, end, number)
                current = []
                number = None if number is None else number + 1


def _top_level(first: Token) -> int:
    return 1 if first.type == "list_item_open" else 0


def _number(token: Token, first_number: int | None) -> int | None:
    if token.type == "bullet_list_open":
        return None
    return int(token.attrs.get("start", 1)) if first_number is None else first_number


_LIST_OPENERS = {"bullet_list_open", "ordered_list_open"}
_LIST_CLOSERS = {"bullet_list_close", "ordered_list_close"}

BlockRule = Callable[[StateBlock, int, int, bool], bool]


def _new_parser() -> MarkdownIt:
    options = {"html": False, "maxNesting": _NESTING, "tasklists": True}
    parser = MarkdownIt("commonmark", options).enable("strikethrough")
    # Last, as GitHub does: what begins another block is no row of headings.
    parser.block.ruler.before("lheading", "gfm_table", table, {"alt": ["paragraph", "reference"]})
    keep_formulas(parser)
    parser.block.ruler.at("blockquote", _not_too_deep(blockquote), {"alt": [*_INTERRUPTED, "list"]})
    parser.block.ruler.at("list", _not_too_deep(list_block), {"alt": _INTERRUPTED})
    parser.inline.ruler.at("image", _no_image_in_image)
    # Which addresses can be opened is decided where runs are made: others keep their text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


def _not_too_deep(rule: BlockRule) -> BlockRule:
    # markdown-it drops the rest of the text where the nesting ends; this keeps it.
    def limited(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level + _LEVELS_OF_A_LIST < _NESTING and rule(state, start, end, silent)

    return limited


def _no_image_in_image(state: StateInline, silent: bool) -> bool:
    # Each image parses its own text anew: thousands in each other would end in a RecursionError.
    if state.env.get("in_image"):
        return False
    state.env["in_image"] = True
    try:
        return image(state, silent)
    finally:
        state.env["in_image"] = False


_PARSER = _new_parser()
