from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.domain.dashscope import REGIONS, is_dashscope
from desktop.domain.endpoints import (
    base_url,
    clean_key,
    currency_of,
    host_of,
    is_loopback,
    is_readable_on_the_way,
    likely_region,
    without_secrets,
)
from desktop.domain.provider_errors import InvalidAddress
from desktop.domain.settings import Endpoint, Region
from desktop.domain.visible import on_one_line


def pasted(url: str) -> Endpoint:
    return Endpoint("custom", base_url=url)


@pytest.mark.parametrize(
    ("region", "host"),
    [
        ("cn-beijing", "dashscope.aliyuncs.com"),
        ("ap-southeast-1", "dashscope-intl.aliyuncs.com"),
        ("us-east-1", "dashscope-us.aliyuncs.com"),
        ("cn-hongkong", "cn-hongkong.dashscope.aliyuncs.com"),
    ],
)
def test_a_region_has_a_shared_and_a_dedicated_host(region: Region, host: str) -> None:
    shared = base_url(Endpoint(region=region))
    dedicated = base_url(Endpoint(region=region, workspace=" llm-1a2b "))
    assert shared == f"https://{host}/compatible-mode/v1"
    assert dedicated == f"https://llm-1a2b.{region}.maas.aliyuncs.com/compatible-mode/v1"
    assert is_dashscope(host_of(shared))
    assert is_dashscope(host_of(dedicated))


def test_every_region_says_where_keys_are_made() -> None:
    assert {facts.key_page.partition("?")[0] for facts in REGIONS.values()} == {
        "https://bailian.console.aliyun.com/",
        "https://modelstudio.console.alibabacloud.com/",
        "https://modelstudio.console.alibabacloud.com/us-east-1",
        "https://modelstudio.console.alibabacloud.com/cn-hongkong",
        "https://modelstudio.console.alibabacloud.com/eu-central-1",
        "https://modelstudio.console.alibabacloud.com/ap-northeast-1",
    }


@pytest.mark.parametrize("workspace", ["a.b", "a/b", "evil.example/", "-a", "工作", "a b"])
def test_a_workspace_cannot_lead_to_another_host(workspace: str) -> None:
    with pytest.raises(InvalidAddress):
        base_url(Endpoint(workspace=workspace))


@pytest.mark.parametrize(
    ("typed", "url", "host"),
    [
        ("http://localhost:11434/v1/", "http://localhost:11434/v1", "localhost:11434"),
        ("localhost:11434/v1", "http://localhost:11434/v1", "localhost:11434"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("api.example.com/v1", "https://api.example.com/v1", "api.example.com"),
        (" https://api.example.com/v1 ", "https://api.example.com/v1", "api.example.com"),
        ("https://api.example.com/v1/chat/completions", "https://api.example.com/v1", "api.example.com"),
        ("https://api.example.com/v1/chat/completions/", "https://api.example.com/v1", "api.example.com"),
        ("https://api.example.com:443", "https://api.example.com:443", "api.example.com"),
        ("http://api.example.com:443/v1", "http://api.example.com:443/v1", "api.example.com:443"),
        ("HTTP://API.Example.COM/V1", "http://API.Example.COM/V1", "api.example.com"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1", "[::1]:8080"),
        ("https://模型.例子/v1", "https://模型.例子/v1", "模型.例子"),
    ],
)
def test_a_pasted_address_is_normalised(typed: str, url: str, host: str) -> None:
    assert base_url(pasted(typed)) == url
    assert host_of(url) == host


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "ftp://example.com",
        "file:///etc/passwd",
        "http://",
        "http://...",
        "http://a..b",
        "http://:80",
        "http://host:99999/v1",
        "http://host:port/v1",
        "http://[::1/v1",
        "http://[::1]8080/v1",
        "https://[::1]evil.example/v1",
        "http://a b/v1",
        "http://a/v1?key=1",
        "http://a/v1#top",
        "http://a/v\u00a01",
        "http://a\\b/v1",
        "https://bailian.console.aliyun.com/?tab=model#/api-key",
        "http://a/\nv1",
    ],
)
def test_what_is_no_address_is_refused_by_its_own_text(typed: str) -> None:
    with pytest.raises(InvalidAddress) as refused:
        base_url(pasted(typed))
    assert refused.value.facts["address"] == on_one_line(typed.strip())


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(InvalidAddress) as refused:
        base_url(pasted("https://me:geheim@example.com/v1"))
    assert "geheim" not in str(refused.value)
    assert "geheim" not in repr(refused.value.facts)


@given(st.text())
@example("http://\ud800/")
@example("http://[v1.a]/")
@example("http://\u2100.example/")
def test_an_address_is_either_normal_or_refused(text: str) -> None:
    for typed in (text, f"http://{text}", f"https://{text}/v1"):
        try:
            url = base_url(pasted(typed))
        except InvalidAddress:
            continue
        assert base_url(pasted(url)) == url
        assert host_of(url)
        is_loopback(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://localhost:1234/v1", True),
        ("http://LOCALHOST./v1", True),
        ("http://models.localhost/v1", True),
        ("http://127.0.0.1/v1", True),
        ("http://127.8.9.10:80/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://[::ffff:127.0.0.1]/v1", True),
        ("http://0.0.0.0:8000/v1", True),
        ("http://[::]:8000/v1", True),
        ("http://192.168.1.5/v1", False),
        ("http://localhost.example.com/v1", False),
        ("http://127.0.0.1.example.com/v1", False),
        ("https://dashscope.aliyuncs.com/compatible-mode/v1", False),
    ],
)
def test_this_machine_is_known_under_all_its_names(url: str, expected: bool) -> None:
    assert is_loopback(url) is expected
    assert is_readable_on_the_way(url) is (not expected and url.startswith("http://"))


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f.1",
        "127.1",
        "0177.0.0.1",
        "ｌｏｃａｌｈｏｓｔ",
        "localhost.lan",
        "localhost..",
        "[::2]",
        "[64:ff9b::7f00:1]",
    ],
)
def test_odd_spellings_of_this_machine_are_taken_for_another(host: str) -> None:
    with suppress(InvalidAddress):  # nor is it asked, then
        assert is_readable_on_the_way(f"http://{host}/v1")


