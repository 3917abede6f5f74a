"""The way of every start: hand over to the app that runs, or be it."""

import time

from PySide6.QtNetwork import QLocalSocket

from desktop.domain.handover_errors import AppHangs, HandoverRefused, HandoverTooLong
from desktop.instance.lock import InstanceLock, locked
from desktop.instance.message import MAX_BYTES, REFUSED, TAKEN, Handover, encoded
from desktop.instance.peer import is_same_user
from desktop.instance.place import MeetingPlace

PATIENCE = 10.0
"""Seconds until a running app that does not answer is said to hang. A start takes less than one, and so does
an end; a thread that must not stand still for 8 ms has stood for all of these."""

_PAUSE = 0.05


def claim(handover: Handover, place: MeetingPlace, patience: float = PATIENCE) -> InstanceLock | None:
    """The lock of the app for this process, or None once the app that runs has taken `handover`.

    An app that has the lock and does not listen is just starting, or ending: then this one waits for its
    socket, or for its lock. Blocks for up to `patience` seconds.

    Raises:
        AppHangs: It does neither. No second window opens then, as in Firefox and qutebrowser: two processes
            on one history would each take the other's answers for cut off, and the one that hangs may
            only be waiting for a disk.
        HandoverRefused, HandoverTooLong: The app that runs will not take this.
    """
    deadline = time.monotonic() + patience
    while not _is_taken(handover, place.address, deadline):
        if lock := locked(place.locks):
            return lock
        if time.monotonic() >= deadline:
            raise AppHangs
        time.sleep(_PAUSE)
    return None


def _is_taken(handover: Handover, address: str, deadline: float) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(_left(deadline)) or not is_same_user(socket.socketDescriptor()):
        return False
    line = encoded(handover)
    if len(line) > MAX_BYTES:
        raise HandoverTooLong
    socket.write(line)
    while not socket.canReadLine() and socket.waitForReadyRead(_left(deadline)):
        pass
    answer = bytes(socket.readLine().data())
    if answer == REFUSED:
        raise HandoverRefused
    return answer == TAKEN


def _left(deadline: float) -> int:
    """Milliseconds."""
    return max(0, round(1000 * (deadline - time.monotonic())))
