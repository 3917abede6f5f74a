"""What the scripts say: one answer, in the chunks of a stream."""

import json
from typing import Any

Json = dict[str, Any]

ANSWER = "一只 dog. 🎉"
BEGUN = "一只 "
"""What has come when the answer breaks off."""

USAGE: Json = {"prompt_tokens": 1276, "completion_tokens": 4, "total_tokens": 1280}
DONE = b"data: [DONE]\n\n"


def delta(content: object = None, **fields: object) -> Json:
    """A chunk that says something."""
    said = {"content": content, **fields}
    return {"choices": [{"index": 0, "delta": said, "finish_reason": None}]}


def end(reason: str = "stop", **said: object) -> Json:
    return {"choices": [{"index": 0, "delta": said, "finish_reason": reason}]}


def framed(*chunks: object) -> bytes:
    """Chunks as events."""
    datas = (json.dumps(chunk, ensure_ascii=False).encode() for chunk in chunks)
    return b"".join(b"data: %b\n\n" % data for data in datas)


def body(message: Json, reason: str = "stop") -> Json:
    """An answer in one piece."""
    return {"choices": [{"index": 0, "message": message, "finish_reason": reason}], "usage": USAGE}


FIRST = delta("", role="assistant")
CHUNKS: tuple[Json, ...] = (FIRST, delta(BEGUN), delta("dog. "), delta("🎉"), end())
COUNTED: Json = {"choices": [], "usage": USAGE}

BEGINNING = framed(FIRST, delta(BEGUN))
STREAM = framed(*CHUNKS, COUNTED) + DONE
