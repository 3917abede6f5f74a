"""Answers that break off, or never begin."""

from desktop.domain.provider_errors import (
    ConnectionLost,
    EmptyAnswer,
    NotAnAnswer,
    TimedOut,
    WebPageInstead,
)
from desktop.domain.settings import TimeLimits
from tests.support.faults.fault import BEGINS_SOON, NEVER_PAUSES, Fault, replies
from tests.support.faults.said import BEGINNING, BEGUN, DONE, FIRST, STREAM, delta, framed
from tests.support.server import End, Reply, compressed, events, raw, whole

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
_PAGE = b"<!DOCTYPE html><title>Log in &amp; surf</title>"
_LARGE = [b"data: ", *[b" " * 1024 * 1024] * 17]


def _cut_off(name: str, reply: Reply, text: str | None = BEGUN) -> Fault:
    return Fault("wire", name, replies(reply), "interrupted", text)


def _lost(name: str, reply: Reply, text: str | None = "", tries: int | None = None) -> Fault:
    return Fault("wire", name, replies(reply), ConnectionLost, text, tries=tries)


def _silent(name: str, reply: Reply, text: str = "", limits: TimeLimits = NEVER_PAUSES) -> Fault:
    return Fault("wire", name, replies(reply, limits=limits), TimedOut, text)


def _empty(name: str, reply: Reply) -> Fault:
    return Fault("wire", name, replies(reply), EmptyAnswer)


def _strange(name: str, reply: Reply, text: str = "") -> Fault:
    return Fault("wire", name, replies(reply), NotAnAnswer, text)


def _page(name: str, reply: Reply) -> Fault:
    return Fault("wire", name, replies(reply), WebPageInstead)


BROKEN: tuple[Fault, ...] = (
    _cut_off("ends without a reason", events(BEGINNING)),
    _cut_off("ends without length or reason", raw(_HEAD + b"\r\n", BEGINNING)),
    _cut_off("ends inside an event", events(BEGINNING, b'data: {"choices": [{"del')),
    _cut_off("gzip that breaks off", compressed(BEGINNING)),
    _lost("cut in the middle", events(BEGINNING, End.CUT), BEGUN),
    _lost("reset in the middle", events(BEGINNING, End.RESET), None),
    _lost("shorter than its Content-Length", raw(_HEAD + b"Content-Length: 9999\r\n\r\n", BEGINNING), BEGUN),
    _lost("broken chunks", raw(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"zz\r\n")),
    _lost("hangs up before a word", raw(End.CUT)),
    _lost("reset before a word", raw(End.RESET)),
    _lost("hangs up inside the headers", raw(b"HTTP/1.1 200 OK\r\nContent-", End.CUT)),
    _lost("cut before the first event", events(b": hello\n\n", End.CUT), tries=1),
    _lost("JSON that breaks off", whole(b'{"choices": [{"message": {"content": "A d'), tries=1),
    _lost("speaks something else", raw(b"SSH-2.0-OpenSSH_9.7\r\n", End.CUT)),
    _silent("silent from the start", raw(End.HANG), limits=BEGINS_SOON),
    _silent("silent after the headers", events(End.HANG), limits=BEGINS_SOON),
    _silent("silent after a comment", events(b": thinking\n\n", End.HANG)),
    _silent("silent in the middle", events(BEGINNING, End.HANG), BEGUN),
    _silent("silent inside an event", events(BEGINNING, b"data: {", End.HANG), BEGUN),
    _empty("no body", whole(b"", content_type="text/plain")),
    _empty("204", whole(b"", status=204)),
    _empty("an empty stream", events()),
    _empty("only comments", events(b": OPENROUTER PROCESSING\n\n" * 3)),
    _empty("only [DONE]", events(DONE)),
    _empty("only a role", events(framed(FIRST))),
    _page("a page", whole(_PAGE, content_type="text/html")),
    _page("a page that calls itself a stream", events(_PAGE)),
    _strange("other JSON", whole({"hello": "world"})),
    _strange("a list", whole([])),
    _strange("{“detail”} with 200", whole({"detail": "Not today"})),
    _strange("plain words", whole(b"It works!", content_type="text/plain")),
    _strange("JSON nested without end", whole(b"[" * 100_000)),
    _strange("events that are no JSON", events(b"data: hello\n\n")),
    _strange("events of another kind", events(framed({"type": "message_start"}))),
    _strange("nonsense in the middle", events(BEGINNING, b"data: hello\n\n"), BEGUN),
    _strange("gzip that is none", events(STREAM, headers={"Content-Encoding": "gzip"})),
    _strange("an event without end", events(framed(delta(BEGUN)), *_LARGE), BEGUN),
)
