"""Scripts that whole programs are tested against, by name."""

import json
from collections.abc import Callable, Iterable, Mapping

from tests.support.seed import CURL_STREAM, ERROR_BODY
from tests.support.server import End, Pause, Received, Reply, Script, Step, by_path, events, in_turn, whole

MODEL_IDS = ("qwen3-vl-plus", "qwen-vl-max", "qwen-vl-plus", "local-vision-7b")

REASONING = "The user shows a screenshot. First I look at the headline, then at the table below it."

MARKDOWN = """\
# What the screenshot shows

A **release checklist** with *three* parts, as of [this page](https://example.com/checklist):

1. Build the `viewfinder` package
2. Run every test
   - unit tests
   - window tests
3. Publish 发布说明 🎉

| Step | Owner | State |
|:-----|:-----:|------:|
| Build | 王小明 | done |
| Test | Ana | 97 % |
| Publish | – | open |

```python
def answer(question: str) -> str:
    \"\"\"Forty-two.\"\"\"
    return f"{question}: {6 * 7}"
```

> Raw HTML like <b>this</b> stays text.

The rest is one plain paragraph, long enough to wrap in a window of any sensible width, so that a \
reader can see words arrive at its end while the beginning stays where it is.
"""


def seed_stream() -> Script:
    """The document's own answer, event by event."""
    return _chat(events(*_paced(CURL_STREAM.splitlines(keepends=True), 0.01)))


def slow_markdown() -> Script:
    """Reasoning first, then a long Markdown answer, four characters every 20 ms."""
    chunks = [
        _delta(role="assistant", content=""),
        *(_delta(content=None, reasoning_content=piece) for piece in _pieces(REASONING, 6)),
        *(_delta(content=piece) for piece in _pieces(MARKDOWN, 4)),
        _END,
        {"choices": [], "usage": {"prompt_tokens": 1224, "completion_tokens": 320, "total_tokens": 1544}},
    ]
    return _chat(events(*_paced(_events(chunks), 0.02)))


def invalid_key() -> Script:
    """The document's own refusal, for whatever is asked."""
    return lambda _: whole(ERROR_BODY, status=401)


def hang() -> Script:
    """Two events, then silence."""
    first = CURL_STREAM.split(b"\n\n")[:3]
    return _chat(events(*(event + b"\n\n" for event in first), End.HANG))


def cut() -> Script:
    """Closes in the middle of an event, half-way through a character."""
    place = CURL_STREAM.index("沙滩".encode()) + 1
    return _chat(events(CURL_STREAM[:place], End.CUT))


def html() -> Script:
    """A web page, as a hotel's network or a wrong address gives it."""
    page = b"<!DOCTYPE html>\n<html><head><title>Welcome to the hotel</title></head><body></body></html>"
    return lambda _: whole(page, content_type="text/html")


def models() -> Script:
    """Lists models, and answers questions in one piece, naming what it saw."""
    return lambda request: _model_list() if request.target.endswith("/models") else _echo(request)


SCRIPTS: Mapping[str, Callable[[], Script]] = {
    "seed-stream": seed_stream,
    "slow-markdown": slow_markdown,
    "invalid-key": invalid_key,
    "hang": hang,
    "cut": cut,
    "html": html,
    "models": models,
}


def chat_events(text: str, size: int = 8) -> list[bytes]:
    """The events of an answer that says `text`, `size` characters each, and ends well."""
    return _events([*(_delta(content=piece) for piece in _pieces(text, size)), _END])


def chat_script(*answers: Reply) -> Script:
    """One of `answers` a question; the last one for all that follow."""
    chat = in_turn(*answers)
    return lambda got: _model_list() if got.target.endswith("/models") else chat(got)


def _chat(reply: Reply) -> Script:
    return by_path({"/models": _model_list(), "/chat/completions": reply})


def _model_list() -> Reply:
    return whole({"object": "list", "data": [{"id": name, "object": "model"} for name in MODEL_IDS]})


def _echo(request: Received) -> Reply:
    content = request.json["messages"][-1]["content"]
    parts = content if isinstance(content, list) else [{"type": "text", "text": content}]
    seen = ", ".join(part.get("text") or part["type"] for part in parts)
    message = {"role": "assistant", "content": f"You sent: {seen}"}
    return whole({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": None})


_END = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}


def _events(chunks: Iterable[object]) -> list[bytes]:
    """Chunks as they are sent, and that there are no more."""
    datas = [*(json.dumps(chunk, ensure_ascii=False) for chunk in chunks), "[DONE]"]
    return [f"data: {data}\n\n".encode() for data in datas]


def _delta(**delta: object) -> dict[str, object]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": None}], "usage": None}


def _pieces(text: str, length: int) -> list[str]:
    return [text[start : start + length] for start in range(0, len(text), length)]


def _paced(pieces: list[bytes], seconds: float) -> list[Step]:
    return [step for piece in pieces for step in (Pause(seconds), piece)]
