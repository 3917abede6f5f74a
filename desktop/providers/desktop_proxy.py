"""The proxy that a Linux desktop is set to, where no variable tells: GNOME's settings, and KDE's."""

import ast
import configparser
import os
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import quote

Excepted = Callable[[str, int], bool]
"""Whether a host is asked without the proxy, at a port."""

_SECONDS = 2.0
"""`gsettings` takes 20 ms."""

_KINDS = ("http", "https", "socks")


def desktop_proxies(environ: Mapping[str, str] = os.environ) -> tuple[dict[str, str], Excepted] | None:
    """Proxies by scheme, and who is asked without: for a thread. None where nothing is set.

    Scripts that choose a proxy (PAC) are not run.
    """
    if "KDE" in environ.get("XDG_CURRENT_DESKTOP", "").split(":"):
        return _of_kde(environ)
    return _of_gnome(environ)


def is_excepted(host: str, port: int, exceptions: Iterable[str]) -> bool:
    """Whether one of `exceptions` names `host`: a name and all below it, an address, a net; maybe a port."""
    return any(_names(exception.strip().lower(), host.lower(), port) for exception in exceptions)


# ── GNOME, and those that took over its settings ────────────────────────────────────────────────


def _of_gnome(environ: Mapping[str, str]) -> tuple[dict[str, str], Excepted] | None:
    settings = _gsettings(environ)
    if settings.get(" mode") != "manual":
        return None
    proxies = {kind: address for kind in _KINDS if (address := _gnome_address(kind, settings))}
    # As GNOME has it: what is set for http is for https too, unless that has its own.
    if "http" in proxies:
        proxies.setdefault("https", proxies["http"])
    ignored = settings.get(" ignore-hosts")
    exceptions = [str(host) for host in ignored] if isinstance(ignored, list) else []
    return proxies, lambda host, port: is_excepted(host, port, exceptions)


def _gnome_address(kind: str, settings: Mapping[str, object]) -> str | None:
    host, port = settings.get(f".{kind} host"), settings.get(f".{kind} port")
    if not host:
        return None
    user, password = (
        quote(str(settings.get(f".{kind} authentication-{part}", "")), safe="")
        for part in ("user", "password")
    )
    is_used = settings.get(f".{kind} use-authentication") is True and user
    # The kind of address that is asked for: the proxy itself is spoken to without TLS.
    scheme = "socks" if kind == "socks" else "http"
    return f"{scheme}://{f'{user}:{password}@' if is_used else ''}{host}{f':{port}' if port else ''}"


_LINE = re.compile(r"org\.gnome\.system\.proxy(\.\w+)? ([\w-]+) (?:@as |uint32 )?(.*)")


def _gsettings(environ: Mapping[str, str]) -> dict[str, object]:
    """Values by ".http host", " mode" and the like; none where there is no `gsettings`."""
    command = ("gsettings", "list-recursively", "org.gnome.system.proxy")
    try:
        told = subprocess.run(  # noqa: S603 - nothing in it comes from outside
            command,
            capture_output=True,
            timeout=_SECONDS,
            stdin=subprocess.DEVNULL,
            check=False,
            env=environ,
        )
    except (OSError, subprocess.SubprocessError):
        return {}
    lines = map(_LINE.fullmatch, told.stdout.decode(errors="replace").splitlines())
    return {f"{line[1] or ''} {line[2]}": _value(line[3]) for line in lines if line}


def _value(text: str) -> object:
    """A value in the text form of GVariant, of which strings, lists of them and numbers are as Python's."""
    if text in ("true", "false"):
        return text == "true"
    with suppress(ValueError, SyntaxError):
        return ast.literal_eval(text)
    return None


# ── KDE ─────────────────────────────────────────────────────────────────────────────────────────

_MANUAL = "1"


def _of_kde(environ: Mapping[str, str]) -> tuple[dict[str, str], Excepted] | None:
    folder = environ.get("XDG_CONFIG_HOME") or Path(environ.get("HOME", "")) / ".config"
    file = configparser.ConfigParser(interpolation=None, strict=False, allow_no_value=True)
    try:
        text = Path(folder, "kioslaverc").read_text("utf-8")
        # KDE writes settings above the first group.
        file.read_string(f"[Above]\n{text}")
        settings = file["Proxy Settings"]
    except (KeyError, OSError, ValueError, configparser.Error):
        return None
    if settings.get("ProxyType") != _MANUAL:
        return None
    # "http://host 8080": the port stands apart.
    named = {kind: settings.get(f"{kind}Proxy", "").strip().replace(" ", ":") for kind in _KINDS}
    exceptions = settings.get("NoProxyFor", "").split(",")
    is_reversed = settings.get("ReversedException", "").lower() == "true"
    proxies = {kind: address for kind, address in named.items() if address}
    return proxies, lambda host, port: is_excepted(host, port, exceptions) != is_reversed


# ── exceptions ──────────────────────────────────────────────────────────────────────────────────


def _names(exception: str, host: str, port: int) -> bool:
    if not exception:
        return False
    with suppress(ValueError):
        return ip_address(host.strip("[]")) in ip_network(exception.strip("[]"), strict=False)
    name, _, at = exception.rpartition(":") if re.search(r":\d+$", exception) else (exception, "", "")
    if at and at.lstrip("0") != str(port):  # as a number it may be too long for one
        return False
    name = name.lstrip("*").lstrip(".")
    return not name or host == name or host.endswith(f".{name}")
