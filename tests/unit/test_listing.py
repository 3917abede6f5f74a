"""Lists of models as servers give them: what is read of each form, and what of none."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.models import Listed
from desktop.domain.profiles import PROFILES
from desktop.domain.provider_errors import ConnectionLost, NotAnAnswer, ProviderError
from desktop.domain.refusals import KeyRejected, ModelNotFound, RequestRejected
from desktop.domain.settings import ProviderKind
from desktop.providers.listing import list_models, told_more
from desktop.providers.model_lists import (
    LONGEST_ID,
    MOST_MODELS,
    Told,
    as_listed,
    read_entry,
    read_list,
    read_props,
)
from desktop.providers.refusal import Asked

Answers = Mapping[str, object]
"""What is at each address: JSON, or an error to raise; nothing else is there."""


LOST = ConnectionLost(host="h")
NOT_FOUND = ModelNotFound(host="h", model="m")
REJECTED = RequestRejected(host="h", reason="Request method 'GET' is not supported.")
WRONG_KEY = KeyRejected(host="h")


class Server:
    """Answers as the opener of a real one does, and keeps what it was asked."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.asked: list[str] = []
        self.at_once = self.most_at_once = 0

    async def __call__(self, address: str, body: bytes | None = None, /) -> bytes:
        name = address if body is None else f"{address} {json.loads(body)['model']}"
        self.asked.append(name)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        answer = self._answers.get(name, NOT_FOUND)
        if isinstance(answer, ProviderError):
            raise answer
        return json.dumps(answer).encode()


def listed(kind: ProviderKind, answers: Answers) -> dict[str, Listed]:
    return listed_by(kind, Server(answers))


def listed_by(kind: ProviderKind, server: Server) -> dict[str, Listed]:
    found = asyncio.run(list_models(server, Asked("models.example", profile=PROFILES[kind])))
    return {each.id: each for each in found}


def ids(*model_ids: str) -> object:
    return {"object": "list", "data": [{"id": each, "object": "model"} for each in model_ids]}


# ── forms ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "value",
    [
        {"object": "list", "data": [{"id": "a"}, {"id": "b"}]},
        [{"id": "a"}, {"id": "b"}],
        {"models": [{"name": "a"}, {"model": "b", "name": "B"}]},
        {"output": {"total": 2, "models": [{"model": "a", "name": "A"}, {"model": "b"}]}, "request_id": "r"},
        {"models": [{"name": "a"}, {"name": "b"}], "data": [{"id": "a"}, {"id": "b"}]},
        {"data": [{"id": 7}, None, {"id": ""}, {"id": "a"}, {"id": "a"}, {"title": "x"}, {"id": "b"}]},
    ],
)
def test_the_same_models_are_read_from_every_form(value: object) -> None:
    assert list(read_list(json.dumps(value).encode()) or ()) == ["a", "b"]


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"{}", b"7", b"[" * 100_000, b'{"data": {}}', b'"a"', b"\xff"]
)
def test_what_is_no_list_is_told_from_an_empty_one(body: bytes) -> None:
    assert read_list(body) is None
    assert read_list(b'{"data": []}') == {}
    assert read_list(b'{"object": "list", "data": null}') == {}


