"""What is known of each kind of server: complete, and free of contradictions."""

from typing import get_args
from urllib.parse import urlsplit

import pytest

from desktop.domain.endpoints import base_url, host_of, is_loopback, kind_at, profile_of, provider_host
from desktop.domain.models import DEFAULT_MODEL
from desktop.domain.profiles import OPTIONAL_FIELDS, PROFILES, ListKind, ThinkingSwitch
from desktop.domain.provider_errors import InvalidAddress
from desktop.domain.settings import Endpoint, ProviderKind
from desktop.storage.environment import environment_key

KINDS: tuple[ProviderKind, ...] = get_args(ProviderKind)
every_kind = pytest.mark.parametrize("kind", KINDS)
KEYS = {profile.key_variable: kind for kind, profile in PROFILES.items() if profile.key_variable}


def test_every_kind_has_a_profile_and_a_name_of_its_own() -> None:
    assert set(PROFILES) == set(KINDS)
    assert len({profile.name for profile in PROFILES.values()}) == len(KINDS)
    assert all(profile.name.strip() == profile.name != "" for profile in PROFILES.values())


@every_kind
def test_facts_are_of_known_sorts(kind: ProviderKind) -> None:
    profile = PROFILES[kind]

    assert profile.fields <= OPTIONAL_FIELDS
    assert profile.thinking_switch in get_args(ThinkingSwitch)
    assert profile.list_kind in get_args(ListKind)
    assert set(profile.reasoning_keys) == {"reasoning_content", "reasoning"}
    assert profile.limits.media_types >= {"image/png", "image/jpeg"}
    assert all(code == code.lower().replace("_", "") for code in profile.meanings)


@every_kind
def test_only_the_service_takes_its_own_field(kind: ProviderKind) -> None:
    assert ("vl_high_resolution_images" in PROFILES[kind].fields) is (kind == "dashscope")


def test_the_catalog_is_the_services() -> None:
    assert [kind for kind in KINDS if PROFILES[kind].has_catalog] == ["dashscope"]
    assert PROFILES["dashscope"].default_model == DEFAULT_MODEL


# ── addresses ───────────────────────────────────────────────────────────────────────────────────


@every_kind
def test_a_usual_address_is_one_that_can_be_asked_and_is_recognised(kind: ProviderKind) -> None:
    if url := PROFILES[kind].base_url:
        assert base_url(Endpoint(kind)) == url
        assert kind_at(url) == kind
        assert profile_of(Endpoint("custom", base_url=url)) is PROFILES[kind]


@every_kind
def test_local_servers_listen_here_and_others_are_asked_in_secret(kind: ProviderKind) -> None:
    profile = PROFILES[kind]
    parts = urlsplit(profile.base_url)
    if profile.is_local:
        assert is_loopback(profile.base_url)
        assert parts.port == profile.port
        assert not profile.wants_key
        assert not profile.hosts
    elif profile.base_url:
        assert parts.scheme == "https"
        assert parts.hostname in profile.hosts
        assert profile.wants_key


def test_no_two_listen_at_one_port() -> None:
    ports = [profile.port for profile in PROFILES.values() if profile.port]

    assert sorted(ports) == [1234, 8000, 8080, 11434]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://dashscope.aliyuncs.com/compatible-mode/v1", "dashscope"),
        ("https://llm-1.eu-central-1.maas.aliyuncs.com/compatible-mode/v1", "dashscope"),
        ("https://token-plan.cn-beijing.maas.aliyuncs.com/compatible-mode/v1", "dashscope"),
        ("https://coding-intl.dashscope.aliyuncs.com/v1", "dashscope"),
        ("https://api.openai.com/v1", "openai"),
        ("https://API.OpenAI.com:443/v1", "openai"),
        ("https://openrouter.ai/api/v1", "openrouter"),
        ("https://api.siliconflow.com/v1", "siliconflow"),
        ("http://127.0.0.1:11434/v1", "ollama"),
        ("http://[::1]:1234/v1", "lmstudio"),
        ("http://0.0.0.0:8000/v1", "vllm"),
        ("http://localhost:8080", "llamacpp"),
        ("http://localhost:4000/v1", "custom"),
        ("http://localhost/v1", "custom"),
        ("http://192.168.1.5:11434/v1", "custom"),
        ("https://api.openai.com.example.com/v1", "custom"),
        ("https://api.openai.com:8443/v1", "custom"),
        ("https://dashscope.aliyuncs.com.example.com/v1", "custom"),
    ],
)
def test_a_kind_is_told_by_its_address(url: str, kind: ProviderKind) -> None:
    assert kind_at(url) == kind


def test_a_kind_that_was_chosen_stays_wherever_it_is() -> None:
    elsewhere = Endpoint("vllm", base_url="http://gpu.example:9000/v1")

    assert profile_of(elsewhere) is PROFILES["vllm"]
    assert provider_host(elsewhere) == "gpu.example:9000"


@pytest.mark.parametrize("url", ["", "http://", "ftp://localhost:11434"])
def test_an_address_that_is_none_has_no_kind(url: str) -> None:
    with pytest.raises(InvalidAddress):
        kind_at(url)
    assert profile_of(Endpoint("custom", base_url=url)) is PROFILES["custom"]


# ── keys ────────────────────────────────────────────────────────────────────────────────────────


@every_kind
def test_whoever_wants_a_key_says_where_it_may_stand(kind: ProviderKind) -> None:
    profile = PROFILES[kind]

    assert bool(profile.key_variable) is profile.wants_key
    assert not profile.key_page or urlsplit(profile.key_page).scheme == "https"


@every_kind
def test_the_environments_keys_go_to_their_own_hosts_only(kind: ProviderKind) -> None:
    environ = {variable: f"sk-{owner}" for variable, owner in KEYS.items()}
    hosts = (*PROFILES[kind].hosts, provider_host(Endpoint(kind, base_url=PROFILES[kind].base_url)))
    expected = f"sk-{kind}" if PROFILES[kind].wants_key else None

    assert all(environment_key(host, environ) == expected for host in hosts if host)


@pytest.mark.parametrize("kind", KEYS.values())
def test_a_host_that_looks_like_it_gets_no_key(kind: ProviderKind) -> None:
    environ = {PROFILES[kind].key_variable: "sk-secret"}
    for host in (*PROFILES[kind].hosts, "dashscope.aliyuncs.com"):
        for alike in (f"{host}.example.com", f"evil-{host}", f"{host}:8443"):
            assert environment_key(host_of(f"https://{alike}/v1"), environ) is None
