"""What is known of each kind of server that can be asked, as data.

Sources: the service's pages named in `limits` and `vision`; "OpenAI compatibility" (docs.ollama.com) and
Ollama's `openai/openai.go`, which takes no web addresses of images; "Chat Completions" and "API Changelog"
(lmstudio.ai/docs), for `stream_options` and `reasoning`; `tools/server/README.md` of llama.cpp, which reads
images with stb_image: no WebP; "OpenAI-Compatible Server", "Multimodal Inputs" and "Reasoning Outputs"
(docs.vllm.ai); "Image Inputs", "Reasoning Tokens" and "Parameters" (openrouter.ai/docs); "Create chat
completion" (docs.siliconflow.cn); "Images and vision" and the API reference of OpenAI; 2026.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from desktop.domain.limits import DATA_URI_BYTES, OLD_TYPES, ImageLimits
from desktop.domain.refusals import AccountProblem, RateLimited, Refused, RegionalKeyRejected
from desktop.domain.settings import ProviderKind

ThinkingSwitch = Literal["none", "enable_thinking", "chat_template", "reasoning", "reasoning_effort"]
"""How thinking is switched: not at all · `enable_thinking` and `thinking_budget` at the top ·
`chat_template_kwargs.enable_thinking` · `reasoning.enabled` and `.max_tokens` · `reasoning_effort`."""

ListKind = Literal["openai", "dashscope", "openrouter", "ollama", "lmstudio", "llamacpp", "vllm"]
"""Whose form `GET /models` has, beside `data[].id`, and where else facts of models are to be had."""

OPTIONAL_FIELDS = frozenset(
    ("temperature", "top_p", "max_tokens", "seed", "stream_options", "vl_high_resolution_images")
)
"""Fields of a request that not every server takes."""

_COMMON_FIELDS = OPTIONAL_FIELDS - {"vl_high_resolution_images"}


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of server.

    `name` is a proper name, the same in every language. `base_url` is the usual address; empty: the user's
    own, or one of several; `hosts` are its own. `port`: where it listens on this machine unless told
    otherwise. `key_variable` is the environment variable that may hold a key for its hosts, `key_page` the
    web page where keys are made; `wants_key`: without one it answers nobody. `has_catalog`: the models that
    ship with the app are its. `fields`: which of `OPTIONAL_FIELDS` it takes; `length_field`: what it calls
    `max_tokens`. `reasoning_keys`: where a delta holds thoughts. `meanings`: what its codes mean where
    others mean something else by them, in small letters without `_`.
    """

    name: str
    base_url: str = ""
    hosts: tuple[str, ...] = ()
    port: int | None = None
    key_variable: str = ""
    key_page: str = ""
    wants_key: bool = False
    has_catalog: bool = False
    default_model: str = ""
    limits: ImageLimits = field(default_factory=ImageLimits)
    fields: frozenset[str] = _COMMON_FIELDS
    length_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    thinking_switch: ThinkingSwitch = "none"
    reasoning_keys: tuple[str, ...] = ("reasoning_content", "reasoning")
    list_kind: ListKind = "openai"
    meanings: Mapping[str, type[Refused]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_local(self) -> bool:
        """Whether it is meant to run on this machine."""
        return self.port is not None


_MONEY_SPENT = MappingProxyType({"insufficientquota": AccountProblem})

# OpenAI's limit is one of whole requests; for the others, none is written down.
_REMOTE = ImageLimits(data_uri_bytes=50_000_000, count=250, links=True)
_LOCAL = ImageLimits(media_types=OLD_TYPES, large_media_types=OLD_TYPES, count=250)
_VLLM = ImageLimits(count=250, links=True)

PROFILES: Mapping[ProviderKind, Profile] = MappingProxyType(
    {
        "dashscope": Profile(
            "DashScope",
            key_variable="DASHSCOPE_API_KEY",
            wants_key=True,
            has_catalog=True,
            default_model="qwen3-vl-plus",
            # By model and area: see `limits.image_limits`.
            limits=ImageLimits(
                large_media_types=OLD_TYPES, data_uri_bytes=DATA_URI_BYTES, count=250, links=True
            ),
            fields=OPTIONAL_FIELDS,
            thinking_switch="enable_thinking",
            list_kind="dashscope",
            # It says so of its limits per minute and per second.
            meanings=MappingProxyType(
                {"insufficientquota": RateLimited, "invalidapikey": RegionalKeyRejected}
            ),
        ),
        "openai": Profile(
            "OpenAI",
            base_url="https://api.openai.com/v1",
            hosts=("api.openai.com",),
            key_variable="OPENAI_API_KEY",
            key_page="https://platform.openai.com/api-keys",
            wants_key=True,
            limits=_REMOTE,
            length_field="max_completion_tokens",
            thinking_switch="reasoning_effort",
            meanings=_MONEY_SPENT,
        ),
        "openrouter": Profile(
            "OpenRouter",
            base_url="https://openrouter.ai/api/v1",
            hosts=("openrouter.ai",),
            key_variable="OPENROUTER_API_KEY",
            key_page="https://openrouter.ai/settings/keys",
            wants_key=True,
            limits=_REMOTE,
            thinking_switch="reasoning",
            reasoning_keys=("reasoning", "reasoning_content"),
            list_kind="openrouter",
            meanings=_MONEY_SPENT,
        ),
        "siliconflow": Profile(
            "SiliconFlow",
            base_url="https://api.siliconflow.cn/v1",
            hosts=("api.siliconflow.cn", "api.siliconflow.com"),
            key_variable="SILICONFLOW_API_KEY",
            key_page="https://cloud.siliconflow.cn/account/ak",
            wants_key=True,
            limits=_REMOTE,
            thinking_switch="enable_thinking",
            meanings=_MONEY_SPENT,
        ),
        "ollama": Profile(
            "Ollama",
            base_url="http://localhost:11434/v1",
            port=11434,
            limits=_LOCAL,
            thinking_switch="reasoning_effort",
            reasoning_keys=("reasoning", "reasoning_content"),
            list_kind="ollama",
        ),
        "lmstudio": Profile(
            "LM Studio",
            base_url="http://localhost:1234/v1",
            port=1234,
            limits=_LOCAL,
            list_kind="lmstudio",
        ),
        "llamacpp": Profile(
            "llama.cpp",
            base_url="http://localhost:8080/v1",
            port=8080,
            limits=_LOCAL,
            thinking_switch="chat_template",
            list_kind="llamacpp",
        ),
        "vllm": Profile(
            "vLLM",
            base_url="http://localhost:8000/v1",
            port=8000,
            limits=_VLLM,
            thinking_switch="chat_template",
            reasoning_keys=("reasoning", "reasoning_content"),
            list_kind="vllm",
        ),
        "custom": Profile("OpenAI-compatible", limits=_REMOTE, meanings=_MONEY_SPENT),
    }
)
