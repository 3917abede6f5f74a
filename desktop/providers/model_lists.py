"""Lists of models in the forms that servers give them; whatever cannot be read is left out.

Sources: "List available models" (openrouter.ai/docs), "REST API v0" (lmstudio.ai/docs),
`tools/server/README.md` of llama.cpp, `ListModelResponse` and `ShowResponse` in `api/types.go` of Ollama,
`ModelCard` of vLLM's server, and the `models` resource of DashScope's own SDK for `output.models`; 2026.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from desktop.domain.models import Listed, ThinkingKind

LARGEST_LIST = 8 * 1024 * 1024
"""Bytes; the longest real one, OpenRouter's, has about one million."""

MOST_MODELS = 5_000
LONGEST_ID = 256

_LONGEST_CONTEXT = 1_000_000_000

# Where an entry says how many tokens fit: what is loaded before what could be. Ollama's are left out:
# they are those of the weights, and it cuts questions off far earlier.
_CONTEXTS = (
    ("loaded_context_length",),
    ("context_length",),
    ("max_model_len",),
    ("max_context_length",),
    ("meta", "n_ctx"),
    ("meta", "n_ctx_train"),
)

_OTHER_TYPES = ("embedding", "embeddings", "reranker", "rerank", "image", "audio", "video", "tts")

# Models by whose names it is clear that they do not chat about images, as DashScope, OpenAI, SiliconFlow
# and OpenRouter name them.
_OTHER_IDS = re.compile(
    r"""embed(ding|\b) | \b(bge|bce|gte|e5|m3e)- | rerank | moderation
      | \b(tts|asr|stt)\b | whisper | transcribe | cosyvoice | sambert | sensevoice | paraformer | speech
      | telespeech | realtime | livetranslate | -audio\b | \bgummy\b
      | \bdall-e | \b(gpt|chatgpt|qwen|z|hunyuan)-image | stable-diffusion | \bsdxl\b | \bflux\b | \bkolors\b
      | \bwanx | \bwan\d | \bwan-ai/ | \bimagen\b | \bsora\b | \bveo- | [ti]2v\b | text-to-(image|video)
      | cogvideo | hunyuanvideo | \b(babbage|davinci)-\d | gpt-3\.5-turbo-instruct""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What one entry tells of a model; None: nothing. `chats`: whether text can be asked of it."""

    context: int | None = None
    sees: bool | None = None
    thinking: ThinkingKind | None = None
    chats: bool | None = None

    def over(self, before: Self) -> Self:
        """The same, and from `before` what is not told here."""
        names = (each.name for each in fields(self) if getattr(self, each.name) is None)
        return replace(self, **{name: getattr(before, name) for name in names})


def read_list(body: bytes) -> dict[str, Told] | None:
    """The models by their ids, at most `MOST_MODELS`; None if `body` is no list of models."""
    lists = _lists(_value(body))
    if not lists:
        return None
    told: dict[str, Told] = {}
    for entry in (entry for entries in lists for entry in entries if isinstance(entry, dict)):
        if (model_id := _id(entry)) and (model_id in told or len(told) < MOST_MODELS):
            told[model_id] = told_by(entry).over(told.get(model_id, Told()))
    return told


def read_entry(body: bytes) -> Told:
    """What a server tells of one model, asked by its name."""
    value = _value(body)
    return told_by(value) if isinstance(value, dict) else Told()


def read_props(body: bytes) -> Told:
    """What llama.cpp tells at `/props` of the one model that it has loaded."""
    value = _value(body)
    vision = _at(value, "modalities", "vision")
    context = _tokens(_at(value, "default_generation_settings", "n_ctx"))
    return Told(context, vision if isinstance(vision, bool) else None)


def as_listed(told: Mapping[str, Told]) -> tuple[Listed, ...]:
    """Those that can be asked, in the server's order."""
    return tuple(
        Listed(model_id, facts.context, facts.sees, facts.thinking)
        for model_id, facts in told.items()
        if facts.chats or (facts.chats is None and not _OTHER_IDS.search(model_id))
    )


def told_by(entry: Mapping[str, Any]) -> Told:
    """What one entry tells, whichever server's words it uses."""
    abilities = _words(entry.get("capabilities"))
    return Told(
        next((length for path in _CONTEXTS if (length := _tokens(_at(entry, *path)))), None),
        _sees(entry, abilities),
        _thinking(entry, abilities),
        _chats(entry, abilities),
    )


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _value(body: bytes) -> object:
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value


def _lists(value: object) -> tuple[list[object], ...]:
    """llama.cpp gives two lists of the same models side by side, each with facts of its own."""
    if isinstance(value, list):
        return (value,)
    places = (("data",), ("models",), ("output", "models"))
    lists = tuple(found for path in places if isinstance(found := _at(value, *path), list))
    # Ollama without a model has nothing, `null`, in the place of its list.
    return ([],) if not lists and _at(value, "object") == "list" else lists


def _at(value: object, *path: str) -> object:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _id(entry: Mapping[str, Any]) -> str:
    """Empty if it has none that could be shown and asked for."""
    named = (entry.get(name) for name in ("id", "model", "name"))
    model_id = next((each for each in named if isinstance(each, str) and each.strip()), "")
    return model_id if len(model_id) <= LONGEST_ID and model_id.isprintable() else ""


def _tokens(value: object) -> int | None:
    return value if type(value) is int and 0 < value <= _LONGEST_CONTEXT else None


def _words(value: object) -> frozenset[str]:
    """A list of words, or an object that says of each whether it holds."""
    if isinstance(value, dict):
        return frozenset(name for name, holds in value.items() if holds is True)
    return (
        frozenset(each for each in value if isinstance(each, str)) if isinstance(value, list) else frozenset()
    )


def _modalities(entry: Mapping[str, Any], name: str) -> Iterator[frozenset[str]]:
    for place in (entry.get("architecture"), entry):
        if found := _words(_at(place, name)):
            yield found


def _sees(entry: Mapping[str, Any], abilities: frozenset[str]) -> bool | None:
    if abilities & {"vision", "multimodal"} or entry.get("type") == "vlm":
        return True
    for taken in _modalities(entry, "input_modalities"):
        return "image" in taken
    complete = "completion" in abilities or entry.get("type") == "llm"
    return False if complete or _at(entry, "capabilities", "vision") is False else None


def _thinking(entry: Mapping[str, Any], abilities: frozenset[str]) -> ThinkingKind | None:
    if isinstance(reasoning := entry.get("reasoning"), dict):
        return "always" if reasoning.get("mandatory") is True else "hybrid"
    taken = _words(entry.get("supported_parameters"))
    if "reasoning" in taken or "thinking" in abilities:
        return "hybrid"
    return "none" if taken else None


def _chats(entry: Mapping[str, Any], abilities: frozenset[str]) -> bool | None:
    if entry.get("type") in _OTHER_TYPES:
        return False
    for given in _modalities(entry, "output_modalities"):
        return "text" in given
    if "completion" in abilities:
        return True
    return False if "embedding" in abilities else None
