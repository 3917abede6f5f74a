"""A request as the JSON body of `POST /chat/completions`."""

import base64
import json
from collections.abc import Mapping
from typing import Any, assert_never

from desktop.domain.images import ImageInput, Picture
from desktop.domain.messages import ChatRequest, ImagePart, LinkPart, Message, Part, TextPart, Thinking
from desktop.domain.profiles import OPTIONAL_FIELDS, PROFILES, Profile

Json = dict[str, Any]


def encode(body: Mapping[str, Any]) -> bytes:
    """As JSON in UTF-8. Takes tens of ms for large images, as `payload` does: call them in a thread."""
    # A lone surrogate (half an emoji out of a broken paste) cannot be sent in UTF-8.
    return json.dumps(body, ensure_ascii=False).encode(errors="replace")


def payload(request: ChatRequest, profile: Profile = PROFILES["custom"]) -> Json:
    """Only what is set is sent: a server knows its own defaults best. Of that, only what `profile` takes."""
    optional = {**_streaming(request), **_sampling(request), **_detail(request)}
    refused = OPTIONAL_FIELDS - profile.fields
    taken = {_name(name, profile): value for name, value in optional.items() if name not in refused}
    return {
        "model": request.model,
        "messages": [*_instructions(request), *map(_message, request.messages)],
        **taken,
        **_thinking(request.thinking, profile),
    }


def _name(name: str, profile: Profile) -> str:
    return profile.length_field if name == "max_tokens" else name


def _instructions(request: ChatRequest) -> list[Json]:
    text = request.parameters.instructions
    return [{"role": "system", "content": text}] if text else []


def _message(message: Message) -> Json:
    has_images = message.images or message.links
    content = [_part(part) for part in message.parts] if has_images else message.text
    return {"role": message.role, "content": content}


def _part(part: Part) -> Json:
    match part:
        case TextPart(text):
            return {"type": "text", "text": text}
        case ImagePart(image):
            return {"type": "image_url", "image_url": {"url": _data_uri(image)}}
        case LinkPart(url):
            return {"type": "image_url", "image_url": {"url": url}}
        case _:
            assert_never(part)


def _data_uri(image: Picture) -> str:
    assert isinstance(image, ImageInput), "a request is made of images that are here"
    return f"data:{image.media_type};base64,{base64.b64encode(image.data).decode()}"


def _streaming(request: ChatRequest) -> Json:
    return {"stream": True, "stream_options": {"include_usage": True}} if request.stream else {}


def _sampling(request: ChatRequest) -> Json:
    parameters = request.parameters
    sent = {
        "temperature": parameters.temperature,
        "top_p": parameters.top_p,
        "max_tokens": parameters.max_tokens,
        "seed": parameters.seed,
    }
    return {name: value for name, value in sent.items() if value is not None}


def _detail(request: ChatRequest) -> Json:
    return {"vl_high_resolution_images": True} if request.full_detail else {}


def _thinking(thinking: Thinking | None, profile: Profile) -> Json:
    """The switch as that kind of server knows it; a budget where there is a field for it."""
    if thinking is None:
        return {}
    enabled, budget = thinking.enabled, thinking.budget if thinking.enabled else None
    match profile.thinking_switch:
        case "enable_thinking":
            return {"enable_thinking": enabled, **({"thinking_budget": budget} if budget else {})}
        case "chat_template":
            return {"chat_template_kwargs": {"enable_thinking": enabled}}
        case "reasoning":
            return {"reasoning": _reasoning(enabled, budget)}
        case "reasoning_effort":
            return {"reasoning_effort": "medium" if enabled else "none"}
        case "none":
            return {}
        case _:
            assert_never(profile.thinking_switch)


def _reasoning(enabled: bool, budget: int | None) -> Json:
    """OpenRouter takes either a budget or an effort."""
    if not enabled:
        return {"effort": "none"}
    return {"max_tokens": budget} if budget else {"enabled": True}
