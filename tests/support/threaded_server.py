"""A listener on a free port of this machine, with a thread for each connection."""

import socket
import socketserver
import threading
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class ThreadedServer(ABC):
    """Listens between `with` and its end; what it says is a subclass's."""

    def __init__(self) -> None:
        self._clients: set[socket.socket] = set()
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                outer._keep(self.request)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="listener")

    @abstractmethod
    def serve(self, client: socket.socket) -> None:
        """Talk with `client`, which is hung up on at the end; an `OSError` says that it has left."""

    @property
    def port(self) -> int:
        port: int = self._server.server_address[1]
        return port

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

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

    def _keep(self, client: socket.socket) -> None:
        self._clients.add(client)
        try:
            self.serve(client)
        except OSError:
            pass  # the client has left
        finally:
            self._clients.discard(client)
