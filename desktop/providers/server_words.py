"""A server's words out of the body that it refused with, in whichever shape it came; no judgement.

Shapes: DashScope's two ("Error codes"); `error` of OpenAI and Anthropic; `detail` of FastAPI (vLLM);
`error.metadata.raw` of OpenRouter ("Errors"); a bare `error` string (Ollama, LM Studio); RFC 9457; a list of
any of these (Google); any of these framed as server-sent events; plain text; web pages.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from desktop.domain.server_words import ServerWords
from desktop.providers.masking import PART, masked
from desktop.providers.sse import SseDecoder

LONGEST_HEARD = 2_000
"""Characters of a message that are looked at; whatever is clear is said by then."""

_LONGEST_WORDS = 65_536
_DEEPEST = 4
_ERRORS = range(400, 600)
_REQUEST_ID_HEADERS = ("x-request-id", "x-dashscope-request-id", "request-id")
_SSE_FIELD = re.compile(r"(?:data|event|id|retry)?:")
# DashScope's own, before a message that it hands on.
_PREFIX = re.compile(r"<(\d{3})>\s*([\w.]+):\s*")
_LOCATION = re.compile(r"""['"]loc['"]\s*:\s*[\[(]([^\])]{1,200})""")
_NAME = re.compile(r"[A-Za-z_]\w*")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_MOST_NAMES = 32
_MOST_TOKENS = 1_000_000_000


def words_of_body(body: bytes, headers: Mapping[str, str]) -> ServerWords:
    """`body` may be cut short."""
    text = body.decode("utf-8-sig", errors="replace").strip()
    words = _words_of_text(text)
    sent_id = next((headers[name] for name in _REQUEST_ID_HEADERS if name in headers), "")
    return replace(words, request_id=words.request_id or plain(sent_id))


def words_of_json(value: object) -> ServerWords:
    return _read(value, _DEEPEST)


def is_web_page(body: bytes) -> bool:
    return body.lstrip(b" \t\r\n\xef\xbb\xbf").startswith(b"<")


def without_key(words: ServerWords, key: str | None) -> ServerWords:
    """A server may repeat the key that it was sent, and what else it takes for one."""
    return replace(
        words,
        message=_shown(words.message, key),
        code=_shown(words.code, key),
        request_id=_shown(words.request_id, key),
        fields=tuple(_shown(name, key) for name in words.fields),
    )


def without_prefix(message: str) -> str:
    """`message` without the service's `<400> InternalError.Algo.InvalidParameter:`."""
    found = _PREFIX.match(message)
    return message[found.end() :] if found else message


def plain(value: object) -> str:
    """`value` if it is a string, as printable text on one line, without what turns its direction."""
    text = value[:_LONGEST_WORDS] if isinstance(value, str) else ""
    if text.isprintable():
        return text.strip()
    return "".join(char if char.isprintable() else " " for char in text).strip()


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _shown(text: str, key: str | None) -> str:
    """Cut to more than what is shown, then masked: of a key that is cut in two, a part is left over."""
    return masked(text[: LONGEST_HEARD + PART], key)[:LONGEST_HEARD]


def _words_of_text(text: str) -> ServerWords:
    if text.startswith("<") and not _PREFIX.match(text):
        return ServerWords(plain(_title(text)))
    for candidate in (text, *_events(text)):
        value = _parsed(candidate)
        if value is not None:
            return words_of_json(value)
    return _completed(ServerWords(plain(text)))


def _events(text: str) -> Iterator[str]:
    """What the server-sent events in `text` hold: with `"stream": true` an error may come as one."""
    if not _SSE_FIELD.match(text):
        return
    decoder = SseDecoder()
    for event in (*decoder.feed(f"{text}\n".encode()), *decoder.flush()):
        yield event.data


