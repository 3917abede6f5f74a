"""DashScope's addresses: regions, hosts of workspaces and of plans, and where else a key may belong.

Sources: the service's pages "Compatibility with OpenAI" (hosts), "Get an API key" (consoles), "Coding Plan"
and "Token Plan", and "Error codes" under `invalid_api_key`; for the regions that sell plans, the presets of
the vendor's own Qwen Code (`alibaba-coding-plan.ts`, `alibaba-token-plan.ts`); 2026.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import get_args

from desktop.domain.provider_errors import InvalidAddress, WorkspaceMissing
from desktop.domain.settings import Endpoint, Plan, Region


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """One region; keys belong to one.

    `shared_url` serves every account (empty: workspaces have their own hosts only), `dedicated_url` (with
    `{workspace}`) one workspace of it; `key_page` is the console's page where keys are made. `plan_urls`: the
    hosts for the keys of plans.
    """

    shared_url: str
    dedicated_url: str
    key_page: str
    plan_urls: Mapping[Plan, str]


def _region(region: Region, host: str, key_page: str, coding_host: str = "") -> RegionFacts:
    dedicated = f"https://{{workspace}}.{region}.maas.aliyuncs.com/compatible-mode/v1"
    shared = f"https://{host}/compatible-mode/v1" if host else ""
    plans: dict[Plan, str] = {}
    if coding_host:
        plans["coding"] = f"https://{coding_host}/v1"
        plans["token"] = dedicated.format(workspace="token-plan")
    return RegionFacts(shared, dedicated, key_page, MappingProxyType(plans))


_CHINA = "https://bailian.console.aliyun.com/"
_WORLD = "https://modelstudio.console.alibabacloud.com/"

REGIONS: Mapping[Region, RegionFacts] = MappingProxyType(
    {
        "cn-beijing": _region(
            "cn-beijing",
            "dashscope.aliyuncs.com",
            f"{_CHINA}?tab=model#/api-key",
            "coding.dashscope.aliyuncs.com",
        ),
        "ap-southeast-1": _region(
            "ap-southeast-1",
            "dashscope-intl.aliyuncs.com",
            f"{_WORLD}?tab=model#/api-key",
            "coding-intl.dashscope.aliyuncs.com",
        ),
        "us-east-1": _region(
            "us-east-1", "dashscope-us.aliyuncs.com", f"{_WORLD}us-east-1?tab=model#/api-key"
        ),
        "cn-hongkong": _region(
            "cn-hongkong",
            "cn-hongkong.dashscope.aliyuncs.com",
            f"{_WORLD}cn-hongkong?tab=globalset#/efm/api_key",
        ),
        "eu-central-1": _region("eu-central-1", "", f"{_WORLD}eu-central-1?tab=globalset#/efm/api_key"),
        "ap-northeast-1": _region("ap-northeast-1", "", f"{_WORLD}ap-northeast-1?tab=globalset#/efm/api_key"),
    }
)

_HOST_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_HOST = re.compile(
    r"(?:[a-z0-9-]+\.)?dashscope(?:-[a-z]+)?\.aliyuncs\.com|[a-z0-9-]+\.[a-z0-9-]+\.maas\.aliyuncs\.com"
)
_BEIJING_HOSTS = ("dashscope.aliyuncs.com", "coding.dashscope.aliyuncs.com")
_PLAN_KEY = "sk-sp-"


def service_url(endpoint: Endpoint) -> str:
    """The address that `/chat/completions` is added to.

    Raises `WorkspaceMissing` where a region has no shared host, and `InvalidAddress` for a workspace that is
    no name of a host, or a plan that is not sold there.
    """
    facts, workspace = REGIONS[endpoint.region], endpoint.workspace.strip()
    if endpoint.plan != "usage":
        if (url := facts.plan_urls.get(endpoint.plan)) is None:
            raise InvalidAddress(address=f"{endpoint.plan} plan, {endpoint.region}")
        return url
    if workspace:
        if not _HOST_LABEL.fullmatch(workspace):
            raise InvalidAddress(address=workspace)
        return facts.dedicated_url.format(workspace=workspace)
    if not facts.shared_url:
        raise WorkspaceMissing(address=endpoint.region, region=endpoint.region)
    return facts.shared_url


def is_dashscope(host: str) -> bool:
    """Whether `host` (from `endpoints.host_of`) is the service's own: its port is the usual one, too."""
    return bool(_HOST.fullmatch(host))


def is_in_beijing(host: str) -> bool:
    """Whether the service's `host` is the region's where prices are in CNY."""
    return host in _BEIJING_HOSTS or ".cn-beijing." in host


def is_plan_key(key: str) -> bool:
    """Whether `key` is one of a plan's, which the ordinary hosts reject, and theirs the ordinary ones."""
    return key.startswith(_PLAN_KEY)


def other_homes(endpoint: Endpoint, key: str) -> tuple[Endpoint, ...]:
    """The other addresses of the service where `key` may be at home, the likeliest first."""
    plans: tuple[Plan, ...] = ("coding", "token") if is_plan_key(key) else ("usage",)
    regions: tuple[Region, ...] = get_args(Region)
    homes = (Endpoint(region=region, plan=plan) for plan in plans for region in regions)
    return tuple(home for home in homes if home != endpoint and _has_address(home))


def _has_address(endpoint: Endpoint) -> bool:
    try:
        service_url(endpoint)
    except InvalidAddress:
        return False
    return True
