"""Rules that keep formulas verbatim: `$…$`, `$$…$$`, `\\(…\\)`, `\\[…\\]`.

Without them `$a_1*b_2$` would lose its stars and `\\(x\\)` its backslashes.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_CLOSERS = {"$$": "$$", "\\[": "\\]", "\\(": "\\)"}
_DISPLAY = ("$$", "\\[")


def keep_formulas(parser: MarkdownIt) -> None:
    """Teach `parser` the tokens `math_inline` and `math_block`, whose content is the source."""
    parser.inline.ruler.before("escape", "math_inline", _inline)
    # It interrupts nothing: whether it is a formula may stay open for many lines, and the paragraph
    # above must not wait for that. There the inline rule keeps it whole.
    parser.block.ruler.before("code", "math_block", _display)


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
    if opener in _CLOSERS:
        found = text.find(_CLOSERS[opener], start + 2, limit)
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


def _display(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A formula that begins its line, up to a closer that ends one.

    While neither closer nor blank line has come it is still open, like a fence without its end.
    """
    begin = state.bMarks[start_line] + state.tShift[start_line]
    opener = state.src[begin : begin + 2]
    if opener not in _DISPLAY or state.is_code_block(start_line):
        return False
    line = _closing_line(state, start_line, end_line, begin + 2, _CLOSERS[opener])
    if line < 0:
        return False
    if not silent:
        token = state.push("math_block", "", 0)
        token.map = [start_line, line]
        token.content = state.getLines(start_line, line, state.blkIndent, keepLastLF=False).strip()
        state.line = line
    return True


def _closing_line(state: StateBlock, line: int, end_line: int, begin: int, closer: str) -> int:
    """The line after the formula's last; -1 if it is none."""
    while True:
        rest = state.src[begin : state.eMarks[line]]
        if closer in rest:
            return line + 1 if rest.index(closer) == len(rest.rstrip()) - 2 else -1
        line += 1
        if line >= end_line:
            return line
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return -1
        begin = state.bMarks[line]
