"""A proxy that connects whoever asks by CONNECT to one port of this machine."""

import socket
import socketserver
import threading
from types import TracebackType
from typing import Self


class Tunnel:
    """`heads` are what clients ask with; `passed` is all that they send through."""

    def __init__(self, target_port: int) -> None:
        self.heads: list[str] = []
        self.passed = bytearray()
        self._target_port = target_port
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                outer._serve(self.request)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="tunnel")

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

    def _serve(self, client: socket.socket) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += client.recv(1)
        self.heads.append(head.decode())
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with socket.create_connection(("127.0.0.1", self._target_port)) as target:
            back = threading.Thread(target=self._pump, args=(target, client))
            back.start()
            self._pump(client, target, heard=self.passed)
            back.join()

    def _pump(self, source: socket.socket, sink: socket.socket, heard: bytearray | None = None) -> None:
        try:
            while data := source.recv(65_536):
                if heard is not None:
                    heard += data
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # one side has left; so does the other
