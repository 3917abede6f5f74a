"""A proxy that, once it has agreed with a client, sends every connection to one port of this machine."""

import socket
import socketserver
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self


class ForwardingProxy:
    """What the ways of asking for a connection differ in, `agree`, is a subclass's."""

    def __init__(self, target_port: int) -> None:
        self._target_port = target_port
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                outer.agree(self.request)
                outer._forward(self.request)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="proxy")

    def agree(self, client: socket.socket) -> None:
        """Read how `client` asks, and grant it."""
        raise NotImplementedError

    def hear(self, data: bytes) -> None:
        """What the client sends through."""

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _forward(self, client: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self._target_port)) as target:
            back = threading.Thread(target=_pump, args=(target, client, lambda _: None))
            back.start()
            _pump(client, target, self.hear)
            back.join()


def _pump(source: socket.socket, sink: socket.socket, hear: Callable[[bytes], None]) -> None:
    try:
        while data := source.recv(65_536):
            hear(data)
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # one side has left; so does the other
