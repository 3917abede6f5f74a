"""Whether a model takes images, as far as the form of its id tells.

Sources: the pages of the model families named here, by their vendors and on huggingface.co, and "Text
generation" against "Visual understanding" in the list of models at help.aliyun.com (model-studio/models);
2026. An id in which both are found sees: `llama3.2-vision`, `qwen3-vl-8b`.
"""

import re

_SEES = re.compile(
    r"""(?<![a-z])(
          vl(m|\d+)? | vision | omni | ocr | multimodal
        | qwen[\d.]*vl | qvq | qwen3\.[5-9][-:]?(plus|flash|\d+b) | gui-plus
        | (bak)?llava | moondream | minicpm-[vo]
        | pixtral | internvl[\d_.]* | cogvlm\d? | smolvlm\d? | paligemma | molmo
        | gemma-?3[-:](4|12|27)b | gemma-?4 | llama-?4 | mistral-small-?3\.[12] | mistral-medium-?3
        | glm-[\d.]+v | deepseek-(vl|ocr) | kimi-vl | kimi-k2\.[5-9] | step-?3
        | (chat)?gpt-(4o|4\.1|4\.5|4-turbo|5) | o1(?!-(mini|preview)) | o3(?!-mini) | o4-mini
        | claude-(3|opus|sonnet|haiku) | gemini | grok-4
    )(?![a-z\d])""",
    re.IGNORECASE | re.VERBOSE,
)

_BLIND = re.compile(
    r"""(?<![a-z])(
          qwen-(max|plus|turbo|flash|long|mt|coder|math)
        | qwen(1\.5|2|2\.5|3)[-:].* | qwen(1\.5|2|2\.5|3) | qwq
        | deepseek-(v2|v3|r1|chat|reasoner|coder).* | gpt-oss | gpt-3\.5 | o1-(mini|preview) | o3-mini
        | gemma-?3[-:](270m|1b) | gemma-?2 | llama-?2 | llama-?3(\.[13])? | codellama | mi[sx]tral-(7b|8x\d+b)
        | mi[sx]tral-nemo | mixtral | phi-?[34] | glm-4(\.[5-7])? | minimax-m[12]
    )(?![a-z\d.])""",
    re.IGNORECASE | re.VERBOSE,
)


def sees(model_id: str) -> bool | None:
    """None: its id does not tell."""
    if _SEES.search(model_id):
        return True
    return False if _BLIND.search(model_id) else None
