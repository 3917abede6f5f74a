"""Runs as Markdown whose parse gives the same runs."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby, takewhile

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

from desktop.markdown.blocks import Run, Runs, Style
from desktop.markdown.escaping import begins_block, entity, escaped, escaped_on_one_line
from desktop.markdown.parser import parse_inline
from desktop.markdown.references import References

_PLAIN_ADDRESS = re.compile(r"(?:https?://|www\.)[A-Za-z0-9](?:[\w\-./:?=&%#+,@]*[A-Za-z0-9/])?", re.ASCII)
"""An address that needs no brackets to be a link, if nothing in it has another meaning."""
_MAIL_ADDRESS = re.compile(r"[\w.+-]+@[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)+", re.ASCII)
_BEFORE_ADDRESS = re.compile(r"[\s(\u00a0-\U0010ffff]\Z")
_AFTER_ADDRESS = re.compile(r"[.,;:!?)]*[\s\u00a0-\U0010ffff]")
_SPECIAL_IN_ADDRESS = re.compile(r"&(?=#?\w+;)")


def inline_source(runs: Runs, *, on_one_line: bool = False) -> str:
    """`runs` as the text of a paragraph, or, `on_one_line`, of a heading or a cell.

    Blanks at both ends are left out; half a formula, as cutting leaves it, is text.
    """
    shown = _trimmed(_joined(_without_half_formulas(runs)))
    pieces = list(_Writing(shown, on_one_line=on_one_line).pieces())
    _make_delimiters_work(pieces)
    return "".join(piece.text for piece in pieces)


def _without_half_formulas(runs: Runs) -> Iterator[Run]:
    for run in runs:
        if run.style & Style.MATH and not _stays_formula(run.text, is_alone=len(runs) == 1):
            yield replace(run, style=run.style & ~Style.MATH)
        else:
            yield run


def _stays_formula(text: str, *, is_alone: bool) -> bool:
    return is_formula(text) and (is_alone or not _begins_block_inside(text))


def _begins_block_inside(formula: str) -> bool:
    return any(begins_block(line) for line in formula.split("\n")[1:])


def is_formula(text: str) -> bool:
    """Whether it is read as a formula, or as several without anything between them."""
    return all(token.type == "math_inline" for token in parse_inline(text, References()))


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    for (style, href), alike in groupby(runs, key=lambda run: (run.style, run.href)):
        yield Run("".join(run.text for run in alike), style, href)


def _trimmed(joined: Iterator[Run]) -> Sequence[Run]:
    runs = list(joined)
    while runs and not (stripped := runs[0].text.lstrip()):
        del runs[0]
    if runs:
        runs[0] = replace(runs[0], text=stripped)
    while runs and not (stripped := runs[-1].text.rstrip()):
        del runs[-1]
    if runs:
        runs[-1] = replace(runs[-1], text=stripped)
    return runs


# ── pieces ──────────────────────────────────────────────────────────────────────────────────────


class _Kind(Enum):
    TEXT = auto()
    OPENER = auto()
    CLOSER = auto()
    FORMULA = auto()
    SOLID = auto()
    EDGE = auto()


@dataclass(slots=True)
class _Piece:
    text: str
    kind: _Kind


_Layer = Style | str
"""What several runs have in common: an emphasis, or the address of a link."""

_EMPHASES = (Style.STRIKE, Style.BOLD, Style.ITALIC)


class _Writing:
    """Writes runs as pieces; what most runs in a row share is outermost."""

    def __init__(self, runs: Sequence[Run], *, on_one_line: bool) -> None:
        self._runs = runs
        self._on_one_line = on_one_line
        self._last = _Piece("\n", _Kind.TEXT)

    def pieces(self) -> Iterator[_Piece]:
        for piece in self._span(0, len(self._runs), (), ""):
            if piece.text:
                yield piece
                self._last = piece

    def _span(self, begin: int, end: int, layers: tuple[_Layer, ...], mark: str) -> Iterator[_Piece]:
        """The runs from `begin` to `end`, within `layers`; `mark` is the emphasis right around them."""
        index = begin
        while index < end:
            layer, length = self._widest(index, end, layers)
            after = index + max(1, length)
            if layer is None:
                yield self._leaf(index, layers)
            else:
                at_edge = mark if index == begin else ""
                yield from self._layer(layer, index, after, layers, at_edge)
            index = after

    def _widest(self, index: int, end: int, layers: tuple[_Layer, ...]) -> tuple[_Layer | None, int]:
        run = self._runs[index]
        found: list[_Layer] = [style for style in _EMPHASES if style in run.style and style not in layers]
        if run.href and run.href not in layers:
            found.append(run.href)
        spans = [(layer, self._length(layer, index, end)) for layer in found]
        return max(spans, key=lambda span: span[1], default=(None, 1))

    def _length(self, layer: _Layer, index: int, end: int) -> int:
        shares: Callable[[Run], bool] = lambda run: (  # noqa: E731 - reads best here
            layer == run.href if isinstance(layer, str) else layer in run.style
        )
        return sum(1 for _ in takewhile(lambda at: shares(self._runs[at]), range(index, end)))

    def _layer(
        self, layer: _Layer, begin: int, end: int, layers: tuple[_Layer, ...], at_edge: str
    ) -> Iterator[_Piece]:
        inner = (*layers, layer)
        if isinstance(layer, str):
            yield from self._link(layer, begin, end, inner)
            return
        mark = self._mark(layer, at_edge)
        yield _Piece(mark, _Kind.OPENER)
        yield from self._span(begin, end, inner, "" if layer is Style.STRIKE else mark[0])
        yield _Piece(mark, _Kind.CLOSER)

    def _mark(self, layer: Style, at_edge: str) -> str:
        """Marks of one kind side by side would be read as one mark: of two, one is of the other kind."""
        if layer is Style.STRIKE:
            return "~~"
        beside = self._last.text[-1] if self._last.kind in (_Kind.OPENER, _Kind.CLOSER) else ""
        kind = "_" if "*" in (beside, at_edge) else "*"
        return kind * (2 if layer is Style.BOLD else 1)

    def _link(self, href: str, begin: int, end: int, layers: tuple[_Layer, ...]) -> Iterator[_Piece]:
        if self._is_plain_address(begin, end):
            yield _Piece(self._runs[begin].text, _Kind.SOLID)
            return
        if self._is_mail_address(begin, end):
            yield _Piece(f"<{self._runs[begin].text}>", _Kind.SOLID)
            return
        if self._last.text.endswith("!"):
            self._last.text = self._last.text[:-1] + "\\!"  # else it would be an image
        yield _Piece("[", _Kind.SOLID)
        yield from self._span(begin, end, layers, "")
        address = _SPECIAL_IN_ADDRESS.sub("&amp;", href)
        yield _Piece(f"](<{address}>)" if "(" in href or ")" in href else f"]({address})", _Kind.SOLID)

    def _is_mail_address(self, begin: int, end: int) -> bool:
        run = self._runs[begin]
        is_itself = run.href == f"mailto:{run.text}" and not run.style & Style.CODE
        return end == begin + 1 and is_itself and bool(_MAIL_ADDRESS.fullmatch(run.text))

    def _is_plain_address(self, begin: int, end: int) -> bool:
        """Whether it is found to be a link without brackets too, where it stands."""
        run = self._runs[begin]
        is_itself = run.href in (run.text, f"http://{run.text}")
        if end != begin + 1 or not is_itself or run.style & Style.CODE:
            return False
        edge = Run(" ", run.style)
        before = self._runs[begin - 1] if begin else edge
        after = self._runs[end] if end < len(self._runs) else edge
        # An emphasis that begins or ends beside it may need a mark there, and an address cannot be masked.
        if before.style != run.style or after.style not in run.style:
            return False
        is_apart = _BEFORE_ADDRESS.search(before.text) and _AFTER_ADDRESS.match(after.text)
        return bool(is_apart) and _is_simple(run.text)

    def _leaf(self, index: int, layers: tuple[_Layer, ...]) -> _Piece:
        run = self._runs[index]
        if Style.CODE in run.style:
            return _Piece(_code(run.text), _Kind.SOLID)
        if Style.MATH in run.style:
            return _Piece(run.text, _Kind.FORMULA)
        in_label = any(isinstance(layer, str) for layer in layers)
        if self._on_one_line:
            return _Piece(escaped_on_one_line(run.text, in_label=in_label), _Kind.TEXT)
        text = escaped(
            run.text,
            begins_line=self._last.text.endswith("\n"),
            ends_line=index + 1 == len(self._runs) or self._runs[index + 1].text.startswith("\n"),
            in_label=in_label,
        )
        return _Piece(text, _Kind.TEXT)


def _is_simple(address: str) -> bool:
    """Whether nothing in it has a meaning but what makes it an address."""
    is_address = _PLAIN_ADDRESS.fullmatch(address)
    return bool(is_address) and re.sub(r"\\([:@.])", r"\1", escaped_on_one_line(address)) == address


def _code(text: str) -> str:
    text = text.replace("\n", " ")
    fence = "`" * _first_missing({len(ticks) for ticks in re.findall("`+", text)})
    is_stripped = text.startswith(" ") and text.endswith(" ") and text.strip(" ")
    pad = " " if is_stripped or text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _first_missing(lengths: set[int]) -> int:
    return next(length for length in range(1, len(lengths) + 2) if length not in lengths)


# ── flanks ──────────────────────────────────────────────────────────────────────────────────────


def _make_delimiters_work(pieces: Sequence[_Piece]) -> None:
    """Write letters and blanks beside delimiters as entities where CommonMark's rules ask for a mark there.

    Again until nothing changes: a letter may stand beside two of them.
    """
    edge = _Piece(" ", _Kind.EDGE)
    padded = [edge, *pieces, edge]
    around = list(zip(padded, pieces, padded[2:], strict=False))
    while any([_make_work(*three) for three in around]):  # noqa: C419 - all of them, each time
        pass


def _make_work(before: _Piece, piece: _Piece, after: _Piece) -> bool:
    """Whether something beside `piece` had to be written as an entity."""
    match piece.kind:
        case _Kind.OPENER:
            is_inside_changed = _is_blank(after.text[0]) and _mask(after, 0)
            needs_mark = piece.text[0] == "_" or _is_punctuation(after.text[0])
            return is_inside_changed or (needs_mark and _is_letter(before.text[-1]) and _mask(before, -1))
        case _Kind.CLOSER:
            is_inside_changed = _is_blank(before.text[-1]) and _mask(before, -1)
            needs_mark = piece.text[0] == "_" or _is_punctuation(before.text[-1])
            return is_inside_changed or (needs_mark and _is_letter(after.text[0]) and _mask(after, 0))
        case _Kind.FORMULA:
            # On a line of its own it would be a paragraph of its own.
            is_first = before.kind is _Kind.EDGE and piece.text.startswith(("$$", "\\["))
            is_alone = is_first and after.text[0] == "\n"
            return (is_alone or after.text[0].isdigit()) and _mask(after, 0)
        case _:
            return False


def _mask(piece: _Piece, index: int) -> bool:
    """Write the first (0) or the last (-1) character of a text as an entity; whether it is a text."""
    if piece.kind is not _Kind.TEXT:
        return False
    masked = entity(piece.text[index])
    piece.text = masked + piece.text[1:] if index == 0 else piece.text[:-1] + masked
    return True


def _is_blank(character: str) -> bool:
    return isWhiteSpace(ord(character))


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _is_letter(character: str) -> bool:
    return not _is_blank(character) and not _is_punctuation(character)
