"""A SOCKS5 proxy that sends every connection to one port of this machine, whatever name is asked for."""

import socket
import struct

from tests.support.forwarding import ForwardingProxy

_GREETING = b"\x05\x00"
_GRANTED = b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"


class SocksProxy(ForwardingProxy):
    """`asked` lists the `host:port` of each connection, as the client named it (RFC 1928)."""

    def __init__(self, target_port: int) -> None:
        self.asked: list[str] = []
        super().__init__(target_port)

    def agree(self, client: socket.socket) -> None:
        # Unbuffered: what the client says next is not for the proxy.
        incoming = client.makefile("rb", buffering=0)
        _, methods = incoming.read(2)
        incoming.read(methods)
        client.sendall(_GREETING)
        _, _, _, kind = incoming.read(4)
        assert kind == 3, "a host by name"
        name = incoming.read(incoming.read(1)[0]).decode()
        (port,) = struct.unpack(">H", incoming.read(2))
        self.asked.append(f"{name}:{port}")
        client.sendall(_GRANTED)
