"""The model picker over several servers, each of which is in another state."""

import asyncio

from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.domain.models import Listed
from desktop.domain.ports import FoundServer
from desktop.domain.provider_errors import NothingListens
from desktop.domain.settings import Endpoint
from desktop.ui.model_picker import ModelPicker
from tests.support.qt import child
from tests.support.stage import Stage, State

OLLAMA, VLLM, CUSTOM = Endpoint("ollama"), Endpoint("vllm"), Endpoint("custom", base_url="https://a.example")
FOUND = FoundServer(
    Endpoint("lmstudio"),
    (
        Listed("google/gemma-4-12b", 131_072, sees=True),
        Listed("deepseek/deepseek-r2-distill-8b", 65_536, sees=False),
    ),
)


async def opened(stage: Stage) -> None:
    chooser = child(stage.shell.window, ModelPicker)
    chooser.open()
    stage.picture = next(w for w in QApplication.topLevelWidgets() if w.isVisible() and w.parent() is chooser)


async def picker_servers(stage: Stage) -> None:
    """One lists, one is down, one is being asked, one wants a key, one was found."""
    model = "qwen3-vl:8b"
    stage.session.settings.change(endpoint=OLLAMA, others=(VLLM, CUSTOM, Endpoint("openai")), model=model)
    stage.backend.listed_at = {
        OLLAMA: (
            Listed(model, 262_144, sees=True, thinking="hybrid"),
            Listed("llama4:8b", 32_768, sees=False),
        ),
        VLLM: NothingListens(host="localhost:8000"),
    }
    stage.backend.list_gates = {CUSTOM: stage.never}
    stage.backend.found = (FOUND,)
    await opened(stage)
    await asyncio.sleep(0.1)  # the answers, and the frame after them


async def picker_typed(stage: Stage) -> None:
    await picker_servers(stage)
    child(stage.shell.window, QLineEdit, "Filter models").insert("8b")


STATES: tuple[State, ...] = (picker_servers, picker_typed)