NAMES = st.sampled_from(
    [
        *("id", "model", "name", "data", "models", "output", "type", "meta", "n_ctx", "n_ctx_train"),
        *(
            "capabilities",
            "vision",
            "architecture",
            "input_modalities",
            "output_modalities",
            "context_length",
        ),
        *("supported_parameters", "reasoning", "mandatory", "modalities", "default_generation_settings"),
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(max_size=8), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(value=JSON)
def test_any_json_is_either_a_list_or_none_and_its_ids_can_be_shown(value: object) -> None:
    body = json.dumps(value).encode()
    read_entry(body)
    read_props(body)
    for each in as_listed(read_list(body) or {}):
        assert each.id.isprintable()
        assert 0 < len(each.id) <= LONGEST_ID
        each.model()


@given(body=st.binary())
def test_any_bytes_are_survived(body: bytes) -> None:
    read_list(body)
    read_entry(body)
    read_props(body)


def test_a_list_without_an_end_is_read_to_its_limit() -> None:
    body = json.dumps([{"id": f"m{number}"} for number in range(MOST_MODELS + 10)]).encode()

    assert len(read_list(body) or ()) == MOST_MODELS


@pytest.mark.parametrize("model_id", ["a\nb", "\u202eevil", "a\x00", "x" * (LONGEST_ID + 1), "\ud800", " "])
def test_an_id_that_cannot_be_shown_is_left_out(model_id: str) -> None:
    assert read_list(json.dumps([{"id": model_id}]).encode()) == {}


# ── facts ───────────────────────────────────────────────────────────────────────────────────────


def facts(entry: Mapping[str, Any]) -> Listed:
    return as_listed(read_list(json.dumps([{"id": "m", **entry}]).encode()) or {})[0]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"owned_by": "x"}, Listed("m")),
        ({"max_model_len": 32_768}, Listed("m", 32_768)),
        ({"context_length": 0, "max_context_length": 4_096}, Listed("m", 4_096)),
        ({"context_length": True}, Listed("m")),
        ({"context_length": "8192"}, Listed("m")),
        ({"context_length": 10**30}, Listed("m")),
        ({"meta": {"n_ctx_train": 131_072}}, Listed("m", 131_072)),
        ({"meta": {"n_ctx_train": 131_072, "n_ctx": 8_192}}, Listed("m", 8_192)),
        ({"meta": None}, Listed("m")),
        ({"capabilities": ["completion", "multimodal"]}, Listed("m", sees=True)),
        ({"capabilities": ["completion", "vision", "thinking"]}, Listed("m", sees=True, thinking="hybrid")),
        ({"capabilities": ["completion", "tools"]}, Listed("m", sees=False)),
        ({"capabilities": ["tool_use"]}, Listed("m")),
        ({"capabilities": {"vision": True}}, Listed("m", sees=True)),
        ({"capabilities": {"vision": False}}, Listed("m", sees=False)),
        ({"type": "vlm"}, Listed("m", sees=True)),
        ({"type": "llm"}, Listed("m", sees=False)),
        ({"architecture": {"input_modalities": ["text", "image"]}}, Listed("m", sees=True)),
        ({"architecture": {"input_modalities": ["text"]}}, Listed("m", sees=False)),
        ({"architecture": {"input_modalities": []}}, Listed("m")),
        ({"architecture": "qwen2_vl"}, Listed("m")),
        ({"supported_parameters": ["reasoning", "seed"]}, Listed("m", thinking="hybrid")),
        ({"supported_parameters": ["seed"]}, Listed("m", thinking="none")),
        (
            {"reasoning": {"mandatory": True}, "supported_parameters": ["seed"]},
            Listed("m", thinking="always"),
        ),
        ({"reasoning": {"mandatory": False}}, Listed("m", thinking="hybrid")),
    ],
    ids=str,
)
def test_what_an_entry_tells(entry: Mapping[str, Any], expected: Listed) -> None:
    assert facts(entry) == expected


@pytest.mark.parametrize(
    "entry",
    [
        {"type": "embedding"},
        {"type": "embeddings"},
        {"capabilities": ["embedding"]},
        {"architecture": {"input_modalities": ["text"], "output_modalities": ["image"]}},
        {"architecture": {"output_modalities": ["decisions"]}},
    ],
)
def test_what_does_not_chat_is_left_out_by_the_facts(entry: Mapping[str, Any]) -> None:
    assert as_listed(read_list(json.dumps([{"id": "m", **entry}]).encode()) or {}) == ()


