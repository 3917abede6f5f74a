"""The requests, streams, bodies and errors of the document that the product was conceived from."""

import json

from desktop.domain.events import Usage
from desktop.domain.messages import ChatRequest
from desktop.domain.refusals import KeyRejected
from tests.support import seed
from tests.support.asking import KEY, ONE_IMAGE, TWO_IMAGES, answered, ask, refused
from tests.support.server import (
    ScriptedServer,
    events,
    in_turn,
    whole,
)


def sent_json(request: ChatRequest) -> object:
    with ScriptedServer(in_turn(whole(seed.CURL_BODY))) as server:
        ask(server.url, request)
        (received,) = server.requests
    assert received.target == "/v1/chat/completions"
    assert received.headers["authorization"] == f"Bearer {KEY}"
    assert received.headers["content-type"] == "application/json"
    assert received.headers["user-agent"].startswith("viewfinder/")
    return received.json


def test_the_one_image_request_is_the_documents_own() -> None:
    assert sent_json(ONE_IMAGE) == seed.ONE_IMAGE_REQUEST


def test_the_two_images_request_is_the_documents_own() -> None:
    assert sent_json(TWO_IMAGES) == seed.TWO_IMAGES_REQUEST


def test_the_documents_stream_is_understood() -> None:
    draft = answered(in_turn(events(seed.CURL_STREAM)))
    assert draft.text.startswith("图中是一名女子和她的狗在沙滩上互动。")
    assert draft.text.endswith("与宠物之间的友谊时刻。")
    assert draft.finish == "stop"
    assert draft.usage == Usage(prompt_tokens=1276, completion_tokens=79, total_tokens=1355)


def test_the_documents_body_is_understood() -> None:
    draft = answered(in_turn(whole(seed.CURL_BODY)), TWO_IMAGES)
    assert draft.text == json.loads(seed.CURL_BODY)["choices"][0]["message"]["content"]
    assert draft.finish == "stop"
    assert draft.usage == Usage(prompt_tokens=2509, completion_tokens=34, total_tokens=2543)


def test_the_documents_error_is_understood() -> None:
    error = refused(in_turn(whole(seed.ERROR_BODY, status=401)), KeyRejected)
    assert "Incorrect API key provided." in error.detail
    assert "invalid_api_key" in error.detail
    assert error.facts["status"] == 401


def test_what_the_sdk_printed_is_what_we_read() -> None:
    draft = answered(in_turn(events(seed.sdk_wire())))
    printed = [choice for chunk in seed.SDK_CHUNKS for choice in chunk["choices"]]
    assert draft.text == "".join(choice["delta"]["content"] for choice in printed)
    assert draft.finish == printed[-1]["finish_reason"] == "stop"
    assert draft.usage == Usage(**seed.SDK_CHUNKS[-1]["usage"])


def test_what_langchain_printed_of_a_stream_is_what_we_read() -> None:
    draft = answered(in_turn(events(seed.langchain_wire())))
    assert draft.text == "".join(chunk["content"] for chunk in seed.LANGCHAIN_CHUNKS)
    assert draft.finish == "stop"
    assert draft.usage == Usage(prompt_tokens=23, completion_tokens=40, total_tokens=63)


def test_what_langchain_printed_of_a_body_is_what_we_read() -> None:
    draft = answered(in_turn(whole(seed.langchain_body())), TWO_IMAGES)
    assert draft.text == seed.LANGCHAIN_MESSAGE["content"]
    assert draft.finish == "stop"
    assert draft.usage == Usage(prompt_tokens=1276, completion_tokens=79, total_tokens=1355)
