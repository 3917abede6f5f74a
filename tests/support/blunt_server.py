"""A listener that speaks no HTTP, for whatever comes before it: TLS, proxies, other programs' ports."""

import socket
import struct

from tests.support.server import End
from tests.support.threaded_server import ThreadedServer


class BluntServer(ThreadedServer):
    """Says `answers` into every connection, each after it has heard something, and hangs up."""

    def __init__(self, *answers: bytes | End) -> None:
        super().__init__()
        self._answers = answers

    def serve(self, client: socket.socket) -> None:
        for answer in self._answers:
            if not client.recv(65_536) or not _says(answer, client):
                break


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
