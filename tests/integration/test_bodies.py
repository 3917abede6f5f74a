"""Bodies as servers pack them."""

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest

from desktop.domain.provider_errors import NotAnAnswer
from tests.support import seed
from tests.support.asking import answered, refused
from tests.support.server import compressed, events, in_turn, raw, whole


def _raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "compress"),
    [
        ("gzip", gzip.compress),
        ("br", brotli.compress),
        ("deflate", zlib.compress),
        ("deflate", _raw_deflate),
        ("gzip, br", lambda body: brotli.compress(gzip.compress(body))),
        ("identity", bytes),
        ("GZIP", gzip.compress),
    ],
)
def test_a_packed_stream_is_unpacked(encoding: str, compress: Callable[[bytes], bytes]) -> None:
    draft = answered(in_turn(compressed(seed.CURL_STREAM, encoding, compress)))
    assert draft.finish == "stop"
    assert draft.text == answered(in_turn(events(seed.CURL_STREAM))).text


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate"])
def test_what_is_not_packed_as_it_says_is_no_answer(encoding: str) -> None:
    refused(in_turn(compressed(b"not at all packed", encoding, bytes)), NotAnAnswer)


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_body_may_end_with_its_connection(version: str) -> None:
    head = f"HTTP/{version} 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".encode()
    assert answered(in_turn(raw(head, seed.CURL_STREAM))).finish == "stop"


def test_after_http_1_0_a_connection_is_not_used_again() -> None:
    head = b"HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n" % len(seed.CURL_STREAM)
    assert answered(in_turn(raw(head, seed.CURL_STREAM))).finish == "stop"


def test_a_head_may_come_in_pieces_and_in_any_case() -> None:
    pieces = (b"HTTP/1.1 200", b" OK\r\nCONTENT-type: text/event-stream\r", b"\ncontent-LENGTH: %d\r\n\r\n")
    *first, last = pieces
    assert answered(in_turn(raw(*first, last % len(seed.CURL_STREAM), seed.CURL_STREAM))).finish == "stop"


def test_an_early_hint_is_no_answer() -> None:
    hint = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
    body = seed.CURL_STREAM
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: %d\r\n\r\n" % len(body)
    assert answered(in_turn(raw(hint, head, body))).finish == "stop"


def test_an_empty_body_of_any_packing_is_empty() -> None:
    refused(in_turn(whole(b"", headers={"Content-Encoding": "gzip"})), NotAnAnswer)
