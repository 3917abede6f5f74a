"""Text as the parser wants it, out of pieces that may be cut anywhere."""

import re

_NEWLINE = re.compile(r"\r\n?")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Normaliser:
    """Makes line ends "\\n" and joins surrogate pairs, also where a cut went through them."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, text: str) -> str:
        text = self._held + text
        self._held = text[-1] if text and _may_go_on(text[-1]) else ""
        return normalised(text[: len(text) - len(self._held)])

    def finish(self) -> str:
        held, self._held = self._held, ""
        return normalised(held)


def normalised(text: str) -> str:
    """`text` with "\\n" as its only line end, without NUL, U+FFFE and half characters.

    Behind a U+FFFE, Qt reads other letters: those with the bytes the other way round.
    """
    text = _NEWLINE.sub("\n", text).replace("\0", "\ufffd").replace("\ufffe", "\ufffd")
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _may_go_on(character: str) -> bool:
    return character == "\r" or "\ud800" <= character <= "\udbff"
