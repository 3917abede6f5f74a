"""Text as Markdown that means just this text."""

import re

_MEANT_ANYWHERE = re.compile(
    r"""
    [\\`*$]
    | (?<![^\W_])[_~] | [_~](?![^\W_])  # within a word they mean nothing
    | \](?=[(\[]|\Z)
    | <(?=[A-Za-z/!?]|\Z)
    | &(?=\#?\w+;)
    """,
    re.VERBOSE,
)
_ADDRESS = re.compile(
    r"""
    (?:(?<=http)|(?<=https)):(?=//)
    | (?<=www)\.(?=[A-Za-z0-9])
    | (?<=[\w.+-])@(?=[A-Za-z0-9-]+\.[A-Za-z0-9])
    """,
    re.ASCII | re.VERBOSE,
)
"""What makes a link of an address."""
_MEANT_AT_LINE_START = re.compile(
    r"""
    \#{1,6}(?=[ \t]|\Z)
    | >
    | [-+](?=[ \t]|\Z)
    | [-:|](?=[-:|\ \t]*\Z)             # a rule, an underline, the row below a table's header
    | =(?==*[ \t]*\Z)
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=[ \t]|\Z)")
_MARKS = re.compile(r"```|~~~|\*(?=[ \t]|\Z)|([*_][ \t]*){3,}\Z")
_BRACKET = re.compile(r"((?:\\\\)*)\\?([\[\]])")


def escaped(text: str, *, begins_line: bool, ends_line: bool, in_label: bool = False) -> str:
    """`text` with whatever would be markup escaped, on as many lines as it has.

    `begins_line` and `ends_line`: nothing stands beside it on its first, or last, line. `in_label`: it
    stands within the brackets of a link. An empty line would end a paragraph: its newlines are entities.
    """
    lines = text.split("\n")
    last = len(lines) - 1
    written = ""
    for index, line in enumerate(lines):
        begins, ends = begins_line or index > 0, ends_line or index < last
        if index > 0:
            before = lines[index - 1] or not (begins_line or index > 1)
            written += "\n" if before and (line or not ends) else entity("\n")
        written += _escaped_line(line, begins=begins, ends=ends, in_label=in_label)
    return written


def escaped_on_one_line(text: str, *, in_label: bool = False) -> str:
    """The same where a line cannot end, nor anything but text begin: in a cell, in a heading."""
    parts = (_escaped_words(line, in_label=in_label) for line in text.split("\n"))
    return entity("\n").join(parts)


def begins_block(line: str) -> bool:
    """Whether a line, not escaped, would not go on with the paragraph above it."""
    line = line.lstrip()
    return not line or any(begin.match(line) for begin in (_MEANT_AT_LINE_START, _NUMBER, _MARKS))


def entity(character: str) -> str:
    """The character written so that it is no blank, no letter and no mark."""
    return f"&#{ord(character)};"


def _escaped_line(line: str, *, begins: bool, ends: bool, in_label: bool) -> str:
    lead = tail = ""
    if begins and _is_blank(line[:1]):
        lead, line = entity(line[0]), line[1:]
    if ends and _is_blank(line[-1:]):
        tail, line = entity(line[-1]), line[:-1]
    words = _escaped_words(line, in_label=in_label)
    if begins and not lead:
        words = _without_meaning_at_line_start(words, line)
    return lead + words + tail


def _is_blank(character: str) -> bool:
    """A blank that the end of a line swallows, and that has an entity: control characters have none."""
    return character in (" ", "\t") or (character >= "\u00a0" and character.isspace())


def _escaped_words(text: str, *, in_label: bool) -> str:
    words = _MEANT_ANYWHERE.sub(r"\\\g<0>", text)
    if in_label:
        # "\\[" would begin a formula.
        return _BRACKET.sub(lambda found: found[1] + entity(found[2]), words)
    return _ADDRESS.sub(r"\\\g<0>", words)


def _without_meaning_at_line_start(words: str, line: str) -> str:
    if words.startswith("["):
        return entity("[") + words[1:]
    if _MEANT_AT_LINE_START.match(line):
        return f"\\{words}"
    return _NUMBER.sub(r"\1\\\2", words, count=1) if _NUMBER.match(line) else words
