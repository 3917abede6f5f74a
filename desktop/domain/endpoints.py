"""Where questions go: addresses of servers as people paste them, and keys likewise."""

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from desktop.domain.dashscope import is_dashscope, is_in_beijing, service_url
from desktop.domain.models import Currency
from desktop.domain.profiles import PROFILES, Profile
from desktop.domain.provider_errors import InvalidAddress
from desktop.domain.public import literal
from desktop.domain.settings import Endpoint, ProviderKind, Region

_DEFAULT_PORT = {"http": 80, "https": 443}
_UNFIT_FOR_HOST = re.compile(r"[^\w.:-]")
_UNFIT_FOR_URL = re.compile(r"[\s\\<>\"{}|^`\x00-\x1f\x7f]")
_AFTER_BRACKET = re.compile(r"\][^:]")
# The last `@` before the path ends them: passwords are pasted as they are.
_CREDENTIALS = re.compile(r"^((?:[a-z][\w+.-]*:(?=/))?/*)[^/]*@", re.IGNORECASE)
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


def profile_of(endpoint: Endpoint) -> Profile:
    """What is known of the kind of server; one at an address of the user's own is told by its host."""
    return PROFILES[_kind_of(endpoint)]


def _kind_of(endpoint: Endpoint) -> ProviderKind:
    if endpoint.provider != "custom":
        return endpoint.provider
    try:
        return kind_at(base_url(endpoint))
    except InvalidAddress:
        return "custom"


def has_regions(endpoint: Endpoint) -> bool:
    """Whether region, plan and workspace tell its address, and not `base_url`."""
    return endpoint.provider == "dashscope"


def kind_at(url: str) -> ProviderKind:
    """The kind of server at `url` as its host tells, or as its port does on this machine.

    Raises `InvalidAddress`.
    """
    host, port = host_of(url), _split(url).port
    if is_dashscope(host):
        return "dashscope"
    near = port is not None and is_loopback(url)
    found = (k for k, known in PROFILES.items() if host in known.hosts or (near and known.port == port))
    return next(found, "custom")


def currency_of(endpoint: Endpoint) -> Currency | None:
    """What the catalog's prices are in there; None for servers and plans whose prices it does not know."""
    if not profile_of(endpoint).has_catalog or endpoint.plan != "usage":
        return None
    return "CNY" if is_in_beijing(provider_host(endpoint)) else "USD"


def base_url(endpoint: Endpoint) -> str:
    """The address that `/chat/completions` is added to, without a slash at its end.

    Raises `InvalidAddress`.
    """
    if has_regions(endpoint):
        return service_url(endpoint)
    return _pasted_url(endpoint.base_url or PROFILES[endpoint.provider].base_url)


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
    return names_this_machine(_split(url).hostname or "")


def is_readable_on_the_way(url: str) -> bool:
    """Whether what is sent to `url` leaves this machine unencrypted. Raises `InvalidAddress`."""
    return _split(url).scheme == "http" and not is_loopback(url)


def names_this_machine(host: str) -> bool:
    """Whether `host`, a name in small letters or an address, is to be found on this machine only.

    A resolver may say otherwise of a name: `providers/sockets.py` looks where it led.
    """
    host = host.rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    address = literal(host)
    if address is None:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    # Servers print "http://0.0.0.0:8000" as their own address, and people paste it.
    return mapped.is_loopback or mapped.is_unspecified


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


def without_secrets(pasted: str) -> str:
    """An address as it may be stored: without user, password, query and fragment, where keys may stand."""
    address = re.split(r"[?#]", pasted.strip(), maxsplit=1)[0]
    # What stood behind one user may begin with another: `a:b@http://c:d@host`.
    while (kept := _CREDENTIALS.sub(r"\1", address).strip()) != address:
        address = kept
    return address


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
    # Behind an IPv6 address httpx takes a port without its colon: the key was filed for another.
    named = named and not _AFTER_BRACKET.search(parts.netloc)
    # A password in the address would be shown and stored with it; a query would end up inside the path.
    extras = parts.query or parts.fragment or "@" in parts.netloc or _UNFIT_FOR_URL.search(url)
    return named and not extras and parts.scheme in _DEFAULT_PORT and parts.port != 0
