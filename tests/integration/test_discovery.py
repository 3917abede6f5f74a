"""Servers on this machine are found over real sockets, and nothing is left of the search."""

import asyncio
import gzip
import socket
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.models import Listed
from desktop.domain.ports import FoundServer
from desktop.domain.profiles import PROFILES
from desktop.domain.settings import Endpoint, ProviderKind
from desktop.providers import discovery
from desktop.providers.discovery import USUAL_PORTS, find_local
from desktop.providers.http import client_over
from desktop.providers.routes import open_routes
from tests.support.server import End, Gate, Reply, Script, ScriptedServer, by_path, raw, whole

PATIENT = 20.0
"""Seconds; only searches that find an answer have so many."""

SHORT = 0.2
"""Seconds, for searches that find none."""

Ports = Mapping[ProviderKind, int]


def find(ports: Ports, seconds: float = PATIENT) -> tuple[FoundServer, ...]:
    """What is found; fails where a task or a connection is left."""

    async def scenario() -> tuple[FoundServer, ...]:
        async with client_over(await open_routes()) as client:
            found = await find_local(client, seconds, ports)
            assert asyncio.all_tasks() == {asyncio.current_task()}
            assert not open_to(ports)
        return found

    return asyncio.run(scenario())


def open_to(ports: Ports) -> list[str]:
    """The established connections of this machine that lead to `ports`, as the kernel lists them."""
    rows = [
        row.split() for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")) for row in lines_of(table)
    ]
    return [remote for _, _, remote, state, *_ in rows if state == "01" and port_in(remote) in ports.values()]


def lines_of(table: Path) -> list[str]:
    return table.read_text(encoding="ascii").splitlines()[1:]


def port_in(address: str) -> int:
    return int(address.rpartition(":")[2], 16)


def found_by(kind: ProviderKind, script: Script, seconds: float = PATIENT) -> tuple[FoundServer, ...]:
    """What is found at the usual port of `kind`, with the port of the scripted server."""
    with ScriptedServer(script) as server:
        found = find({kind: server.port}, seconds)
        assert all(each.endpoint.base_url == server.url for each in found)
        assert not any("authorization" in request.headers for request in server.requests)
    return found


def model_list(owner: str, *model_ids: str) -> Reply:
    entries = [{"id": each, "object": "model", "owned_by": owner} for each in model_ids]
    return whole({"object": "list", "data": entries})


def listed(owner: str) -> Script:
    return by_path({"/v1/models": model_list(owner, "m")})


# ── who they are ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("owner", "kind"),
    [
        ("library", "ollama"),
        ("organization_owner", "lmstudio"),
        ("llamacpp", "llamacpp"),
        ("vllm", "vllm"),
    ],
)
def test_a_server_is_known_by_what_it_says_at_whatever_port(owner: str, kind: ProviderKind) -> None:
    for port_of in USUAL_PORTS:
        (found,) = found_by(port_of, listed(owner))

        assert found.endpoint.provider == kind
        assert found.models == (Listed("m"),)


def test_one_that_says_nothing_is_taken_for_that_of_its_port() -> None:
    (found,) = found_by("llamacpp", listed("somebody"))

    assert found.endpoint.provider == "llamacpp"


def test_an_ollama_without_a_model_is_found() -> None:
    (found,) = found_by("ollama", by_path({"/v1/models": whole({"object": "list", "data": None})}))

    assert (found.endpoint.provider, found.models) == ("ollama", ())


def test_what_a_server_tells_of_its_models_is_asked_for() -> None:
    tags = {"models": [{"name": "m", "capabilities": ["completion", "vision"]}]}
    script = by_path({"/v1/models": model_list("library", "m"), "/api/tags": whole(tags)})
    (found,) = found_by("ollama", script)

    assert found.models == (Listed("m", sees=True, thinking="none"),)


def test_a_server_that_tells_no_more_in_time_is_found_all_the_same() -> None:
    script = by_path({"/v1/models": model_list("library", "m"), "/api/tags": raw(End.HANG)})
    (found,) = found_by("ollama", script, seconds=2.0)

    assert found.models == (Listed("m"),)


