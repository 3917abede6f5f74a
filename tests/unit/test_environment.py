"""Keys from the environment."""

import pytest

from desktop.storage.environment import environment_key, key_variable

BOTH = {"DASHSCOPE_API_KEY": "sk-dashscope", "OPENAI_API_KEY": "sk-openai"}


@pytest.mark.parametrize(
    ("host", "base_url_given", "expected"),
    [
        ("dashscope.aliyuncs.com", False, "sk-dashscope"),
        ("dashscope-intl.aliyuncs.com", True, "sk-dashscope"),
        ("llm-1.cn-beijing.maas.aliyuncs.com", False, "sk-dashscope"),
        ("api.example.org", True, "sk-openai"),
        ("127.0.0.1:8000", True, "sk-openai"),
        ("api.example.org", False, None),
        ("dashscope.aliyuncs.com.example.org", False, None),
        ("dashscope.aliyuncs.com:8443", False, None),
    ],
)
def test_each_key_goes_where_it_belongs(host: str, base_url_given: bool, expected: str | None) -> None:
    assert environment_key(host, BOTH, base_url_given=base_url_given) == expected


def test_without_dashscopes_key_the_other_serves_an_address_that_was_given() -> None:
    environ = {"OPENAI_API_KEY": "sk-openai"}

    assert environment_key("dashscope.aliyuncs.com", environ, base_url_given=True) == "sk-openai"
    assert environment_key("dashscope.aliyuncs.com", environ) is None


@pytest.mark.parametrize(("value", "expected"), [("", None), ("  ", None), (' "sk-a" \n', "sk-a")])
def test_a_key_is_cleaned_as_a_pasted_one_is(value: str, expected: str | None) -> None:
    assert environment_key("dashscope.aliyuncs.com", {"DASHSCOPE_API_KEY": value}) == expected


def test_the_variable_that_holds_the_key_is_named() -> None:
    empty = {"DASHSCOPE_API_KEY": " ", "OPENAI_API_KEY": "sk-a"}

    assert key_variable("openrouter.ai", {"OPENROUTER_API_KEY": "sk-b"}) == "OPENROUTER_API_KEY"
    assert key_variable("dashscope.aliyuncs.com", empty, base_url_given=True) == "OPENAI_API_KEY"
    assert key_variable("dashscope.aliyuncs.com", empty) is None
