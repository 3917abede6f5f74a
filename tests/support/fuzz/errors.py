"""Refusals in any shape, with the key that was sent somewhere in them."""

import base64
import json
import random
from collections.abc import Iterator
from urllib.parse import quote

from desktop.domain.profiles import PROFILES
from desktop.domain.provider_errors import ProviderError
from desktop.providers.masking import PART, hide
from desktop.providers.refusal import Asked, not_an_answer, refusal, refusal_within
from desktop.providers.remedies import remedy
from desktop.providers.server_words import LONGEST_HEARD
from tests.support.fuzz.engine import Target
from tests.support.fuzz.mutation import mutated, own_chance
from tests.support.fuzz.texts import encoded, hostile_text
from tests.support.fuzz.values import any_value, damaged_value, dumped

KEY = "sk-Fuzz0123456789/abcdef+ghijkl=="

_LONGEST_SENTENCE = 1_200
"""Characters: a template, a reason of 300, an address as long, names of host and model."""

_LARGEST = 65_536
"""Bytes of a refusal that are read at all."""

_STATUSES = (
    200,
    301,
    302,
    307,
    308,
    400,
    401,
    402,
    403,
    404,
    405,
    407,
    408,
    413,
    415,
    422,
    429,
    500,
    503,
    529,
    999,
)
_SENT = {
    "model": "m",
    "messages": [],
    "stream": False,
    "temperature": 0.5,
    "max_tokens": 9,
    "enable_thinking": True,
    "thinking_budget": 9,
    "stream_options": {"include_usage": True},
}
_SAID = (
    *(
        "Incorrect API key provided: ",
        "Rate limit reached, try again in 20s",
        "model `m` does not exist",
        "<400> ",
    ),
    *(
        "max_tokens is too large: 9. This model supports at most 5",
        "context length is 4096 tokens. However, you ",
    ),
    *(
        "requested 5000 tokens (4500 in the messages, 500 in the completion)",
        "enable_thinking must be false for non-",
    ),
    *(
        "Unsupported parameter: 'temperature'",
        "retry after 1e9 days",
        "10000 > 8192 maximum",
        "Bearer ",
        "Basic ",
    ),
    *(
        "Throttling.BurstRate",
        "[1, 99999999999999999999]",
        "<title>",
        "wait 0.0.0.0 s",
        "['body','max_tokens']",
    ),
)
_WORDS = tuple(
    encoded(each) for each in (*_SAID, KEY, "data: ", "\n\n", "<html>", "{", "[", '"error":', "\0")
)
_NAMES = (
    "retry-after",
    "retry-after-ms",
    "date",
    "location",
    "x-request-id",
    "x-should-retry",
    "content-type",
)
_VALUES = (
    "5",
    "-1",
    "1e99",
    "9" * 400,
    "Wed, 21 Oct 2099 07:28:00 GMT",
    "Wed, 99 Foo",
    "true",
    "",
    "text/html",
)


class Refusals(Target):
    """`refusal` and its like: a `ProviderError` to be shown, without the key, however it was repeated."""

    name = "refusals"
    peak_mb = 24
    many = 1_600

    def make(self, chance: random.Random) -> bytes:
        body = mutated(chance, _body(chance), _WORDS, 3)
        head = [chance.choice(_STATUSES), _headers(chance), chance.choice([*PROFILES])]
        return json.dumps(head).encode() + b"\n" + body

    def check(self, data: bytes) -> str:
        line, _, body = data.partition(b"\n")
        body = body[:_LARGEST]
        (status, headers, kind), chance = json.loads(line), own_chance(data)
        history, images = chance.random() < 0.5, chance.randrange(3)
        asked = Asked("models.example", "m", KEY, PROFILES[kind], history, images)
        errors = [refusal(asked, status, headers, body), not_an_answer(asked, body)]
        errors += [error for value in _values(body) if (error := refusal_within(asked, value)) is not None]
        for error in errors:
            remedy(error, _SENT)
            hide(error, KEY)  # as whoever asks does with whatever it raises
            _judge(error)
        return type(errors[0]).__name__


def key_forms(chance: random.Random, key: str = KEY) -> str:
    """The key as a server may repeat it."""
    encoded_pair = base64.b64encode(f"{chance.choice(('', 'a', 'me', 'you'))}:{key}".encode()).decode()
    start = chance.randrange(len(key) - PART)
    parts = (key, key[start:], key[: start + PART], f"{key[:16]}...{key[-4:]}")
    forms = (*parts, quote(key, safe=""), json.dumps(key), encoded_pair)
    return chance.choice((*forms, f"Bearer {key}", f"Basic {encoded_pair}"))


def is_free_of(key: str, error: ProviderError) -> bool:
    """Whether nothing that `error` can show holds a part of `key`, as it is or in base64."""
    shown = f"{error} {error!r} {vars(error)}"
    forms = key, base64.b64encode(key.encode()).decode().rstrip("=")[:-1]
    return not any(form[n : n + PART] in shown for form in forms for n in range(len(form) - PART + 1))


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _said(chance: random.Random) -> str:
    parts = [
        chance.choice(_SAID),
        hostile_text(chance, most=4),
        key_forms(chance),
        "x" * chance.choice((1, 9, 1990)),
    ]
    chance.shuffle(parts)
    return "".join(parts)


def _body(chance: random.Random) -> bytes:
    said = _said(chance)
    inner = {
        "message": said,
        "code": chance.choice(("invalid_api_key", 429, said)),
        "type": said,
        "param": said,
    }
    shapes = (
        {"error": inner},
        [{"error": inner}],
        {"error": said},
        {"code": said, "message": said, "request_id": said},
        {"detail": [{"loc": ["body", said], "msg": said}]},
        {
            "error": {
                "message": json.dumps({"error": inner}),
                "metadata": {"raw": json.dumps({"error": inner})},
            }
        },
        {"title": said, "detail": said, "status": 400},
        any_value(chance),
    )
    text = dumped(chance, damaged_value(chance, chance.choice(shapes), 2))
    framed = (text, text, text, f"event: error\ndata: {text}\n\n", said, f"<html><title>{said}</title>")
    return encoded(chance.choice(framed))


def _headers(chance: random.Random) -> dict[str, str]:
    names = chance.sample(_NAMES, chance.randrange(len(_NAMES)))
    values = (*_VALUES, hostile_text(chance), f"https://a/{key_forms(chance)}")
    return {name: chance.choice(values) for name in names}


def _values(body: bytes) -> Iterator[object]:
    try:
        yield json.loads(body)
    except (ValueError, RecursionError):
        return


def _judge(error: ProviderError) -> None:
    sentence = str(error)
    assert isinstance(error, ProviderError)
    assert 0 < len(sentence) <= _LONGEST_SENTENCE, len(sentence)
    assert len(error.detail) <= LONGEST_HEARD + 400, len(error.detail)
    assert sentence.isprintable(), sentence
    assert error.detail.replace("\n", "").isprintable(), error.detail
    assert is_free_of(KEY, error), f"{error!r} {vars(error)}"
