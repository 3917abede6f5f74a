"""What a Linux desktop is set to: read by its own program, and from its own file."""

import asyncio
import shutil
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from desktop.providers.desktop_proxy import desktop_proxies, is_excepted
from desktop.providers.proxies import SystemProxies

NONE = "org.gnome.system.proxy mode 'none'\norg.gnome.system.proxy.http host 'proxy.example'\n"
MANUAL = """\
org.gnome.system.proxy autoconfig-url ''
org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1', '*.intern.example']
org.gnome.system.proxy mode 'manual'
org.gnome.system.proxy.http authentication-password 'ge@heim'
org.gnome.system.proxy.http authentication-user 'me'
org.gnome.system.proxy.http host 'proxy.example'
org.gnome.system.proxy.http port 8080
org.gnome.system.proxy.http use-authentication true
org.gnome.system.proxy.https host ''
org.gnome.system.proxy.https port 0
org.gnome.system.proxy.socks host 'socks.example'
org.gnome.system.proxy.socks port 1080
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment whose only program is a `gsettings` that says what `says` writes down."""
    (tmp_path / "bin").mkdir()
    return {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}


def gsettings(environ: Mapping[str, str], script: str) -> None:
    program = Path(environ["PATH"], "gsettings")
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def says(environ: Mapping[str, str], text: str) -> None:
    gsettings(environ, f"while IFS= read -r line; do echo \"$line\"; done <<'END'\n{text}END")


# ── GNOME ───────────────────────────────────────────────────────────────────────────────────────


def test_what_is_set_by_hand_is_taken(environ: dict[str, str]) -> None:
    says(environ, MANUAL)
    found = desktop_proxies(environ)
    assert found is not None
    proxies, is_left_out = found
    assert proxies == {
        "http": "http://me:ge%40heim@proxy.example:8080",
        "https": "http://me:ge%40heim@proxy.example:8080",
        "socks": "socks://socks.example:1080",
    }
    assert is_left_out("git.intern.example", 443)
    assert not is_left_out("model.example", 443)


def test_https_has_its_own(environ: dict[str, str]) -> None:
    says(environ, MANUAL.replace("proxy.https host ''", "proxy.https host 'secure.example'"))
    found = desktop_proxies(environ)
    assert found is not None
    # GNOME means: for https, and itself without TLS.
    assert found[0]["https"] == "http://secure.example"


@pytest.mark.parametrize(
    "text",
    [NONE, MANUAL.replace("'manual'", "'auto'"), "", "No such schema “org.gnome.system.proxy”\n", "\ufffd\n"],
)
def test_nothing_set_by_hand_is_nothing(text: str, environ: dict[str, str]) -> None:
    says(environ, text)
    assert desktop_proxies(environ) is None


def test_without_the_program_there_is_nothing(environ: dict[str, str]) -> None:
    assert desktop_proxies(environ) is None


def test_odd_values_are_left_out(environ: dict[str, str]) -> None:
    says(environ, MANUAL.replace("['localhost',", "@as [").replace("8080", "what?"))
    found = desktop_proxies(environ)
    assert found is not None
    assert found[0]["http"] == "http://me:ge%40heim@proxy.example"


@pytest.mark.real
def test_the_real_program_says_it_likewise(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    program = shutil.which("gsettings")
    assert program is not None
    environ |= {"PATH": str(Path(program).parent), "GSETTINGS_BACKEND": "keyfile"}
    assert desktop_proxies(environ) is None
    folder = Path(environ["XDG_CONFIG_HOME"], "glib-2.0", "settings")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "keyfile").write_text(
        "[system/proxy]\nmode='manual'\nignore-hosts=['*.intern.example']\n"
        "[system/proxy/http]\nhost='proxy.example'\nport=8080\n",
        encoding="utf-8",
    )
    found = desktop_proxies(environ)
    assert found is not None
    assert found[0]["https"] == "http://proxy.example:8080"
    assert found[1]("git.intern.example", 443)


