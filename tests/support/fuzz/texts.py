"""Characters and words that have hurt programs before, and texts made of them."""

import random
from collections.abc import Sequence

CONTROLS = (
    *(
        "\0",
        "\a",
        "\b",
        "\t",
        "\n",
        "\v",
        "\f",
        "\r",
        "\r\n",
        "\x1b[2J",
        "\x1b]0;title\a",
        "\x1b]52;c;AAAA\a",
    ),
    *("\x1bP1;1|x\x1b\\", "\x7f", "\x85", "\x9b31m", "\x9d0;x\x9c", "\u2028", "\u2029", "\ufffe", "\uffff"),
)
DIRECTIONS = (
    "\u202a",
    "\u202b",
    "\u202d",
    "\u202e",
    "\u202c",
    "\u2066",
    "\u2067",
    "\u2069",
    "\u200e",
    "\u200f",
)
LETTERS = (
    *(
        "a",
        "word ",
        "中文。",
        "שלום",
        "ß",
        "İ",
        "ﬃ",
        "…",
        "e\u0301",
        "\u0301" * 50,
        "👩‍👩‍👧‍👦",
        "🏳️‍🌈",
        "\U0010ffff",
    ),
    *("\ud83d", "\ude00", "\udcff", "\u200b", "\ufeff", "\u00ad", "\u180e", "\u3000", "\U000e0041", "１２"),
)
ADDRESSES = (
    *(
        "http://a.example/b",
        "https://user:pass@evil.example",
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "file:///etc",
    ),
    *(
        "data:text/html,<script>",
        "data:image/png;base64,iVBORw0KGgo",
        "//x.example",
        "\\\\host\\share\\a.png",
    ),
    *(
        "vbscript:x",
        "mailto:a@b.example?attach=/etc",
        "http://[::1]:99999/",
        "https://xn--80ak6aa92e.example/",
    ),
    *(
        "http://0x7f.1/",
        "https://a\u202egnp.exe",
        "https://apple.com\u2044.evil.example",
        "ftp://a",
        "http://[",
        "://",
    ),
)
HTML = (
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=y>",
        "<a href='javascript:x'>",
        "</pre>",
        "<!--",
        "-->",
        "&#0;",
    ),
    *(
        "<!--StartFragment-->",
        "<style>*{}</style>",
        '" onmouseover="x',
        "' x='",
        "<svg/onload=x>",
        "&lt;",
        "&#x202e;",
    ),
)
FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2", '=HYPERLINK("http://x")')
TEMPLATES = ("{}", "{0}", "{host}", "{host.__class__}", "%s", "%n", "%1", "{{", "}")

WORDS: Sequence[str] = (*CONTROLS, *DIRECTIONS, *LETTERS, *ADDRESSES, *HTML, *FORMULAS, *TEMPLATES)


def hostile_text(chance: random.Random, words: Sequence[str] = WORDS, most: int = 12) -> str:
    """A few words in a row; now and then one of them many times over."""
    chosen = chance.choices(words, k=chance.randrange(most))
    if chosen and chance.random() < 0.05:
        chosen[chance.randrange(len(chosen))] *= chance.choice((50, 1_000, 5_000))
    return "".join(chosen)


def encoded(text: str) -> bytes:
    """As bytes, halves of characters included."""
    return text.encode("utf-8", "surrogatepass")


def decoded(data: bytes) -> str:
    """The text that `data` is, as far as it is one, halves of characters included."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")