OTHERS = """
text-embedding-v4 text-embedding-3-small nomic-embed-text:latest mxbai-embed-large multimodal-embedding-v1
BAAI/bge-m3 gte-rerank-v2 Qwen/Qwen3-Reranker-8B qwen3-rerank netease-youdao/bce-embedding-base_v1
qwen3-tts-flash qwen-tts cosyvoice-v3-plus sambert-zhichu-v1 FunAudioLLM/CosyVoice2-0.5B qwen3-asr-flash
paraformer-v2 FunAudioLLM/SenseVoiceSmall TeleAI/TeleSpeechASR whisper-1 gpt-4o-transcribe tts-1-hd
gpt-4o-mini-tts gpt-realtime qwen3-omni-flash-realtime gpt-audio gpt-4o-audio-preview
qwen3-livetranslate-flash
fishaudio/fish-speech-1.5 dall-e-3 gpt-image-1 chatgpt-image-latest qwen-image-edit-plus Qwen/Qwen-Image
z-image-turbo wanx2.1-t2i-turbo wan2.5-i2v-preview Wan-AI/Wan2.2-T2V-A14B Kwai-Kolors/Kolors
black-forest-labs/FLUX.1-schnell stabilityai/stable-diffusion-3 sora-2 omni-moderation-latest davinci-002
gpt-3.5-turbo-instruct
"""

CHATS = """
qwen3-vl-plus qwen-vl-ocr qvq-max qwen3.5-plus qwen3-omni-flash qwen-plus qwen-mt-plus gui-plus gpt-4o gpt-4.1
gpt-5-mini o4-mini chatgpt-4o-latest Qwen/Qwen3-VL-32B-Instruct deepseek-ai/deepseek-vl2 zai-org/GLM-4.5V
llava:13b gemma3:12b minicpm-v moondream google/gemini-2.5-pro anthropic/claude-sonnet-4.5 x-ai/grok-4
mistralai/pixtral-12b OpenGVLab/InternVL3-78B llama3.2-vision qwen2.5vl:7b my-model
../models/Qwen3-VL-8B.gguf
"""


def test_what_does_not_chat_is_left_out_by_its_name() -> None:
    assert as_listed(read_list(json.dumps(ids(*OTHERS.split())).encode()) or {}) == ()
    assert [
        each.id for each in as_listed(read_list(json.dumps(ids(*CHATS.split())).encode()) or {})
    ] == CHATS.split()


def test_a_name_does_not_hide_what_the_server_says_can_chat() -> None:
    entry = {"id": "google/veo-chat", "architecture": {"output_modalities": ["image", "text"]}}

    assert [each.id for each in as_listed(read_list(json.dumps([entry]).encode()) or {})] == [
        "google/veo-chat"
    ]


# ── kinds of server ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", PROFILES)
def test_every_kind_is_asked_for_the_usual_list_first(kind: ProviderKind) -> None:
    server = Server({"models": ids("a", "b")})

    assert list(listed_by(kind, server)) == ["a", "b"]
    assert server.asked[0] == "models"


@pytest.mark.parametrize("kind", PROFILES)
def test_a_fault_that_is_no_matter_of_lists_is_passed_on(kind: ProviderKind) -> None:
    with pytest.raises(KeyRejected):
        listed(kind, {"models": WRONG_KEY})
    with pytest.raises(ConnectionLost):
        listed(kind, {"models": LOST})


@pytest.mark.parametrize("kind", [kind for kind in PROFILES if kind != "dashscope"])
def test_a_server_that_has_no_list_says_so(kind: ProviderKind) -> None:
    with pytest.raises(NotAnAnswer) as said:
        listed(kind, {"models": {"answer": 42}})
    assert said.value.facts["host"] == "models.example"
    with pytest.raises(RequestRejected):
        listed(kind, {"models": REJECTED})


def test_dashscope_has_a_list_of_its_own() -> None:
    own = "../../api/v1/models?page_no=1&page_size=100"
    answers = {
        "models": REJECTED,
        own: {"output": {"models": [{"model": "qwen-vl-max"}]}},
    }

    assert list(listed("dashscope", answers)) == ["qwen-vl-max"]
    assert listed("dashscope", {}) == {}
    assert listed("dashscope", {"models": {"error": "?"}}) == {}


