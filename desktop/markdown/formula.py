"""Rules that keep formulas verbatim: `$…$`, `$$…$$`, `\\(…\\)`, `\\[…\\]`.

Without them `$a_1*b_2$` would lose its stars and `\\(x\\)` its backslashes.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

CLOSERS = {"$$": "$$", "\\[": "\\]", "\\(": "\\)"}
"""What ends a formula, by what begins it; a single "$" has rules of its own."""

DISPLAY = ("$$", "\\[")
"""What begins a formula that may stand by itself, and then on lines of its own.

It interrupts nothing: whether it is a formula may stay open for many lines, and the paragraph above must
not wait for that. There the rule for sentences keeps it whole.
"""


def keep_formulas(parser: MarkdownIt) -> None:
    """Teach `parser` the inline token `math_inline`, whose content is the source."""
    parser.inline.ruler.before("escape", "math_inline", _inline)


def _inline(state: StateInline, silent: bool) -> bool:
    end = _end_of_formula(state.src, state.pos, state.posMax)
    if end < 0:
        return False
    if not silent:
        state.push("math_inline", "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def _end_of_formula(text: str, start: int, limit: int) -> int:
    opener = text[start : start + 2]
    if opener in CLOSERS:
        found = text.find(CLOSERS[opener], start + 2, limit)
        return found + 2 if found > start + 2 else -1
    if opener.startswith("$"):
        return _end_of_dollars(text, start, limit)
    return -1


def _end_of_dollars(text: str, start: int, limit: int) -> int:
    """Pandoc's rule tells formulas from prices: nothing blank inside the dollars, no digit after them."""
    end = text.find("$", start + 1, limit)
    if end <= start + 1 or text[start + 1].isspace() or text[end - 1].isspace():
        return -1
    return -1 if text[end + 1 : end + 2].isdigit() else end + 1
