"""A proxy that, once it has agreed with a client, sends every connection to one port of this machine."""

import socket
import threading
from abc import abstractmethod
from collections.abc import Callable

from tests.support.threaded_server import ThreadedServer


class ForwardingProxy(ThreadedServer):
    """What the ways of asking for a connection differ in, `agree`, is a subclass's."""

    def __init__(self, target_port: int) -> None:
        super().__init__()
        self._target_port = target_port

    @abstractmethod
    def agree(self, client: socket.socket) -> None:
        """Read how `client` asks, and grant it."""

    def hear(self, data: bytes) -> None:
        """What the client sends through."""

    def serve(self, client: socket.socket) -> None:
        self.agree(client)
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
