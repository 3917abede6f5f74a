"""The body of an answer, as it comes in, turned into stream events; no I/O."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from desktop.domain.events import StreamEvent
from desktop.domain.provider_errors import AnswerTooLong, ConnectionLost, EmptyAnswer, NotAnAnswer
from desktop.domain.server_words import LONGEST_DETAIL
from desktop.providers.alike import AlikeChunks
from desktop.providers.chunks import LONGEST_ANSWER, AnswerFold
from desktop.providers.refusal import Asked, not_an_answer, refusal_within
from desktop.providers.sse import LARGEST_EVENT, EventTooLarge, ServerSentEvent, SseDecoder

_DONE = "[DONE]"
_BEGUN = re.compile(r"[\\\w.+-]{0,6}\s*")
"""What may be left of a number, of `false`, or of an escaped letter."""
_BLANK = b" \t\r\n\xef\xbb\xbf"


class AnswerDecoder:
    """Takes the body's bytes; gives events as they are complete.

    A server may answer with server-sent events or with one JSON value, whatever was asked for and
    whatever its headers say: the first byte tells. All methods raise `ProviderError`, after what
    came before the error.
    """

    def __init__(self, asked: Asked, headers: Mapping[str, str]) -> None:
        self.is_done = False
        self._asked = asked
        self._says_events = "text/event-stream" in headers.get("content-type", "")
        # The service's own limit of 180 s on an answer in one piece.
        self._is_partial = headers.get("x-dashscope-partialresponse") == "true"
        self._fold = AnswerFold(asked.profile.reasoning_keys)
        self._alike = AlikeChunks()
        self._sse: SseDecoder | None = None
        self._json = bytearray()
        self._opening = b""
        self._has_values = False

    @property
    def is_complete(self) -> bool:
        """Nothing that matters can come any more."""
        return self.is_done or self._fold.finish_reason is not None

    @property
    def is_whole(self) -> bool:
        """Whether the answer is, though its body may have broken off."""
        return self.is_complete or (bool(self._json) and _is_json(bytes(self._json)))

    def feed(self, piece: bytes) -> Iterator[StreamEvent]:
        yield from self._heard(piece)
        self._end_if_too_long()

    def finish(self) -> Iterator[StreamEvent]:
        """At the end of the body."""
        if self._sse is not None:
            yield from self._last_event(self._sse)
        elif self._json:
            yield from self._take_value(self._parsed_whole(bytes(self._json)))
        self._end_if_too_long()
        self._look_for_an_answer()
        if self._is_partial:
            self._fold.finish_reason = "interrupted"
        elif self.is_done:
            self._fold.finish_reason = self._fold.finish_reason or "stop"
        yield from self._fold.finish()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _heard(self, piece: bytes) -> Iterable[StreamEvent]:
        if self._sse is None and not self._json:
            piece = self._begin(piece.lstrip(_BLANK))
        if self._sse is None:
            self._keep(piece)
            return ()
        may_be_known = self._sse.is_between_events and not self.is_done
        if may_be_known and (message := self._alike.message_in(piece)) is not None:
            return self._fold.say(message)
        return self._take_events(self._events_in(self._sse, piece))

    def _end_if_too_long(self) -> None:
        if self._fold.is_too_long:
            raise AnswerTooLong(host=self._asked.host, millions=LONGEST_ANSWER // 1_000_000)

    def _look_for_an_answer(self) -> None:
        is_strange = self._has_values or (self._opening and not (self._says_events or self.is_done))
        if is_strange and not self._fold.is_recognised:
            raise not_an_answer(self._asked, bytes(self._json) or self._opening)
        if not self._fold.has_spoken and self._fold.finish_reason is None:
            raise EmptyAnswer(host=self._asked.host)

    def _begin(self, piece: bytes) -> bytes:
        if piece.startswith(b"<"):
            raise not_an_answer(self._asked, piece)
        if piece and not piece.startswith((b"{", b"[")):
            self._sse, self._opening = SseDecoder(), piece[:LONGEST_DETAIL]
        return piece

    def _keep(self, piece: bytes) -> None:
        self._json += piece
        if len(self._json) > LARGEST_EVENT:
            raise NotAnAnswer(host=self._asked.host)

    def _events_in(self, sse: SseDecoder, piece: bytes) -> list[ServerSentEvent]:
        try:
            return sse.feed(piece)
        except EventTooLarge as error:
            raise NotAnAnswer(host=self._asked.host) from error

    def _last_event(self, sse: SseDecoder) -> Iterator[StreamEvent]:
        for event in sse.flush():
            try:
                yield from self._take_events([event])
            except NotAnAnswer:
                # Cut off in the middle of it: the answer counts as interrupted.
                if not (self._fold.is_recognised or self._says_events):
                    raise

    def _take_events(self, events: Iterable[ServerSentEvent]) -> Iterator[StreamEvent]:
        for data, name in events:
            if self.is_done:
                return
            if data.strip() == _DONE:
                self.is_done = True
                return
            if name == "error" and (words := _json_or_text(data)):
                yield from self._take_value({"error": words})
            yield from self._take_value(self._parsed(data))

    def _take_value(self, value: object) -> Iterator[StreamEvent]:
        self._has_values = True
        yield from self._fold.feed(value)
        error = refusal_within(self._asked, value) or refusal_within(self._asked, self._fold.choice)
        if error is not None:
            raise error

    def _parsed_whole(self, body: bytes) -> object:
        try:
            return self._parsed(body)
        except NotAnAnswer:
            if _is_cut(body):
                raise ConnectionLost(host=self._asked.host) from None
            raise

    def _parsed(self, text: str | bytes) -> object:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raw = text if isinstance(text, bytes) else text.encode(errors="replace")
            raise not_an_answer(self._asked, raw) from None


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _is_cut(body: bytes) -> bool:
    """Whether nothing is wrong with this JSON but that it ends."""
    try:
        json.loads(body.decode(errors="replace"))
    except json.JSONDecodeError as error:
        is_open = error.msg.startswith("Unterminated string")
        return is_open or bool(_BEGUN.fullmatch(error.doc, error.pos))
    except (ValueError, RecursionError):
        return False
    return False


def _json_or_text(data: str) -> object:
    try:
        value: object = json.loads(data)
    except (ValueError, RecursionError):
        return data
    inner = value.get("error") if isinstance(value, dict) else None
    return inner or value
