"""The inside of a paragraph, heading or cell: the parser's inline tokens as runs."""

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from desktop.domain.link_targets import link_target
from desktop.markdown.blocks import Run, Runs, Style
from desktop.markdown.parser import Brackets, parse_inline
from desktop.markdown.references import References

_OPENERS = {"strong_open": Style.BOLD, "em_open": Style.ITALIC, "s_open": Style.STRIKE}
_CLOSERS = {"strong_close", "em_close", "s_close", "link_close"}
_LEAVES = {"code_inline": Style.CODE, "math_inline": Style.MATH}
_VERBATIM = Style.CODE | Style.MATH

_ADDRESS = re.compile(
    r"""(?<![A-Za-z0-9])(?:
        (?: https?://[A-Za-z0-9\[] | www\.[A-Za-z0-9] ) [\w\-.~:/?#\[\]@!$&'()*+,;=%]*+
      | (?<![\w.+-]) (?P<mail>
            [\w.+-]++ @ (?= (?P<domain> [A-Za-z0-9-]+ (?: \.[A-Za-z0-9-]+ )* ) ) (?P=domain) (?<=[A-Za-z0-9])
        )
    )""",
    re.ASCII | re.VERBOSE,
)
_ENDS_SENTENCE = frozenset("?!.,:;*_~'")
_HAS_ADDRESS = re.compile(r"://|www\.|@")
_BIDI_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LONGEST_SOURCE = 60
"""How much of an image's address stands for it when it has no alternative text."""


MEANING = re.compile(r"[*_`~$\\<&\[@]|://|www\.")
"""Finds what may mean something in Markdown: parsing is dear, and text without it is what it says."""

LONGEST_MEANING = 4
"""Characters that it finds at most."""

_AROUND_BREAK = re.compile(r" *\n[ \t]*")


def runs_of(source: str, references: References) -> Runs:
    """The inside of a block, given as Markdown."""
    brackets = Brackets()
    brackets.feed(source)
    return some_runs_of(source, references, links=not brackets.too_deep)


def some_runs_of(source: str, references: References, *, links: bool) -> Runs:
    """As `runs_of`, of a part of a block in which there may be `links` or not."""
    if MEANING.search(source):
        return runs(parse_inline(source, references, links=links))
    return (Run(plain(source)),) if source else ()


def plain(source: str) -> str:
    """What `source` says if there is no meaning in it."""
    return _AROUND_BREAK.sub("\n", source) if "\n" in source else source


def runs(tokens: Iterable[Token]) -> Runs:
    """Runs of differing looks, in order; neighbours that look alike are one."""
    return joined(piece for run in _styled(tokens) for piece in _with_addresses(run))


def joined(pieces: Iterable[Run]) -> Runs:
    """`pieces` with neighbours that look alike made one, and without empty ones."""
    found: list[Run] = []
    texts: list[str] = []  # of the pieces that look like the last one found
    for piece in pieces:
        if found and piece.style == found[-1].style and piece.href == found[-1].href:
            texts.append(piece.text)
        elif piece.text:
            _join_into_last(found, texts)
            found.append(piece)
            texts = [piece.text]
    _join_into_last(found, texts)
    return tuple(found)


def _join_into_last(found: list[Run], texts: list[str]) -> None:
    if len(texts) > 1:
        found[-1] = Run("".join(texts), found[-1].style, found[-1].href)


def safe_href(href: str) -> str:
    """`href` if a click may open it, else "": never javascript, file, data, a path, or half an address."""
    return href if link_target(href) is not None else ""


def _styled(tokens: Iterable[Token]) -> Iterator[Run]:
    looks = [(Style.PLAIN, "")]
    for token in tokens:
        style, href = looks[-1]
        if token.type in _OPENERS:
            looks.append((style | _OPENERS[token.type], href))
        elif token.type == "link_open":
            looks.append((style, safe_href(str(token.attrs["href"])) or href))
        elif token.type in _CLOSERS:
            looks.pop()
        elif token.type == "image":
            yield _image(token, style, href)
        else:
            yield Run(_text(token, href), style | _LEAVES.get(token.type, Style.PLAIN), href)


def _text(token: Token, href: str) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return _honest(token.content) if href else token.content


def _image(token: Token, style: Style, href: str) -> Run:
    """Pictures are never fetched: the alternative text stands for them, as a link."""
    source = str(token.attrs["src"])
    shown = "".join(_text(child, "") for child in token.children or ()) or source[:_LONGEST_SOURCE]
    return Run(_honest(shown), style, href or safe_href(source))


def _honest(text: str) -> str:
    """The text of a link without the controls that would show it in another order."""
    return _BIDI_CONTROL.sub("\ufffd", text)


def _with_addresses(run: Run) -> Iterator[Run]:
    if run.href or run.style & _VERBATIM or not _HAS_ADDRESS.search(run.text):
        yield run
        return
    begin = 0
    for match in _ADDRESS.finditer(run.text):
        address = match[0] if match["mail"] else _without_closing_marks(match[0])
        yield Run(run.text[begin : match.start()], run.style)
        yield Run(address, run.style, safe_href(_opened_by(address, is_mail=bool(match["mail"]))))
        begin = match.start() + len(address)
    yield Run(run.text[begin:], run.style)


def _opened_by(address: str, *, is_mail: bool) -> str:
    if is_mail:
        return f"mailto:{address}" if "." in address.partition("@")[2] else ""
    return address if address.startswith("http") else f"http://{address}"


def _without_closing_marks(address: str) -> str:
    """As GitHub does: a full stop, or a bracket that was not opened inside, ends the sentence."""
    end = len(address)
    surplus = address.count(")") - address.count("(")
    while address[end - 1] in _ENDS_SENTENCE or (address[end - 1] == ")" and surplus > 0):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]