def test_a_server_at_its_usual_port_has_the_usual_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedServer(listed("vllm")) as server:
        usual = replace(PROFILES["vllm"], port=server.port)
        monkeypatch.setattr(discovery, "PROFILES", {**PROFILES, "vllm": usual})
        (found,) = find({"vllm": server.port})

    assert found.endpoint == Endpoint("vllm")


# ── several ─────────────────────────────────────────────────────────────────────────────────────


def test_all_are_asked_at_once() -> None:
    gate = Gate()
    waiting = Reply((gate, *model_list("library", "a").steps))
    with (
        ScriptedServer(by_path({"/v1/models": waiting})) as first,
        ScriptedServer(lambda _: opened(gate, model_list("vllm", "b"))) as second,
    ):
        found = find({"ollama": first.port, "vllm": second.port, "lmstudio": free_port()})

    assert [each.endpoint.provider for each in found] == ["ollama", "vllm"]


def opened(gate: Gate, reply: Reply) -> Reply:
    gate.open()
    return reply


def test_a_server_that_listens_at_the_other_address_only_is_found() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as listening:
        port = listening.getsockname()[1]
        answering = threading.Thread(target=answer_once, args=(listening, model_list("vllm", "m")))
        answering.start()
        (found,) = find({"vllm": port})
        answering.join()

    assert found == FoundServer(Endpoint("vllm", base_url=f"http://[::1]:{port}/v1"), (Listed("m"),))


def answer_once(listening: socket.socket, reply: Reply) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.recv(65_536)
        connection.sendall(b"".join(step for step in reply.steps if isinstance(step, bytes)))


# ── whoever is none ─────────────────────────────────────────────────────────────────────────────


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def test_where_nothing_listens_nothing_is_found() -> None:
    assert find({"ollama": free_port(), "vllm": free_port()}) == ()
    assert find({}) == ()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
NO_SERVERS = {
    "a web page": whole(b"<html>Jenkins</html>", content_type="text/html"),
    "other JSON": whole({"status": "up"}),
    "nothing": whole(b""),
    "not found": whole({"detail": "Not Found"}, status=404),
    "a key wanted": whole({"error": "Unauthorized"}, status=401),
    "somewhere else": whole(b"", status=302, headers={"Location": "http://127.0.0.1:9/v1/models"}),
    "packed, though not asked for": whole(
        gzip.compress(b'{"data": []}'), headers={"Content-Encoding": "gzip"}
    ),
    "no HTTP": raw(b"SSH-2.0-OpenSSH_9.6\r\n", End.CUT),
    "cut off": raw(HEAD + b"Content-Length: 99\r\n\r\n", b'{"data": [', End.CUT),
    "reset": raw(End.RESET),
    "too much": raw(HEAD + b"\r\n", b'{"data": [', b" " * 1_100_000, b"]}", End.CUT),
}


@pytest.mark.parametrize("reply", NO_SERVERS.values(), ids=NO_SERVERS)
def test_whoever_is_no_server_of_models_is_not_shown(reply: Reply) -> None:
    assert found_by("llamacpp", lambda _: reply) == ()


SILENT = {
    "silent": raw(End.HANG),
    "silent after the head": raw(HEAD + b"Content-Length: 99\r\n\r\n", End.HANG),
    "silent in its list": raw(HEAD + b"Content-Length: 99\r\n\r\n", b'{"data": [', End.HANG),
}


@pytest.mark.parametrize("reply", SILENT.values(), ids=SILENT)
def test_whoever_keeps_silent_is_not_waited_for(reply: Reply) -> None:
    assert found_by("vllm", lambda _: reply, SHORT) == ()


def test_a_search_that_is_given_up_leaves_nothing() -> None:
    async def scenario(server: ScriptedServer, gate: Gate) -> None:
        ports: Ports = {"vllm": server.port}
        async with client_over(await open_routes()) as client:
            search = asyncio.create_task(find_local(client, PATIENT, ports))
            await asyncio.to_thread(gate.reached.wait)
            search.cancel()
            with pytest.raises(asyncio.CancelledError):
                await search
            assert asyncio.all_tasks() == {asyncio.current_task()}
            assert not open_to(ports)

    gate = Gate()
    with ScriptedServer(lambda _: Reply((gate,))) as server:
        asyncio.run(scenario(server, gate))
