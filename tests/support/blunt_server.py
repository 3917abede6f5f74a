"""A listener that speaks no HTTP, for whatever comes before it: TLS, proxies, other programs' ports."""

import socket
import socketserver
import struct
import threading
from types import TracebackType
from typing import Self

from tests.support.server import End


class BluntServer:
    """Says `answers` into every connection, each after it has heard something, and hangs up."""

    def __init__(self, *answers: bytes | End) -> None:
        self._answers = answers
        self._clients: set[socket.socket] = set()
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                outer._serve(self.request)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="blunt server")

    @property
    def port(self) -> int:
        port: int = self._server.server_address[1]
        return port

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        for client in tuple(self._clients):
            client.shutdown(socket.SHUT_RDWR)
        self._server.server_close()

    def _serve(self, client: socket.socket) -> None:
        self._clients.add(client)
        try:
            for answer in self._answers:
                if not client.recv(65_536) or not _says(answer, client):
                    break
        except OSError:
            pass  # the client has left
        finally:
            self._clients.discard(client)


def _says(answer: bytes | End, client: socket.socket) -> bool:
    """Whether the conversation goes on."""
    if isinstance(answer, bytes):
        client.sendall(answer)
        return True
    if answer is End.RESET:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if answer is End.HANG:
        while client.recv(65_536):
            pass
    return False