@pytest.mark.parametrize(
    "host",
    [
        "aliyuncs.com",
        "dashscope.aliyuncs.com.example.com",
        "example.com/dashscope.aliyuncs.com",
        "evildashscope.aliyuncs.com",
        "bucket.oss-cn-beijing.aliyuncs.com",
        "dashscope.aliyuncs.com:8443",
        "localhost:8000",
    ],
)
def test_the_environments_key_goes_to_no_foreign_host(host: str) -> None:
    assert not is_dashscope(host)


@pytest.mark.parametrize(
    "paste",
    [
        "sk-0a1b",
        "  sk-0a1b\n",
        '"sk-0a1b"',
        "“sk-0a1b”",
        "\ufeffsk-0a1b\u200b",
        "sk-\n0a1b",
        "Bearer sk-0a1b",
        "bearer: sk-0a1b",
        "Authorization: Bearer sk-0a1b",
        '-H "Authorization: Bearer sk-0a1b"',
        "DASHSCOPE_API_KEY=sk-0a1b",
        'export DASHSCOPE_API_KEY="sk-0a1b"',
        "set OPENAI_API_KEY=sk-0a1b",
        "setx DASHSCOPE_API_KEY sk-0a1b",
        '$env:DASHSCOPE_API_KEY = "sk-0a1b"',
        "api_key='sk-0a1b',",
        "export\u3000DASHSCOPE_API_KEY=sk-0a1b；",
    ],
)
def test_a_key_is_found_in_what_was_pasted(paste: str) -> None:
    assert clean_key(paste) == "sk-0a1b"


@pytest.mark.parametrize("key", ["bearersk-1", "sk-ws.A_B-c=", "my_key", "0", "ollama"])
def test_a_key_that_looks_odd_stays_as_it_is(key: str) -> None:
    assert clean_key(key) == key


keys = st.text() | st.lists(
    st.sampled_from(
        ["Bearer", "bearer", " ", '"', "'", "A_KEY", "=", ":", "export ", "set", "-H", "sk-1", "\u200b"]
    )
).map("".join)


@given(keys)
def test_a_clean_key_stays_clean(paste: str) -> None:
    key = clean_key(paste)
    assert clean_key(key) == key
    assert key.isascii()
    assert key.isprintable()
    assert not set(key) & set(" \"'`")


@pytest.mark.parametrize(
    ("languages", "region"),
    [
        (["zh_CN.UTF-8"], "cn-beijing"),
        (["zh-Hant-TW", "en"], "cn-beijing"),
        (["", "", "en_US.UTF-8", "zh_CN"], "ap-southeast-1"),
        (["fr"], "ap-southeast-1"),
        ([], "ap-southeast-1"),
    ],
)
def test_the_region_to_begin_with_is_told_from_the_language(languages: list[str], region: Region) -> None:
    assert likely_region(languages) == region


def test_prices_are_known_for_the_service_only_and_in_its_regions_currency() -> None:
    assert currency_of(Endpoint(region="cn-beijing")) == "CNY"
    assert currency_of(Endpoint(region="ap-southeast-1")) == "USD"
    assert currency_of(Endpoint(region="cn-beijing", workspace="llm-1")) == "CNY"
    assert currency_of(pasted("https://dashscope.aliyuncs.com/compatible-mode/v1")) == "CNY"
    assert currency_of(pasted("https://dashscope-intl.aliyuncs.com/compatible-mode/v1")) == "USD"
    assert currency_of(pasted("http://localhost:8000/v1")) is None
    assert currency_of(Endpoint(region="cn-beijing", plan="coding")) is None


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        (" https://me:secret@host:8080/v1 ", "https://host:8080/v1"),
        ("https://me:sec@ret@host/v1", "https://host/v1"),
        ("me:secret@localhost:11434", "localhost:11434"),
        ("//me:secret@host/v1", "//host/v1"),
        ("https:/me:secret@host", "https:/host"),
        ("me:secret@http://me:secret@host/v1", "http://host/v1"),
        ("https://host/v1?key=secret", "https://host/v1"),
        ("https://host/v1#secret", "https://host/v1"),
        ("https://host/v1/@me/chat", "https://host/v1/@me/chat"),
        ("localhost:11434/v1", "localhost:11434/v1"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1"),
        ("", ""),
    ],
)
def test_what_is_secret_in_an_address_is_not_kept(pasted: str, kept: str) -> None:
    assert without_secrets(pasted) == kept


@given(st.text(max_size=40))
@example("0\x85#")
def test_an_address_is_kept_as_it_was_kept_before(pasted: str) -> None:
    kept = without_secrets(pasted)
    assert without_secrets(kept) == kept
