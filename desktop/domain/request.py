"""What is asked of a model, as the settings say and the model understands."""

from desktop.domain.endpoints import profile_of
from desktop.domain.messages import ChatRequest, Message, Thinking, user_message
from desktop.domain.models import READER_MODEL, Model
from desktop.domain.settings import Settings
from desktop.domain.vision import has_full_detail

GO_ON = (
    "Your last answer was cut off. Go on exactly where it ends: begin with the next character, repeat"
    " nothing, say nothing else before it, and keep its language and its format."
)
"""Asked after an answer that broke off: every chat model understands it, no server needs to know of it."""


def continued(said: tuple[Message, ...]) -> tuple[Message, ...]:
    """`said`, which ends with an answer that was cut off, and the wish that it go on."""
    return (*said, user_message(GO_ON))


def chat_request(model: Model, messages: tuple[Message, ...], settings: Settings) -> ChatRequest:
    """A request that ends with the question, `messages[-1]`.

    Full detail is DashScope's own; other servers refuse or misread what they do not know.
    """
    profile = profile_of(settings.endpoint)
    is_service = profile.has_catalog
    thinking = None
    if profile.thinking_switch != "none" and model.thinking == "hybrid":
        thinking = Thinking(settings.thinking, _budget(model, settings) if settings.thinking else None)
    thinks = _thinks(model, thinking)
    return ChatRequest(
        model=model.id,
        messages=messages,
        # The service refuses to think without a stream.
        stream=settings.stream or model.stream_only or (is_service and thinks),
        parameters=settings.parameters,
        thinking=thinking,
        rotated=settings.rotated_photos and model.id == READER_MODEL,
        full_detail=settings.full_detail if is_service and has_full_detail(model.id) else None,
        thinks=thinks,
    )


def _budget(model: Model, settings: Settings) -> int | None:
    """In tokens; never more than the model takes."""
    if settings.thinking_budget is None or model.max_thinking is None:
        return settings.thinking_budget
    return min(settings.thinking_budget, model.max_thinking)


def _thinks(model: Model, thinking: Thinking | None) -> bool:
    if model.thinking == "always":
        return True
    return model.thinks_by_default if thinking is None else thinking.enabled
