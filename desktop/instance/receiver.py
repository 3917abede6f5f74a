"""The ear of the running app: later starts meet it on a socket that only their user can open."""

import logging

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.instance.message import MAX_BYTES, REFUSED, TAKEN, decoded
from desktop.instance.peer import is_same_user

MOST_CALLERS = 64
"""At a time. A start that is turned away tries again."""

SILENCE_MS = 5_000
"""How long a caller may take to say its line, and to hear the answer."""

_log = logging.getLogger(__name__)


class Receiver(QObject):
    """Listens at an address for what later starts hand over; never waits for any of them.

    Signals:
        handed_over: The `Handover` of another start.
    """

    handed_over = Signal(object)

    def __init__(self, silence_ms: int = SILENCE_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._silence_ms = silence_ms
        self._callers: set[_Caller] = set()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_server_new_connection)

    def listen(self, address: str) -> None:
        """Listen at `address`, which only who has the app's lock may do: what is left there is removed."""
        QLocalServer.removeServer(address)
        if not self._server.listen(address):
            # The app goes on alone; a second start will say that it does not answer.
            _log.warning("no other start can be heard")

    def close(self) -> None:
        """Hear nobody any more: who comes now, or was not yet answered, becomes the next app."""
        self._server.close()
        for caller in tuple(self._callers):
            caller.hang_up()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _on_server_new_connection(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            if len(self._callers) >= MOST_CALLERS or not is_same_user(socket.socketDescriptor()):
                socket.abort()
                socket.deleteLater()
                continue
            caller = _Caller(socket, self._silence_ms, self)
            self._callers.add(caller)
            caller.left.connect(self._on_caller_left)
            caller.said.connect(self._on_caller_said)

    def _on_caller_said(self, caller: "_Caller", line: bytes) -> None:
        if (handover := decoded(line)) is None:
            caller.answer(REFUSED)
            return
        self.handed_over.emit(handover)
        caller.answer(TAKEN)

    def _on_caller_left(self, caller: "_Caller") -> None:
        self._callers.discard(caller)
        caller.deleteLater()


class _Caller(QObject):
    """One connection.

    Signals:
        said: This caller, and the line that it has said; empty if that is too long.
        left: This caller has gone.
    """

    said = Signal(object, bytes)
    left = Signal(object)

    def __init__(self, socket: QLocalSocket, silence_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._heard = bytearray()
        self._socket = socket
        socket.setParent(self)
        socket.setReadBufferSize(MAX_BYTES)
        socket.readyRead.connect(self._on_socket_ready_read)
        socket.disconnected.connect(self._on_socket_disconnected)
        QTimer.singleShot(silence_ms, self, self.hang_up)
        if socket.bytesAvailable():
            self._on_socket_ready_read()

    def answer(self, word: bytes) -> None:
        self._socket.write(word)
        self._socket.disconnectFromServer()

    def hang_up(self) -> None:
        self._socket.abort()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _on_socket_ready_read(self) -> None:
        came = bytes(self._socket.readAll().data())
        self._heard += came
        is_too_long = len(self._heard) > MAX_BYTES
        if is_too_long or b"\n" in came:
            self._socket.readyRead.disconnect(self._on_socket_ready_read)
            line, _, _ = bytes(self._heard).partition(b"\n")
            self.said.emit(self, b"" if is_too_long else line)

    def _on_socket_disconnected(self) -> None:
        self.left.emit(self)
