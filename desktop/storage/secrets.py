"""Keys in the system's own keyring, and nowhere else.

The library `keyring` is imported in its own thread at first use: it costs 150 ms, and a call may wait for
as long as the system's password prompt stays open.
"""

import asyncio
import math
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from desktop.domain.errors import KeyringLocked, KeyringSlow, NoKeyring, SecretError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_ENCRYPTING = ("SecretService", "libsecret", "kwallet", "macOS", "Windows")
"""The modules of `keyring.backends` that keep what they are given encrypted."""


@dataclass(frozen=True, slots=True)
class _Call:
    operation: Literal["get", "set", "delete"]
    host: str
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class _Asked:
    call: _Call
    answer: "Future[str | None]" = field(repr=False)


class KeyringSecrets:
    """Keeps one key for each host under the name of a service, as `secret-tool` and others show them.

    A call that takes longer than `time_limit` seconds raises `KeyringSlow`, but it goes on: what was to be
    kept will be kept once the prompt is answered, and asking the same again waits for the same call.
    Nothing of this holds up the end of the process. Only keyrings that encrypt are used; where the library
    would write plain text, there is `NoKeyring`.
    """

    def __init__(self, service: str = "viewfinder", *, time_limit: float = 20.0) -> None:
        self._service = service
        self._time_limit = time_limit
        self._calls: queue.SimpleQueue[_Asked] = queue.SimpleQueue()
        self._last: dict[str, _Asked] = {}
        # Not an executor: the interpreter waits for those at its end.
        self._thread = threading.Thread(target=self._work, name="keyring", daemon=True)

    async def get(self, host: str) -> str | None:
        return await self._ask(_Call("get", host))

    async def set(self, host: str, key: str) -> None:
        await self._ask(_Call("set", host, key))

    async def delete(self, host: str) -> None:
        """Forget the key of `host`; no key is no error."""
        await self._ask(_Call("delete", host))

    async def _ask(self, call: _Call) -> str | None:
        answer = self._unanswered(call) or self._send(call)
        try:
            async with asyncio.timeout(self._time_limit):
                return await asyncio.wrap_future(answer)
        except TimeoutError:
            raise KeyringSlow(seconds=math.ceil(self._time_limit)) from None

    def _unanswered(self, call: _Call) -> "Future[str | None] | None":
        """The answer still to come, if `call` is the last that was asked for its host."""
        last = self._last.get(call.host)
        return last.answer if last and last.call == call and not last.answer.done() else None

    def _send(self, call: _Call) -> "Future[str | None]":
        asked = _Asked(call, Future())
        # From here on, whoever stops waiting does not take the call back.
        asked.answer.set_running_or_notify_cancel()
        self._last[call.host] = asked
        self._calls.put(asked)
        if self._thread.ident is None:
            self._thread.start()
        return asked.answer

    def _work(self) -> None:
        while True:
            asked = self._calls.get()
            try:
                asked.answer.set_result(_perform(self._service, asked.call))
            except Exception as error:  # noqa: BLE001 - backends raise what they like
                asked.answer.set_exception(_translated(error))


def keyring_name(time_limit: float = 2.0) -> str:
    """The class of the keyring that is used, for a report of a bug. Waits up to `time_limit` seconds.

    In a thread of its own, which nobody has to wait for: to find the keyring is to ask the system's.
    """
    found: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=lambda: found.put(_name(_backend())), name="keyring name", daemon=True).start()
    try:
        return found.get(timeout=time_limit)
    except queue.Empty:
        return "no answer"


def _name(backend: "KeyringBackend | None") -> str:
    return "none" if backend is None else f"{type(backend).__module__}.{type(backend).__qualname__}"


def _perform(service: str, call: _Call) -> str | None:
    backend = _backend()
    if backend is None:
        raise NoKeyring
    match call.operation:
        case "get":
            return backend.get_password(service, call.host) if _can_hold_keys(backend) else None
        case "set":
            backend.set_password(service, call.host, call.key)
        case "delete":
            _delete(backend, service, call.host)
    return None


def _can_hold_keys(backend: "KeyringBackend") -> bool:
    """False where a Secret Service has no collection yet: to look for a key would make one, and make the
    system ask for a new password at the start of the app.
    """
    if not type(backend).__module__.endswith(".SecretService"):
        return True
    import secretstorage  # noqa: PLC0415 - see above

    with closing(secretstorage.dbus_init()) as bus:
        try:
            secretstorage.Collection(bus)
        except secretstorage.ItemNotFoundException:
            return False
    return True


def _delete(backend: "KeyringBackend", service: str, host: str) -> None:
    from keyring.errors import PasswordDeleteError  # noqa: PLC0415 - see above

    try:
        backend.delete_password(service, host)
    except PasswordDeleteError:
        # Raised for a key that is not there, too.
        if backend.get_password(service, host) is not None:
            raise


def _backend() -> "KeyringBackend | None":
    """What the system, or the user's own settings of the library, offer; None if it does not encrypt."""
    try:
        import keyring  # noqa: PLC0415 - see above

        chosen = keyring.get_keyring()
        # A chain would go on to the next keyring, whatever it is.
        candidates = getattr(chosen, "backends", [chosen])
    except Exception:  # noqa: BLE001 - a wrong setting can raise anything
        return None
    return next(filter(_encrypts, candidates), None)


def _encrypts(backend: "KeyringBackend") -> bool:
    package, _, module = type(backend).__module__.rpartition(".")
    return package == "keyring.backends" and module in _ENCRYPTING


def _translated(error: Exception) -> SecretError:
    """The error to show. The other's text is dropped: nobody promises that no key is in it."""
    if isinstance(error, SecretError):
        return error
    from keyring import errors  # noqa: PLC0415 - see above

    kinds: tuple[tuple[type[Exception], Callable[[], SecretError]], ...] = (
        (errors.NoKeyringError, NoKeyring),
        (errors.KeyringLocked, KeyringLocked),
        (errors.InitError, KeyringLocked),
    )
    for raised, shown in kinds:
        if isinstance(error, raised):
            return shown()
    return SecretError(detail=type(error).__name__)
