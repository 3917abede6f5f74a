"""Which key goes to which server, and who answers."""

import asyncio
import ssl
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme

from desktop.connection import Connection, load_catalog
from desktop.domain.errors import KeyringLocked
from desktop.domain.images import ImageBytes
from desktop.domain.models import DEFAULT_MODEL, READER_MODEL, Listed
from desktop.domain.ports import KeyOrigin
from desktop.domain.provider_errors import InvalidAddress
from desktop.domain.refusals import KeyMissing, KeyRejected
from desktop.domain.settings import Endpoint, Network, Settings
from desktop.reader.reader import OnDeviceReader
from tests.support.drawer import Drawer
from tests.support.pictures import png
from tests.support.seed import CURL_BODY, ERROR_BODY
from tests.support.server import End, Received, Reply, Script, ScriptedServer, by_path, raw, whole
from tests.support.socks import SocksProxy

KEPT, GIVEN = "sk-kept", "sk-given"
BEIJING = "dashscope.aliyuncs.com"
SERVICE = Settings()
FAR = Settings(Endpoint("custom", base_url="https://models.example.com/v1"))
ENVIRON = {"DASHSCOPE_API_KEY": GIVEN, "OPENAI_API_KEY": "sk-openai"}


def connection(drawer: Drawer, **options: Any) -> Connection:
    return Connection(options.pop("environ", {}), secrets=drawer, **options)


def at(server: ScriptedServer) -> Settings:
    return Settings(Endpoint("custom", base_url=server.url), model="a-model")


MODELS = whole({"data": [{"id": "a-model"}]})


def lists_models(request: Received) -> Reply:
    return MODELS


def closing(made: Connection, work: Coroutine[Any, Any, Any]) -> Any:
    async def whole_life() -> Any:
        try:
            return await work
        finally:
            await made.aclose()

    return asyncio.run(whole_life())


@pytest.mark.parametrize(
    ("environ", "options", "settings", "found"),
    [
        ({}, {}, SERVICE, (KeyOrigin.KEYRING, KEPT)),
        (ENVIRON, {}, SERVICE, (KeyOrigin.KEYRING, KEPT)),
        (ENVIRON, {"environment_first": True}, SERVICE, (KeyOrigin.ENVIRONMENT, GIVEN)),
        (ENVIRON, {}, FAR, (KeyOrigin.NONE, None)),
        (ENVIRON, {"openai_variable": True}, FAR, (KeyOrigin.ENVIRONMENT, "sk-openai")),
    ],
)
def test_the_key_for_a_host_is_found(
    environ: dict[str, str],
    options: dict[str, bool],
    settings: Settings,
    found: tuple[KeyOrigin, str | None],
) -> None:
    made = connection(Drawer(keys={BEIJING: KEPT}), environ=environ, **options)

    assert asyncio.run(made._keys.find(settings)) == found


def test_a_locked_keyring_does_not_stand_before_a_key_of_the_environment() -> None:
    made = connection(Drawer(error=KeyringLocked()), environ=ENVIRON)

    assert asyncio.run(made.key_origin(SERVICE)) is KeyOrigin.ENVIRONMENT
    with pytest.raises(KeyringLocked):
        asyncio.run(made.key_origin(FAR))


def test_a_key_that_could_not_be_kept_holds_for_the_session() -> None:
    async def scenario() -> None:
        made = connection(Drawer(error=KeyringLocked()))
        with pytest.raises(KeyringLocked):
            await made.keep_key(SERVICE, KEPT)
        assert await made.key_origin(SERVICE) is KeyOrigin.SESSION

    asyncio.run(scenario())


def test_a_key_is_filed_under_its_host_and_forgotten_there() -> None:
    async def scenario() -> None:
        drawer = Drawer()
        made = connection(drawer)
        await made.keep_key(FAR, KEPT)
        assert drawer.keys == {"models.example.com": KEPT}
        await made.forget_key(FAR)
        assert await made.key_origin(FAR) is KeyOrigin.NONE

    asyncio.run(scenario())


