"""DashScope's addresses: regions, workspaces, plans, and where else a key may be at home."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.dashscope import (
    REGIONS,
    is_dashscope,
    is_in_beijing,
    is_plan_key,
    other_homes,
    service_url,
)
from desktop.domain.endpoints import host_of, profile_of, provider_host
from desktop.domain.provider_errors import InvalidAddress, WorkspaceMissing
from desktop.domain.settings import Endpoint, Plan, Region

KEY, PLAN_KEY = "sk-0123456789abcdef0123456789abcdef", "sk-sp-0123456789abcdef"
every_region = pytest.mark.parametrize("region", get_args(Region))


def test_all_regions_are_known() -> None:
    assert set(REGIONS) == set(get_args(Region))


@every_region
def test_a_workspace_has_its_own_host_in_every_region(region: Region) -> None:
    host = host_of(service_url(Endpoint(region=region, workspace="llm-1")))

    assert host == f"llm-1.{region}.maas.aliyuncs.com"
    assert is_dashscope(host)


@every_region
def test_a_region_without_a_shared_host_asks_for_the_workspace(region: Region) -> None:
    if REGIONS[region].shared_url:
        assert is_dashscope(host_of(service_url(Endpoint(region=region))))
    else:
        with pytest.raises(WorkspaceMissing) as missing:
            service_url(Endpoint(region=region))
        assert missing.value.facts["region"] == region


@pytest.mark.parametrize(
    ("region", "plan", "url"),
    [
        ("cn-beijing", "coding", "https://coding.dashscope.aliyuncs.com/v1"),
        ("ap-southeast-1", "coding", "https://coding-intl.dashscope.aliyuncs.com/v1"),
        ("cn-beijing", "token", "https://token-plan.cn-beijing.maas.aliyuncs.com/compatible-mode/v1"),
        ("ap-southeast-1", "token", "https://token-plan.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1"),
    ],
)
def test_plans_have_hosts_of_their_own(region: Region, plan: Plan, url: str) -> None:
    assert service_url(Endpoint(region=region, plan=plan, workspace="llm-1")) == url
    assert is_dashscope(host_of(url))


def test_a_plan_that_is_not_sold_in_a_region_has_no_address() -> None:
    with pytest.raises(InvalidAddress):
        service_url(Endpoint(region="eu-central-1", plan="coding"))


def test_a_plan_keeps_the_profile_of_the_service() -> None:
    assert profile_of(Endpoint("custom", base_url="https://coding.dashscope.aliyuncs.com/v1")).has_catalog


def test_the_keys_of_plans_are_recognised() -> None:
    assert is_plan_key(PLAN_KEY)
    assert not is_plan_key(KEY)
    assert not is_plan_key("sk-ws.abc")


def test_a_rejected_key_may_be_at_home_in_another_region() -> None:
    homes = other_homes(Endpoint(region="cn-beijing"), KEY)

    assert [home.region for home in homes] == ["ap-southeast-1", "us-east-1", "cn-hongkong"]
    assert {home.plan for home in homes} == {"usage"}


def test_the_key_of_a_plan_is_at_home_at_a_plans_host() -> None:
    homes = other_homes(Endpoint(region="cn-beijing", plan="coding"), PLAN_KEY)

    assert [(home.plan, home.region) for home in homes] == [
        ("coding", "ap-southeast-1"),
        ("token", "cn-beijing"),
        ("token", "ap-southeast-1"),
    ]


asked = st.builds(
    Endpoint,
    st.just("dashscope"),
    st.sampled_from(get_args(Region)),
    st.sampled_from(get_args(Plan)),
    st.sampled_from(["", "llm-1"]),
)


@given(endpoint=asked, key=st.sampled_from([KEY, PLAN_KEY]))
def test_every_other_home_can_be_asked_and_is_another(endpoint: Endpoint, key: str) -> None:
    homes = other_homes(endpoint, key)

    assert endpoint not in homes
    assert len({provider_host(home) for home in homes}) == len(homes)
    assert all(is_dashscope(provider_host(home)) for home in homes)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("dashscope.aliyuncs.com", True),
        ("coding.dashscope.aliyuncs.com", True),
        ("llm-1.cn-beijing.maas.aliyuncs.com", True),
        ("dashscope-intl.aliyuncs.com", False),
        ("cn-hongkong.dashscope.aliyuncs.com", False),
        ("llm-1.eu-central-1.maas.aliyuncs.com", False),
    ],
)
def test_beijings_hosts_are_known(host: str, expected: bool) -> None:
    assert is_in_beijing(host) is expected
