"""Secrets in what others say: a server may repeat the key that it was sent, whole, in part, or encoded."""

import base64
import json
import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from urllib.parse import quote

from desktop.domain.errors import filled
from desktop.domain.provider_errors import ProviderError

MASK = "•••"

PART = 12
"""Characters in a row that are taken for a part of a secret; servers show up to eight on purpose."""

# A digit tells a key from "Bearer authentication".
_BEARER = re.compile(r"(bearer\s+)(?=[\w.~+/=-]*\d)[\w.~+/=-]{6,}", re.IGNORECASE)
_BASIC = re.compile(r"(basic\s+)[\w+/-]{8,}={0,2}(?![\w.])", re.IGNORECASE)


def masked(text: str, secret: str | None) -> str:
    """`text` without `secret`, whatever else is introduced as one, and what `secret` looks like encoded."""
    text = _BASIC.sub(_hide_credentials, _BEARER.sub(rf"\1{MASK}", text))
    return _without_parts(text.replace(secret, MASK), _parts(secret)) if secret else text


def hide(error: ProviderError, secret: str | None) -> None:
    """Take `secret` out of all that `error` says in the words of others."""
    error.detail = masked(error.detail, secret)
    if "target" in error.facts:
        error.facts = {**error.facts, "target": masked(str(error.facts["target"]), secret)}
        error.args = (filled(error.sentence, error.facts),)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _hide_credentials(found: re.Match[str]) -> str:
    """Words after "basic" are words, unless they are base64 of `user:password`."""
    credentials = found[0][len(found[1]) :]
    try:
        is_pair = b":" in base64.b64decode(credentials, validate=True)
    except ValueError:
        is_pair = False
    return f"{found[1]}{MASK}" if is_pair else found[0]


def _parts(secret: str) -> set[str]:
    return {form[n : n + PART] for form in _forms(secret) for n in range(len(form) - PART + 1)}


def _forms(secret: str) -> Iterator[str]:
    yield secret
    yield quote(secret, safe="")
    yield json.dumps(secret)[1:-1].replace("/", "\\/")
    for before in range(3):
        # What stands before it, as a user's name does, shifts it; its ends mix with what is beside it.
        encoded = base64.b64encode(b" " * before + secret.encode()).decode().rstrip("=")
        yield encoded[before and before + 1 : -1]


def _without_parts(text: str, parts: set[str]) -> str:
    hidden = bytearray(len(text))
    for n in range(len(text) - PART + 1):
        if text[n : n + PART] in parts:
            hidden[n : n + PART] = b"\1" * PART
    runs = groupby(zip(text, hidden, strict=True), key=itemgetter(1))
    return "".join(MASK if is_hidden else "".join(char for char, _ in run) for is_hidden, run in runs)
