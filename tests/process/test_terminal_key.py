"""Where `viewfinder ask` sends a key, as its user sees it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.provider_errors import KeyInTheClear
from desktop.terminal import KEY_ALL_THE_SAME, Exit
from tests.support import seed
from tests.support.server import ScriptedServer, events
from tests.support.terminal import KEY, Terminal, lines

FAR = ("--base-url", "http://model.test:8000/v1", "--model", "a-model")


@pytest.fixture
def network() -> Iterator[ScriptedServer]:
    """A network in which every name is known: a proxy that is all servers."""
    with ScriptedServer(lambda _: events(seed.CURL_STREAM)) as proxy:
        yield proxy


def test_over_http_a_key_is_sent_for_once_when_asked_to(tmp_path: Path, network: ScriptedServer) -> None:
    terminal = Terminal(tmp_path, network)
    question = ("ask", str(terminal.picture), *FAR)
    way = {"OPENAI_API_KEY": KEY, "http_proxy": f"http://127.0.0.1:{network.port}"}
    refusal = f"{KeyInTheClear(host='model.test:8000')}\n{KEY_ALL_THE_SAME}\n"

    done = terminal.run(*question, **way)
    assert (done.returncode, done.stdout, done.stderr) == (Exit.FAILED, "", refusal)
    assert not network.connections

    done = terminal.run(*question, "--key-over-http", **way)
    assert (done.returncode, done.stderr) == (Exit.ANSWERED, "")
    (request,) = network.requests
    assert request.headers["authorization"] == f"Bearer {KEY}"

    done = terminal.run(*question, "--json", **way)
    (entry,) = lines(done.stdout)
    assert (entry["kind"], entry["next_step"]) == ("key_in_the_clear", "send_unencrypted")
    assert len(network.requests) == 1