def test_a_kept_key_is_shared_with_another_region_and_one_of_the_environment_is_not() -> None:
    async def scenario() -> None:
        drawer = Drawer()
        made, home = connection(drawer, environ=ENVIRON), Endpoint(region="ap-southeast-1")
        await made.share_key(SERVICE, home)
        assert not drawer.keys
        await made.keep_key(SERVICE, KEPT)
        await made.share_key(SERVICE, home)
        assert drawer.keys["dashscope-intl.aliyuncs.com"] == KEPT

    asyncio.run(scenario())


def test_a_server_on_this_machine_is_asked_though_the_keyring_is_locked() -> None:
    with ScriptedServer(lists_models) as server:
        made = connection(Drawer(error=KeyringLocked()))

        assert closing(made, made.models(at(server))) == (Listed("a-model"),)
        assert "authorization" not in server.requests[0].headers


def test_elsewhere_a_locked_keyring_is_told() -> None:
    made = connection(Drawer(error=KeyringLocked()))

    with pytest.raises(KeyringLocked):
        asyncio.run(made.source("a-model", FAR))


def test_a_test_sends_the_key_that_was_typed_or_else_the_one_that_is_kept() -> None:
    answers = by_path({"/models": whole({"data": [{"id": "a-model"}]}), "/completions": whole(CURL_BODY)})
    with ScriptedServer(answers) as server:
        made = connection(Drawer(keys={f"127.0.0.1:{server.port}": KEPT}))

        async def both() -> None:
            await made.check(at(server), "sk-typed")
            await made.check(at(server), None)

        closing(made, both())

        # The list may be anybody's to read: a word of the answer proves the key.
        sent = [(request.target, request.headers["authorization"]) for request in server.requests]
        assert sent == [
            (f"/v1/{path}", f"Bearer {key}")
            for key in ("sk-typed", KEPT)
            for path in ("models", "chat/completions")
        ]


def test_a_refused_key_stands_in_no_error() -> None:
    with ScriptedServer(lambda _: whole(ERROR_BODY, status=401)) as server:
        made = connection(Drawer())

        with pytest.raises(KeyRejected) as caught:
            closing(made, made.check(at(server), KEPT))

    assert KEPT not in f"{caught.value!r} {caught.value.detail} {caught.value.facts}"


def test_the_reader_needs_neither_key_nor_address() -> None:
    made = connection(Drawer(error=KeyringLocked()))
    nowhere = Settings(Endpoint("custom"))

    assert isinstance(asyncio.run(made.source(READER_MODEL, nowhere)), OnDeviceReader)
    with pytest.raises(InvalidAddress):
        asyncio.run(made.source("a-model", nowhere))


@pytest.mark.parametrize(
    ("drawer", "settings", "model"),
    [
        (Drawer(keys={BEIJING: KEPT}), SERVICE, DEFAULT_MODEL),
        (Drawer(), SERVICE, READER_MODEL),
        (Drawer(), Settings(model="qwen-vl-max"), "qwen-vl-max"),
        (Drawer(error=KeyringLocked()), SERVICE, READER_MODEL),
        (Drawer(keys={"models.example.com": KEPT}), FAR, READER_MODEL),
        (Drawer(), Settings(Endpoint("custom")), READER_MODEL),
    ],
)
def test_without_a_choice_the_best_that_works_answers(drawer: Drawer, settings: Settings, model: str) -> None:
    assert asyncio.run(connection(drawer).default_model(settings)) == model


def test_the_catalogue_that_ships_has_the_default_model() -> None:
    assert load_catalog().find(DEFAULT_MODEL) in load_catalog().models


def test_chat_and_links_share_the_ways_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority, serving = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("images.invalid").configure_cert(serving)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    answers = by_path({"/a.png": whole(png(), content_type="image/png"), "/models": MODELS})
    with ScriptedServer(answers, tls=serving) as server, SocksProxy(server.port) as proxy:
        for name, value in (("SSL_CERT_FILE", str(tmp_path / "ca.pem")), ("NO_PROXY", "")):
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("ALL_PROXY", f"socks5://{proxy.address}")
        made = connection(Drawer())
        far = Settings(Endpoint("custom", base_url="https://images.invalid/v1"))

        async def both() -> tuple[ImageBytes, tuple[Listed, ...]]:
            return await made.fetch("https://images.invalid/a.png"), await made.models(far)

        assert closing(made, both()) == (ImageBytes("a.png", png()), (Listed("a-model"),))
        assert proxy.asked == ["images.invalid:443"] * 2


