"""Characters as they are painted: what would be unseen, or would do something to others, is made visible."""

import re

_REPLACEMENT = "\ufffd"

_CONTROLS: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(0x20)},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    # Line ends of Unicode: here a line ends at a newline only.
    0x2028: 0x2424,
    0x2029: 0x2424,
    # What Qt gives a meaning of its own.
    **dict.fromkeys((0xFDD0, 0xFDD1, 0xFFFC), _REPLACEMENT),
    # What Qt drops at the beginning of a text, and what is as wide.
    0xFEFF: 0x2060,
}
_IN_CODE: dict[int, int | str] = {
    **{code: shown for code, shown in _CONTROLS.items() if code != ord("\t")},
    # Code that reads other than it runs: https://trojansource.codes
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C], _REPLACEMENT),
}
_IN_CELL: dict[int, int | str] = {**_CONTROLS, ord("\t"): " "}

_HARMLESS = re.compile(r"[ -~]*")


def in_code(line: str) -> str:
    """A line of code, character by character; tabs stay."""
    return line if _HARMLESS.fullmatch(line) else line.translate(_IN_CODE)


def in_cell(text: str) -> str:
    """The text of a cell, character by character."""
    return text if _HARMLESS.fullmatch(text) else text.translate(_IN_CELL)
