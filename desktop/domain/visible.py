"""What strangers wrote, as it may be shown: it turns no writing around, hides nothing, moves no cursor.

Terminals act on control characters (ECMA-48: ESC and CSI, in eight bits too). Characters that turn the
direction of writing make a command look like another than is copied, or a name end in another suffix
("Trojan Source", CVE-2021-42574; Unicode's UTR 36). Characters that nobody sees (Unicode's
Default_Ignorable_Code_Point) carry words past the reader, the tags from U+E0000 on whole sentences.
"""

import re

_ACTING = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
"""C0, DEL and C1; newline and tab stay."""

_TURNING = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"

_UNSEEN = (
    r"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    r"\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""But for what words are spelt with: U+200C and U+200D, and the selectors of emoji and of Mongolian.

Behind a U+FFFE, which is no character, Qt reads other letters: those with the bytes the other way round.
"""

_PARTING = r"\u2028\u2029"

HIDDEN = re.compile(f"[{_ACTING}{_TURNING}{_UNSEEN}{_PARTING}\ud800-\udfff]")
"""A character that does something else than to be seen; halves of surrogate pairs, too, show nothing."""

SHORT = 60
"""Characters of what is shown in a few words."""

_GONE = re.compile(f"[{_ACTING}{_TURNING}{_UNSEEN}]")
_HALF = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile(r"[ \t]*[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+[ \t]*")


def visible(text: str) -> str:
    """`text` with nothing but what is seen, in its lines; cut anywhere, its parts give the same."""
    if HIDDEN.search(text) is None:
        return text
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", _GONE.sub("", re.sub(f"[{_PARTING}]", "\n", text)))


def on_one_line(text: str) -> str:
    """The same as part of a line: a name, a title, a fact within a sentence."""
    return visible(_LINE_ENDS.sub(" ", text))


def printable(text: str) -> str:
    """`text` without what is no letter, mark or sign, joiners and wide blanks too: for addresses."""
    return "".join(char for char in text if char.isprintable())


def shortened(text: str, length: int = SHORT) -> str:
    """With its end, which says what kind of file it is."""
    half = length // 2
    return text if len(text) <= length else f"{text[:half]}…{text[1 - half :]}"
