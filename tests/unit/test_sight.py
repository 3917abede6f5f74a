"""What the ids of model families tell about their sight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.sight import sees

SEE = """
qwen3-vl-plus qwen-vl-ocr qvq-max qvq-72b-preview qwen3.5-plus qwen3.8-flash qwen3.6-plus-2027-01-01
qwen3-omni-flash qwen2.5-omni-7b gui-plus gpt-4o gpt-4o-mini gpt-4.1-nano gpt-5 gpt-5-mini gpt-5.1 o1 o3
o3-pro
o4-mini chatgpt-4o-latest gpt-4-turbo Qwen/Qwen3-VL-32B-Instruct Qwen/Qwen2.5-VL-72B-Instruct
deepseek-ai/deepseek-vl2 zai-org/GLM-4.5V zai-org/GLM-5V-Turbo glm-4.1v-9b-thinking llava llava:13b bakllava
gemma3:12b google/gemma-3-27b-it gemma-4-E2B-it minicpm-v minicpm-v:8b openbmb/MiniCPM-o-2_6 moondream
moondream:1.8b google/gemini-2.5-pro anthropic/claude-sonnet-4.5 claude-3-5-haiku claude-opus-4-1 x-ai/grok-4
mistralai/pixtral-12b OpenGVLab/InternVL3-78B internvl2_5 llama3.2-vision llama-3.2-90b-vision-preview
qwen2.5vl:7b qwen3-vl:8b qwen3.5:9b ../models/Qwen3-VL-8B.gguf deepseek-ai/DeepSeek-OCR moonshotai/Kimi-K2.5
meta-llama/llama-4-scout microsoft/phi-4-multimodal-instruct ernie-4.5-vl-28b smolvlm2 Qwen/Qwen3.5-397B-A17B
PaddlePaddle/PaddleOCR-VL mistral-small3.1 step3
"""

DO_NOT = """
qwen-max qwen-plus qwen-plus-latest qwen-turbo qwen-flash qwen-long qwen-mt-plus qwen3-max qwen3-coder-plus
qwen3-8b qwen3:8b qwen3 Qwen/Qwen3-32B Qwen/Qwen2.5-72B-Instruct qwen2.5-coder:7b Qwen/QwQ-32B qwq-plus
deepseek-v3 deepseek-r1:8b deepseek-ai/DeepSeek-V3.2 deepseek-chat openai/gpt-oss-20b gpt-oss:20b
gpt-3.5-turbo
o1-mini o1-preview o3-mini gemma3:1b gemma2:9b llama2 llama3:8b meta-llama-3.1-8b-instruct codellama:7b
mistral-7b-instruct mixtral:8x7b phi3 microsoft/phi-4 zai-org/GLM-4.5 glm-4-9b-chat MiniMaxAI/MiniMax-M2
"""

UNKNOWN = """
my-model gpt-4 gemma3 gemma3n llama3.2 llama3.2:11b qwen3.7-max custom vllm zai-org/GLM-5 kimi-k2 claude-2
mistral-large marvel visionary novlx tiny
"""


@pytest.mark.parametrize("model_id", SEE.split())
def test_families_that_see_are_known(model_id: str) -> None:
    assert sees(model_id) is True


@pytest.mark.parametrize("model_id", DO_NOT.split())
def test_families_that_do_not_see_are_known(model_id: str) -> None:
    assert sees(model_id) is False


@pytest.mark.parametrize("model_id", UNKNOWN.split())
def test_of_others_nothing_is_guessed(model_id: str) -> None:
    assert sees(model_id) is None


@given(st.text())
def test_any_id_is_judged_alike_in_any_case(model_id: str) -> None:
    if model_id.isascii():
        assert sees(model_id.upper()) is sees(model_id.lower())