# ── where a key is at home ──────────────────────────────────────────────────────────────────────

SINGAPORE = "dashscope-intl.aliyuncs.com"
REGIONAL = (
    "dashscope.aliyuncs.com",
    SINGAPORE,
    "dashscope-us.aliyuncs.com",
    "cn-hongkong.dashscope.aliyuncs.com",
)
REJECTED = whole(ERROR_BODY, status=401)


@contextmanager
def dashscope(
    script: Script, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[ScriptedServer, SocksProxy]]:
    """A server that every host of DashScope leads to."""
    authority, serving = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*REGIONAL).configure_cert(serving)
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    with ScriptedServer(script, tls=serving) as server, SocksProxy(server.port) as proxy:
        monkeypatch.setenv("SSL_CERT_FILE", str(folder / "ca.pem"))
        monkeypatch.setenv("NO_PROXY", "")
        monkeypatch.setenv("ALL_PROXY", f"socks5://{proxy.address}")
        yield server, proxy


def taken_at(host: str, reply: Reply = MODELS) -> Script:
    return lambda request: reply if request.headers["host"] == host else REJECTED


@pytest.mark.parametrize(
    "reply", [MODELS, whole({"error": {"code": "Arrearage", "message": "Overdue."}}, status=400)]
)
def test_the_region_that_takes_the_key_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reply: Reply
) -> None:
    with dashscope(taken_at(SINGAPORE, reply), tmp_path, monkeypatch) as (server, proxy):
        made = connection(Drawer(keys={BEIJING: KEPT}))
        home = closing(made, made.find_home(SERVICE, None))

    assert home == Endpoint(region="ap-southeast-1")
    assert f"{BEIJING}:443" not in proxy.asked
    assert {request.headers["authorization"] for request in server.requests} == {f"Bearer {KEPT}"}


def test_a_region_that_breaks_off_does_not_stop_the_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def script(request: Received) -> Reply:
        if request.headers["host"] == SINGAPORE:
            return raw(End.CUT)
        return taken_at("dashscope-us.aliyuncs.com")(request)

    with dashscope(script, tmp_path, monkeypatch):
        made = connection(Drawer())
        assert closing(made, made.find_home(SERVICE, GIVEN)) == Endpoint(region="us-east-1")


def test_a_key_that_is_at_home_nowhere_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with dashscope(lambda _: REJECTED, tmp_path, monkeypatch) as (server, _):
        made = connection(Drawer())
        with pytest.raises(KeyRejected):
            closing(made, made.find_home(SERVICE, GIVEN))
    assert {request.headers["host"] for request in server.requests} == set(REGIONAL) - {BEIJING}


def test_without_a_key_no_region_is_asked() -> None:
    made = connection(Drawer())
    with pytest.raises(KeyMissing):
        asyncio.run(made.find_home(SERVICE, None))


def test_a_key_is_shared_with_its_home_unless_the_environment_holds_it() -> None:
    async def scenario(drawer: Drawer, environ: dict[str, str]) -> None:
        made = connection(drawer, environ=environ)
        await made.share_key(SERVICE, Endpoint(region="ap-southeast-1"))

    drawer, bare = Drawer(keys={BEIJING: KEPT}), Drawer()
    asyncio.run(scenario(drawer, {}))
    asyncio.run(scenario(bare, ENVIRON))

    assert drawer.keys == {BEIJING: KEPT, SINGAPORE: KEPT}
    assert bare.keys == {}


def test_the_password_of_a_proxy_is_kept_and_forgotten() -> None:
    network = Network("custom", proxy_url="http://proxy.example:3128", proxy_user="me")

    async def scenario() -> None:
        made = connection(Drawer())
        assert not await made.has_proxy_password(network)
        await made.keep_proxy_password(network, "secret")
        assert await made.has_proxy_password(network)
        await made.keep_proxy_password(network, "")
        assert not await made.has_proxy_password(network)

    asyncio.run(scenario())
