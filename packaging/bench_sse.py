"""What it costs to read a streamed answer: `python packaging/bench_sse.py OUT.json`.

The server is a process of its own on a real socket, and so is each client; all clients run on the app's event
loop. Chunks of eight characters come as fast as they are read, each an HTTP chunk of its own: what it costs
to wake up for one that comes alone is the same for all.

sse_vs_openai_sdk: CPU of the openai SDK's stream, by that of the app's source of answers.
sse_over_raw_httpx: the app's, by httpx whose bytes are thrown away.
first_delta_frames: from the socket to the paint, for deltas that come 0.1 s apart; median.
reused_connection: CPU up to an answer's first byte, over TLS, of a client that is made for it, by that of the
app's, whose connection is open.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from statistics import median

import certifi
import trustme
from dressed import dressed_app
from environment import Environment
from figure import Figure, write
from first_delta import journeys
from line_process import LineProcess, line_process
from PySide6.QtWidgets import QApplication
from set_up import CHECKOUT

from desktop.runtime.loop import qt_loop

CHUNKS, _ROUNDS = 10_000, 5
_CONNECTIONS = 15
_DELTAS = 40
_FRAME_SECONDS = 1 / 60


def main() -> int:
    """Measure, and write the figures to the path that is given."""
    with dressed_app() as app:
        found = [*streams(CHUNKS, _ROUNDS), first_delta(app, _DELTAS), reused_connection(_CONNECTIONS)]
        write(Path(sys.argv[1]), found)
    return 0


# ── chunks ──────────────────────────────────────────────────────────────────────────────────────


def streams(chunks: int, rounds: int, ways: Sequence[str] = ("app", "raw", "sdk")) -> list[Figure]:
    """What each of `ways` takes for so many chunks; without `sdk` there is no figure about it."""
    with server(0.0) as url, ExitStack() as stack:
        clients = {way: stack.enter_context(_client(way, url)) for way in ways}
        cpu: dict[str, list[float]] = {way: [] for way in ways}
        for number in range(rounds + 1):
            for way, client in clients.items():
                spent = float(client.ask(chunks))
                if number:  # the first round warms up
                    cpu[way].append(spent)
    for way, each in cpu.items():
        print(f"{way}: {median(each) / chunks * 10_000:.2f} s of CPU for 10 000 chunks", flush=True)
    return list(_stream_figures(cpu))


def _stream_figures(cpu: Mapping[str, Sequence[float]]) -> Iterator[Figure]:
    if "sdk" in cpu:
        value = _ratio(cpu["sdk"], cpu["app"])
        yield Figure("sse_vs_openai_sdk", value, "ratio", 8.0, "the openai SDK's stream", "higher")
    value = _ratio(cpu["app"], cpu["raw"])
    yield Figure("sse_over_raw_httpx", value, "ratio", 1.6, "httpx, its bytes thrown away")


def _ratio(over: Sequence[float], under: Sequence[float]) -> float:
    return median(a / b for a, b in zip(over, under, strict=True))


def _client(way: str, url: str) -> AbstractContextManager[LineProcess]:
    found_in = {"PYTHONPATH": str(Environment(CHECKOUT).rivals)} if way == "sdk" else {}
    return line_process("sse_client", way, url, **found_in)


# ── one delta ───────────────────────────────────────────────────────────────────────────────────


def first_delta(app: QApplication, deltas: int, seconds: float = 0.1) -> Figure:
    """How many frames of 60 Hz a delta is on its way, when they come so many seconds apart."""
    with server(seconds) as url, qt_loop(app) as loop:
        found = loop.run_until_complete(journeys(url, deltas))
    print(f"{len(found)} deltas: {min(found) * 1000:.1f} to {max(found) * 1000:.1f} ms", flush=True)
    words = "1/60 s: from the server's write to the end of the paint"
    return Figure("first_delta_frames", median(found) / _FRAME_SECONDS, "ratio", 1.0, words)


# ── one connection ──────────────────────────────────────────────────────────────────────────────


def reused_connection(rounds: int) -> Figure:
    """CPU up to the first byte of an answer, with a new client and with one that is connected."""
    with tempfile.TemporaryDirectory() as folder:
        certificate, trusted = _certificates(Path(folder))
        with server(0.0, str(certificate)) as url:
            secure = url.replace("http:", "https:")
            # As large as what a client trusts by default: to read it is most of what making one takes.
            with line_process("connection_client", secure, SSL_CERT_FILE=str(trusted)) as client:
                found = [tuple(map(float, client.ask("").split())) for _ in range(rounds + 1)][1:]
    fresh, warm = (1000 * median(each) for each in zip(*found, strict=True))
    print(f"to the first byte: {fresh:.1f} ms of CPU with a fresh client, {warm:.2f} ms with the warm one")
    ratio = median(a / b for a, b in found)
    return Figure("reused_connection", ratio, "ratio", 20.0, "a default httpx client, made for it", "higher")


def _certificates(folder: Path) -> tuple[Path, Path]:
    """A server's certificate with its key, and all authorities of certifi with the one that signed it."""
    authority, certificate, trusted = trustme.CA(), folder / "server.pem", folder / "trusted.pem"
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(certificate)
    trusted.write_bytes(Path(certifi.where()).read_bytes() + authority.cert_pem.bytes())
    return certificate, trusted


@contextmanager
def server(seconds: float, *certificate: str) -> Iterator[str]:
    """The address of a server that lets so many seconds pass between two chunks."""
    with line_process("sse_server", str(seconds), *certificate) as process:
        yield f"http://127.0.0.1:{process.read()}/v1"


if __name__ == "__main__":
    raise SystemExit(main())
