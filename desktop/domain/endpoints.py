"""Where questions go: the regions of DashScope, base URLs as people paste them, and keys likewise."""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from desktop.domain.errors import InvalidAddress
from desktop.domain.models import Currency
from desktop.domain.settings import Endpoint, Region

DASHSCOPE_KEY_VARIABLE = "DASHSCOPE_API_KEY"
"""The environment variable that may hold a key for DashScope's hosts, and for no others."""


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """One region of DashScope; keys belong to one region.

    `shared_url` serves every account, `dedicated_url` (with `{workspace}`) one workspace of it;
    `key_page` is the console's page where keys are made.
    """

    shared_url: str
    dedicated_url: str
    key_page: str


def _region(region: Region, host: str, key_page: str) -> RegionFacts:
    return RegionFacts(
        f"https://{host}/compatible-mode/v1",
        f"https://{{workspace}}.{region}.maas.aliyuncs.com/compatible-mode/v1",
        key_page,
    )


# Sources: the service's pages "Compatibility with OpenAI" (hosts) and "Get an API key" (consoles), 2026.
REGIONS: Mapping[Region, RegionFacts] = MappingProxyType(
    {
        "cn-beijing": _region(
            "cn-beijing",
            "dashscope.aliyuncs.com",
            "https://bailian.console.aliyun.com/?tab=model#/api-key",
        ),
        "ap-southeast-1": _region(
            "ap-southeast-1",
            "dashscope-intl.aliyuncs.com",
            "https://modelstudio.console.alibabacloud.com/?tab=model#/api-key",
        ),
        "us-east-1": _region(
            "us-east-1",
            "dashscope-us.aliyuncs.com",
            "https://modelstudio.console.alibabacloud.com/us-east-1?tab=model#/api-key",
        ),
        "cn-hongkong": _region(
            "cn-hongkong",
            "cn-hongkong.dashscope.aliyuncs.com",
            "https://modelstudio.console.alibabacloud.com/cn-hongkong?tab=globalset#/efm/api_key",
        ),
    }
)

_DEFAULT_PORT = {"http": 80, "https": 443}
_HOST_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_DASHSCOPE_HOST = re.compile(
    r"(?:[a-z0-9-]+\.)?dashscope(?:-[a-z]+)?\.aliyuncs\.com|[a-z0-9-]+\.[a-z0-9-]+\.maas\.aliyuncs\.com"
)
_UNFIT_FOR_HOST = re.compile(r"[^\w.:-]")
_UNFIT_FOR_URL = re.compile(r"[\s\\<>\"{}|^`\x00-\x1f\x7f]")
_BEFORE_KEY = re.compile(
    r"""[\s"'`]*
        (?: -H\b | --header\b
          | authorization\s*:
          | bearer (?=[\s"':]|$) :?
          | (?:export|setx|set) \s+ | \$env:
          | [A-Z][A-Z0-9_]*_KEY (?:\s*[=:] | \s)
        )
        [\s"'`]*""",
    re.VERBOSE | re.IGNORECASE,
)
_NEVER_IN_KEY = re.compile(r"""[\s"'`;,]+""")


def likely_region(languages: Iterable[str]) -> Region:
    """The region to begin with, told from the user's `languages` (as "zh_CN.UTF-8" or "zh-Hant-TW").

    Keys belong to one region: Chinese speakers mostly have Beijing's, others Singapore's.
    """
    for language in languages:
        if language:
            return "cn-beijing" if language.lower().startswith("zh") else "ap-southeast-1"
    return "ap-southeast-1"


def currency_of(endpoint: Endpoint) -> Currency | None:
    """What the catalog's prices are in there; None for servers whose prices it does not know."""
    if endpoint.provider != "dashscope":
        return None
    return "CNY" if endpoint.region == "cn-beijing" else "USD"


def base_url(endpoint: Endpoint) -> str:
    """The address that `/chat/completions` is added to, without a slash at its end.

    Raises `InvalidAddress`.
    """
    if endpoint.provider == "openai_compatible":
        return _pasted_url(endpoint.base_url)
    facts, workspace = REGIONS[endpoint.region], endpoint.workspace.strip()
    if not workspace:
        return facts.shared_url
    if not _HOST_LABEL.fullmatch(workspace):
        raise InvalidAddress(address=workspace)
    return facts.dedicated_url.format(workspace=workspace)


def host_of(url: str) -> str:
    """The name of a server as shown to the user and used to file its key: `host` or `host:port`.

    The port is left out where it is the scheme's own. Raises `InvalidAddress`.
    """
    parts = _split(url)
    host, port = (parts.hostname or "").rstrip("."), parts.port
    host = f"[{host}]" if ":" in host else host
    return host if port in (None, _DEFAULT_PORT[parts.scheme]) else f"{host}:{port}"


def provider_host(endpoint: Endpoint) -> str:
    """The server's name, as `host_of` says it; empty while its address cannot be used."""
    try:
        return host_of(base_url(endpoint))
    except InvalidAddress:
        return ""


def is_loopback(url: str) -> bool:
    """Whether `url` names this machine. Raises `InvalidAddress`."""
    host = (_split(url).hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    # Servers print "http://0.0.0.0:8000" as their own address, and people paste it.
    return mapped.is_loopback or mapped.is_unspecified


def is_dashscope(host: str) -> bool:
    """Whether `host` (from `host_of`) is the service's own: its port is the usual one, too."""
    return bool(_DASHSCOPE_HOST.fullmatch(host))


def clean_key(pasted: str) -> str:
    """The key in what was pasted: without blanks, quotes, `Bearer`, `export NAME=`, as printable ASCII.

    May be empty. Cleaning twice changes nothing.
    """
    text = "".join(char for char in pasted if char.isspace() or " " < char <= "~").strip()
    while before := _BEFORE_KEY.match(text):
        text = text[before.end() :]
    key = _NEVER_IN_KEY.sub("", text)
    # Without its blanks and quotes it may have become one more `NAME=key`.
    return key if key == pasted else clean_key(key)


def _pasted_url(pasted: str) -> str:
    parts = _split(_with_scheme(pasted.strip()))
    path = parts.path.rstrip("/").removesuffix("/chat/completions").rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path}"


def _with_scheme(address: str) -> str:
    """`localhost:11434/v1` is what people copy out of a server's log."""
    if not address or "://" in address or address.startswith("/"):
        return address
    return f"{'http' if is_loopback(f'http://{address}') else 'https'}://{address}"


def _split(url: str) -> SplitResult:
    """`url` in its parts; what is not plainly the address of a web server raises `InvalidAddress`."""
    try:
        parts = urlsplit(url)
        if _is_plain(url, parts):
            return parts
    except ValueError:
        pass  # a port beyond 65535, a broken IPv6 address
    raise InvalidAddress(address=re.sub(r"//[^/]*@", "//", url))


def _is_plain(url: str, parts: SplitResult) -> bool:
    host = parts.hostname or ""
    named = bool(host.strip(".")) and ".." not in host and not _UNFIT_FOR_HOST.search(host)
    # A password in the address would be shown and stored with it; a query would end up inside the path.
    extras = parts.query or parts.fragment or "@" in parts.netloc or _UNFIT_FOR_URL.search(url)
    return named and not extras and parts.scheme in _DEFAULT_PORT and parts.port != 0