def test_variables_go_before_the_desktop(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    says(environ, MANUAL)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    for name in ("http_proxy", "https_proxy", "all_proxy", "socks_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)

    def proxy_for(url: str) -> str | None:
        proxy = asyncio.run(SystemProxies().proxy_for(httpx.URL(url)))
        return proxy and proxy.url

    assert proxy_for("https://model.example/v1") == "http://proxy.example:8080"
    assert proxy_for("https://git.intern.example/v1") is None
    # Exceptions alone are no proxy.
    monkeypatch.setenv("no_proxy", "localhost")
    assert proxy_for("https://model.example/v1") == "http://proxy.example:8080"
    monkeypatch.setenv("https_proxy", "http://other.example")
    assert proxy_for("https://model.example/v1") == "http://other.example"
    monkeypatch.setenv("no_proxy", "localhost, 10.0.0.0/8")
    assert proxy_for("https://10.1.2.3/v1") is None
    assert proxy_for("https://model.example/v1") == "http://other.example"


# ── KDE ─────────────────────────────────────────────────────────────────────────────────────────


def kde(environ: dict[str, str], text: str) -> None:
    environ["XDG_CURRENT_DESKTOP"] = "KDE"
    Path(environ["XDG_CONFIG_HOME"]).mkdir()
    Path(environ["XDG_CONFIG_HOME"], "kioslaverc").write_text(text, encoding="utf-8")


KIOSLAVERC = """\
PersistentProxyConnection=false
[Proxy Settings]
NoProxyFor=intern.example,10.0.0.0/8
Proxy Config Script=
ProxyType=1
httpProxy=http://proxy.example 8080
httpsProxy=http://secure.example:8443
socksProxy=
"""
PROXIES = {"http": "http://proxy.example:8080", "https": "http://secure.example:8443"}


@pytest.mark.parametrize("is_reversed", [False, True])
def test_kdes_file_is_read(is_reversed: bool, environ: dict[str, str]) -> None:
    exceptions = "ReversedException=true\n" if is_reversed else ""
    kde(environ, KIOSLAVERC + exceptions)
    found = desktop_proxies(environ)
    assert found is not None
    proxies, is_left_out = found
    assert proxies == PROXIES
    assert is_left_out("git.intern.example", 443) is not is_reversed
    assert is_left_out("model.example", 443) is is_reversed


@pytest.mark.parametrize(
    "text",
    ["", "[Proxy Settings]\nProxyType=0\n", "[Proxy Settings]\nProxyType=2\n", "no ini\n", "[Other]\n", "\0"],
)
def test_kde_without_a_proxy(text: str, environ: dict[str, str]) -> None:
    kde(environ, text)
    assert desktop_proxies(environ) is None


def test_kde_without_a_file(environ: dict[str, str]) -> None:
    assert desktop_proxies({**environ, "XDG_CURRENT_DESKTOP": "KDE"}) is None


# ── exceptions ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("exception", "host", "is_one"),
    [
        ("intern.example", "intern.example", True),
        ("intern.example", "git.intern.example", True),
        ("intern.example", "notintern.example", False),
        (".intern.example", "git.Intern.example", True),
        ("*.intern.example", "git.intern.example", True),
        ("10.0.0.0/8", "10.1.2.3", True),
        ("10.0.0.0/8", "11.1.2.3", False),
        ("10.0.0.0/8", "ten.example", False),
        ("192.168.1.5", "192.168.1.5", True),
        ("fe80::/10", "fe80::1", True),
        ("[::1]", "::1", True),
        ("intern.example:443", "intern.example", True),
        ("intern.example:80", "intern.example", False),
        ("intern.example:" + "9" * 5_000, "intern.example", False),
        ("*", "anything.example", True),
        (" ", "anything.example", False),
    ],
)
def test_who_is_asked_without(exception: str, host: str, is_one: bool) -> None:
    assert is_excepted(host, 443, ["", exception]) is is_one
