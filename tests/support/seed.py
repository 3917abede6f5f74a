"""The wire texts of the document that the product was conceived from, byte for byte.

Where it prints what a library made of the wire instead, the wire is rebuilt from that.
"""

import ast
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_FOLDER = Path(__file__).parent.parent / "data" / "seed"

CURL_STREAM = (_FOLDER / "curl_stream.txt").read_bytes()
CURL_BODY = (_FOLDER / "curl_body.json").read_bytes()
ERROR_BODY = (_FOLDER / "error_body.json").read_bytes()
ONE_IMAGE_REQUEST: Json = json.loads((_FOLDER / "request_one_image_stream.json").read_bytes())
TWO_IMAGES_REQUEST: Json = json.loads((_FOLDER / "request_two_images.json").read_bytes())

SDK_CHUNKS: list[Json] = [
    ast.literal_eval(line) for line in (_FOLDER / "sdk_stream.txt").read_text("utf-8").splitlines()
]
LANGCHAIN_CHUNKS: list[Json] = [
    json.loads(line) for line in (_FOLDER / "langchain_stream.txt").read_text("utf-8").splitlines()
]
LANGCHAIN_MESSAGE: Json = json.loads((_FOLDER / "langchain_invoke.json").read_bytes())


def sdk_wire() -> bytes:
    """The stream that the SDK's printed chunks were parsed from."""
    return framed(SDK_CHUNKS)


def langchain_wire() -> bytes:
    """The stream that LangChain's printed chunks were made of."""
    return framed(map(_chunk_of_langchain, LANGCHAIN_CHUNKS))


def langchain_body() -> bytes:
    """The answer in one piece that LangChain's printed message was made of."""
    metadata = LANGCHAIN_MESSAGE["response_metadata"]
    message = {"role": "assistant", "content": LANGCHAIN_MESSAGE["content"]}
    choice = {"message": message, "finish_reason": metadata["finish_reason"], "index": 0}
    return json.dumps({"choices": [choice], "usage": metadata["token_usage"]}).encode()


def framed(chunks: Iterable[object]) -> bytes:
    """Chunks as server-sent events, `[DONE]` last."""
    datas = [json.dumps(chunk, ensure_ascii=False) for chunk in chunks]
    return "".join(f"data: {data}\n\n" for data in [*datas, "[DONE]"]).encode()


def _chunk_of_langchain(printed: Json) -> Json:
    if counts := printed["usage_metadata"]:
        names = {
            "input_tokens": "prompt_tokens",
            "output_tokens": "completion_tokens",
            "total_tokens": "total_tokens",
        }
        return {"choices": [], "usage": {names[name]: count for name, count in counts.items()}}
    choice = {
        "index": 0,
        "delta": {"content": printed["content"]},
        "finish_reason": printed["response_metadata"].get("finish_reason"),
    }
    return {"choices": [choice], "usage": None}