LM_STUDIO = {
    "data": [
        {"id": "qwen2-vl-7b-instruct", "type": "vlm", "arch": "qwen2_vl", "max_context_length": 32_768},
        {
            "id": "meta-llama-3.1-8b-instruct",
            "type": "llm",
            "max_context_length": 131_072,
            "loaded_context_length": 4_096,
        },
        {"id": "text-nomic", "type": "embeddings", "max_context_length": 2_048},
        {"id": "not-in-the-other-list", "type": "llm"},
    ]
}


def test_lm_studio_tells_more_at_another_place() -> None:
    models = ids("qwen2-vl-7b-instruct", "meta-llama-3.1-8b-instruct", "text-nomic")

    assert listed("lmstudio", {"models": models, "../api/v0/models": LM_STUDIO}) == {
        "qwen2-vl-7b-instruct": Listed("qwen2-vl-7b-instruct", 32_768, sees=True),
        "meta-llama-3.1-8b-instruct": Listed("meta-llama-3.1-8b-instruct", 4_096, sees=False),
    }


def test_ollama_tells_in_its_own_list_what_models_can_do() -> None:
    tags = {
        "models": [
            {"name": "qwen3-vl:8b", "capabilities": ["completion", "vision", "thinking"]},
            {"name": "llama3:8b", "details": {"context_length": 8_192}, "capabilities": ["completion"]},
            {"name": "all-minilm", "capabilities": ["embedding"]},
        ]
    }
    server = Server({"models": ids("qwen3-vl:8b", "llama3:8b", "all-minilm"), "../api/tags": tags})

    assert listed_by("ollama", server) == {
        "qwen3-vl:8b": Listed("qwen3-vl:8b", sees=True, thinking="hybrid"),
        "llama3:8b": Listed("llama3:8b", sees=False, thinking="none"),
    }
    assert server.asked == ["models", "../api/tags", "../api/show all-minilm"]


def test_an_older_ollama_is_asked_for_each_model_and_for_few_at_once() -> None:
    names = [f"model:{number}" for number in range(100)]
    shown = {f"../api/show {name}": {"capabilities": ["completion", "vision"]} for name in names[1:]}
    server = Server({"models": ids(*names), "../api/tags": LOST, **shown})
    found = listed_by("ollama", server)

    assert list(found) == names
    assert [each.sees for each in found.values()] == [None] + [True] * 63 + [None] * 36
    assert server.most_at_once == 4


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ({"modalities": {"vision": True}}, Listed("m.gguf", sees=True)),
        (
            {"modalities": {"vision": False}, "default_generation_settings": {"n_ctx": 1_024}},
            Listed("m.gguf", 1_024, sees=False),
        ),
        ({"modalities": None}, Listed("m.gguf")),
        (LOST, Listed("m.gguf")),
    ],
    ids=str,
)
def test_llama_cpp_tells_whether_it_sees(props: object, expected: Listed) -> None:
    assert listed("llamacpp", {"models": ids("m.gguf"), "../props": props}) == {"m.gguf": expected}


@pytest.mark.parametrize("kind", ["ollama", "lmstudio", "llamacpp"])
def test_a_server_that_tells_no_more_is_not_waited_for(kind: ProviderKind) -> None:
    async def silent(address: str, body: bytes | None = None, /) -> bytes:
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        return await answer

    asked = Asked("models.example", profile=PROFILES[kind])
    assert asyncio.run(told_more(silent, asked, {"m": Told()}, seconds=0.01)) == {"m": Told()}


def test_of_several_models_llama_cpps_properties_tell_nothing() -> None:
    server = Server({"models": ids("a", "b"), "../props": {"modalities": {"vision": True}}})

    assert [each.sees for each in listed_by("llamacpp", server).values()] == [None, None]
    assert server.asked == ["models"]


def test_llama_cpps_two_lists_are_one() -> None:
    models = {
        "models": [{"name": "m.gguf", "model": "m.gguf", "capabilities": ["completion", "multimodal"]}],
        "data": [{"id": "m.gguf", "owned_by": "llamacpp", "meta": {"n_ctx_train": 131_072}}],
    }

    assert listed("llamacpp", {"models": models}) == {"m.gguf": Listed("m.gguf", 131_072, sees=True)}