def _parsed(text: str) -> object:
    """None if it is no JSON, or says nothing."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def _title(page: str) -> str:
    # From one place on only: a page of nothing but beginnings would be read again from each.
    begin = page.lower().find("<title")
    found = _TITLE.match(page, begin) if begin >= 0 else None
    return html.unescape(found[1]) if found else ""


def _read(value: object, depth: int) -> ServerWords:
    value = _first(value)
    whole = value if isinstance(value, Mapping) else {"message": value}
    inner = _first(whole.get("error") or whole.get("errors"))
    part: Mapping[object, object] = inner if isinstance(inner, Mapping) else whole
    code = _code(part, whole)
    words = _completed(
        ServerWords(
            message=_message(part, whole, None if code and isinstance(inner, Mapping) else inner),
            code=code,
            request_id=plain(whole.get("request_id") or whole.get("id")),
            status=_status(part.get("code")) or _status(part.get("status")),
            fields=_names(part.get("param")),
            limit=_count(part.get("n_ctx")),
        )
    )
    return _with_inner(words, part, depth)


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _message(part: Mapping[object, object], whole: Mapping[object, object], inner: object) -> str:
    found = part.get("message") or (inner if isinstance(inner, str) else "") or _problem(part)
    found = found or whole.get("detail") or inner or ""
    if isinstance(found, list) and found and all(isinstance(each, Mapping) for each in found):
        return plain("; ".join(map(_complaint, found)))
    if isinstance(found, Mapping) and (message := found.get("message") or found.get("error")):
        found = message
    return plain(found if isinstance(found, str) else json.dumps(found, ensure_ascii=False))


def _problem(part: Mapping[object, object]) -> str:
    """RFC 9457, once RFC 7807."""
    said = (part.get("title"), part.get("detail"))
    return ": ".join(each for each in said if isinstance(each, str) and each)


def _complaint(each: Mapping[object, object]) -> str:
    """One of pydantic's: where, and what is wrong there; not what stood there, which may be an image."""
    place = each.get("loc")
    where = ".".join(map(str, place)) if isinstance(place, list) else ""
    return ": ".join(text for text in (where, str(each.get("msg") or each.get("message") or "")) if text)


def _code(part: Mapping[object, object], whole: Mapping[object, object]) -> str:
    """The most telling of what may hold it: a number repeats the status."""
    found = (part.get("code"), part.get("type"), part.get("status"), whole.get("code"))
    names = (plain(each) for each in found)
    return next((name for name in names if name and not name.isdecimal() and "://" not in name), "")


def _status(value: object) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) == len("404"):
        value = int(value)
    return value if type(value) is int and value in _ERRORS else None


def _count(value: object) -> int | None:
    return value if type(value) is int and 0 < value <= _MOST_TOKENS else None


def _names(value: object) -> tuple[str, ...]:
    """The first of them: who names more than a request has fields points at none."""
    names = _NAME.finditer(value) if isinstance(value, str) else ()
    return tuple(found[0] for found in islice(names, _MOST_NAMES))


def _completed(words: ServerWords) -> ServerWords:
    """With what the message itself says of the status and of fields of the request."""
    prefix = _PREFIX.match(words.message)
    places = _LOCATION.findall(words.message[:LONGEST_HEARD])
    return replace(
        words,
        status=words.status or (_status(prefix[1]) if prefix else None),
        code=words.code or (prefix[2] if prefix else ""),
        fields=words.fields + tuple(name for place in places for name in _names(place)),
    )


def _with_inner(words: ServerWords, part: Mapping[object, object], depth: int) -> ServerWords:
    """With the words of the server behind this one, where it hands them on as they came."""
    metadata = part.get("metadata")
    raw = metadata.get("raw") if isinstance(metadata, Mapping) else None
    value = _handed_on(raw) or raw or _handed_on(words.message)
    if not (depth and value):
        return words
    behind = _read(value, depth - 1)
    is_beside = raw and words.message and behind.message
    return ServerWords(
        message=f"{words.message}: {behind.message}" if is_beside else behind.message or words.message,
        code=words.code or behind.code,
        request_id=words.request_id or behind.request_id,
        status=words.status or behind.status,
        fields=words.fields + behind.fields,
        limit=words.limit or behind.limit,
    )


def _handed_on(value: object) -> object:
    """The JSON that `value` is as text; None if it is not."""
    return _parsed(value) if isinstance(value, str) and value.lstrip().startswith(("{", "[")) else None
