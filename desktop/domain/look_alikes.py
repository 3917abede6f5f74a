"""Names whose letters are not what they seem.

After UTS #39 (Unicode Security Mechanisms; its restriction level "highly restrictive") and what Chromium
and Firefox show of internationalised names. Both keep long tables; where this is coarser, it doubts.
"""

import unicodedata

from desktop.domain.host_names import spelt_out

_EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "KATAKANA-HIRAGANA"})
_UNLIKE_LATIN = _EAST_ASIAN | {
    *("ARABIC", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "HEBREW", "KANNADA", "KHMER", "LAO"),
    *("MALAYALAM", "MYANMAR", "ORIYA", "SINHALA", "TAMIL", "TELUGU", "THAI", "TIBETAN"),
}
"""Scripts with hardly a word that could pass for one in Latin letters."""

_ALIKE = {
    "CYRILLIC": frozenset("асԁеһіјӏорԗԛѕԝхуъьҽпгѵѡ"),
    "GREEK": frozenset("αγηικνορτυωχϲϳ"),
}
"""Small letters of other scripts that pass for Latin ones: a name of nothing else is in disguise.

The Cyrillic ones are those of Chromium (`components/url_formatter/spoof_checks/idn_spoof_checker.cc`).
"""

_STROKES = frozenset("ノソゾンーヽヾゝゞ〱〳〵〻〇〆一丁七丅丆丨丩丫丶丿乀乁乂卜口工")
"""Letters of East Asia that pass for marks and Latin letters where they stand among these."""

_LATIN = frozenset("çøßæœąęłđþð")
"""Letters beyond ASCII that have marks elsewhere than above them, or none, and are common in names."""

_ABOVE = 230
"""The canonical combining class of marks above a letter."""


def is_look_alike(name: str) -> bool:
    """Whether a host in normal form has letters that pass for others."""
    return any(_passes_for_another(spelt_out(label) or label) for label in name.split("."))


def readable(name: str) -> str:
    """A host in normal form with the letters of each label that is plain and runs from left to right."""
    return ".".join(_letters(label) for label in name.split("."))


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _letters(label: str) -> str:
    letters = spelt_out(label) or label
    runs_left = any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in letters)
    return label if runs_left or _passes_for_another(letters) else letters


def _passes_for_another(label: str) -> bool:
    if label.isascii():
        return False
    scripts = {_script(char) for char in label} - {""}
    if scripts == {"LATIN"}:
        return not all(map(_is_plain_latin, label))
    if len(scripts) == 1 and (alike := _ALIKE.get(*scripts)):
        return all(char in alike for char in label if _script(char))
    if scripts <= _EAST_ASIAN | {"LATIN"}:
        return "LATIN" in scripts and not all(map(_is_plain_among_latin, label))
    return len(scripts) > 1 or not scripts <= _UNLIKE_LATIN


def _script(char: str) -> str:
    """The first word of its name, which is its script's; "" for digits, hyphens and marks of any script."""
    if char in "-0123456789_" or unicodedata.category(char) in ("Mc", "Mn"):
        return "LATIN" if unicodedata.name(char, "").startswith("COMBINING") else ""
    return unicodedata.name(char, "?").split()[0].removesuffix("-")


def _is_plain_latin(char: str) -> bool:
    if char.isascii() or char in _LATIN:
        return True
    letter, *marks = list(unicodedata.normalize("NFD", char))
    return letter.isascii() and letter.isalpha() and [*map(unicodedata.combining, marks)] == [_ABOVE]


def _is_plain_among_latin(char: str) -> bool:
    return char.isascii() or (_script(char) in _EAST_ASIAN and char not in _STROKES)
