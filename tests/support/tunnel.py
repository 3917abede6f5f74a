"""A proxy that connects whoever asks by CONNECT to one port of this machine."""

import socket

from tests.support.forwarding import ForwardingProxy


class Tunnel(ForwardingProxy):
    """`heads` are what clients ask with; `passed` is all that they send through."""

    def __init__(self, target_port: int) -> None:
        self.heads: list[str] = []
        self.passed = bytearray()
        super().__init__(target_port)

    def agree(self, client: socket.socket) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += client.recv(1)
        self.heads.append(head.decode())
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")

    def hear(self, data: bytes) -> None:
        self.passed += data
