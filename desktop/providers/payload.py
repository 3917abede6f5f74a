"""A request as the JSON body of `POST /chat/completions`."""

import base64
import json
from typing import Any, assert_never

from desktop.domain.images import ImageInput, Picture
from desktop.domain.messages import ChatRequest, ImagePart, LinkPart, Message, Part, TextPart

Json = dict[str, Any]


def encode(request: ChatRequest) -> bytes:
    """The body as UTF-8. Takes tens of ms for large images: call it in a thread."""
    # A lone surrogate (half an emoji out of a broken paste) cannot be sent in UTF-8.
    return json.dumps(payload(request), ensure_ascii=False).encode(errors="replace")


def payload(request: ChatRequest) -> Json:
    """Only what is set is sent: a server knows its own defaults best."""
    return {
        "model": request.model,
        "messages": [*_instructions(request), *map(_message, request.messages)],
        **_streaming(request),
        **_sampling(request),
        **_thinking(request),
        **({"vl_high_resolution_images": True} if request.full_detail else {}),
    }


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


def _thinking(request: ChatRequest) -> Json:
    thinking = request.thinking
    if thinking is None:
        return {}
    budget = {"thinking_budget": thinking.budget} if thinking.enabled and thinking.budget else {}
    return {"enable_thinking": thinking.enabled, **budget}
