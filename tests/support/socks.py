"""A SOCKS5 proxy that sends every connection to one port of this machine, whatever name is asked for."""

import socket
import socketserver
import struct
import threading
from types import TracebackType
from typing import Self

_GREETING = b"\x05\x00"
_GRANTED = b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"


class SocksProxy:
    """`asked` lists the `host:port` of each connection, as the client named it (RFC 1928)."""

    def __init__(self, target_port: int) -> None:
        self.asked: list[str] = []
        self._target_port = target_port
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                outer._serve(self.request)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="SOCKS proxy")

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
        incoming = client.makefile("rb")
        _, methods = incoming.read(2)
        incoming.read(methods)
        client.sendall(_GREETING)
        _, _, _, kind = incoming.read(4)
        assert kind == 3, "a host by name"
        name = incoming.read(incoming.read(1)[0]).decode()
        (port,) = struct.unpack(">H", incoming.read(2))
        self.asked.append(f"{name}:{port}")
        client.sendall(_GRANTED)
        with socket.create_connection(("127.0.0.1", self._target_port)) as target:
            back = threading.Thread(target=_pump, args=(target, client))
            back.start()
            _pump(client, target)
            back.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65_536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # one side has left; so does the other
