"""Which cells of a table a spreadsheet would take for formulas, and how they become text there.

A formula out of an answer reads other cells and sends them away (`=IMPORTXML`, `=WEBSERVICE`), links to where
it says it does not, or starts a program by DDE ("CSV injection", OWASP; CWE-1236).
"""

import json
import re
from html import escape

_BEFORE = re.compile(r'[\s\x00-\x1f"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*')
"""Passed over by one spreadsheet or another; a quotation mark parts cells instead of being shown."""

_SIGNS = re.compile(r"[=+\-@＝＋－＠]")
"""Full-width ones count where Chinese or Japanese is typed."""

_CURRENCY = "$€£¥₹"
_NUMBER = re.compile(rf"[+\-＋－]\s?[{_CURRENCY}]?[\d.,][\d.,\s'’]*(?:[eE][+-]?\d+)?\s?[%‰]?\s*")
_WORDS = re.compile(rf"[+\-@＋－＠]+[\w\s.,%°/{_CURRENCY}-]*|[=+\-@<>!＝＋－＠]+\s*")
"""Options, names, telephone numbers, measures, operators: `-o FILE`, `@org/name`, `+86 10-1`, `=>`.

Read as a formula, that can reckon at most: to call takes a parenthesis, DDE a bar, another sheet or file
a mark, a bracket or a quote.
"""

_ODD = re.compile(r'"[^"]*(?:"[^"]*"[^"]*)*')
"""A quotation that does not end in its cell takes the next ones in."""


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet might take `cell` for a formula; a plain number is none."""
    begin = _begin(cell)
    is_begun = bool(_SIGNS.match(cell, begin) and cell[begin + 1 :].strip())
    return is_begun and _NUMBER.fullmatch(cell, begin) is None


def without_formula(cell: str) -> str:
    """`cell` as plain text between tabs: after an apostrophe if it is a formula that can do something.

    Excel, LibreOffice, WPS and Google Sheets take what begins so for text; some show the apostrophe.
    """
    is_harmless = _WORDS.fullmatch(cell, _begin(cell)) is not None
    is_open = _ODD.fullmatch(cell.lstrip()) is not None
    return f"'{cell}" if (is_formula(cell) and not is_harmless) or is_open else cell


TEXT_STYLE = r"mso-number-format:'\@'"
"""Of a cell of HTML that is text for Excel and WPS, whatever it begins with."""


def text_attributes(cell: str) -> str:
    """The same for LibreOffice (the format `@`), and for Google Sheets (a value of type 2, a string)."""
    value = json.dumps({"1": 2, "2": cell}, ensure_ascii=False)
    return f' sdnum="1033;0;@" data-sheets-value="{escape(value)}"'


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _begin(cell: str) -> int:
    found = _BEFORE.match(cell)
    return found.end() if found else 0
