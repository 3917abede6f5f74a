"""Which server the command line names."""

import pytest

from desktop.cli import _ask_parser, _with_options
from desktop.domain.endpoints import base_url
from desktop.domain.settings import Endpoint, Settings

CHOSEN = Endpoint("ollama", region="us-east-1")


@pytest.mark.parametrize(
    ("arguments", "address", "model"),
    [
        (["--base-url", "https://openrouter.ai/api/v1"], "https://openrouter.ai/api/v1", "qwen3-vl-plus"),
        (["--base-url", "localhost:1234/v1", "--provider", "vllm"], "http://localhost:1234/v1", "m"),
        (["--provider", "openai"], "https://api.openai.com/v1", "m"),
        (["--provider", "dashscope"], "https://dashscope-us.aliyuncs.com/compatible-mode/v1", "m"),
        (["--region", "cn-beijing"], "https://dashscope.aliyuncs.com/compatible-mode/v1", "qwen3-vl-plus"),
        ([], "http://localhost:11434/v1", ""),
    ],
)
def test_a_server_that_is_named_is_asked(arguments: list[str], address: str, model: str) -> None:
    named = ["--model", "m"] if model == "m" else []
    settings = _with_options(Settings(CHOSEN), _ask_parser().parse_args(["a.png", *arguments, *named]))

    assert (base_url(settings.endpoint), settings.model) == (address, model)


def test_a_workspace_of_the_settings_stays_with_its_region() -> None:
    chosen = Settings(Endpoint(region="ap-southeast-1", workspace="llm-1"))
    settings = _with_options(chosen, _ask_parser().parse_args(["a.png", "--provider", "dashscope"]))

    assert settings.endpoint.workspace == "llm-1"
