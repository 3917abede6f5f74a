"""Settings in one JSON file, replaced as a whole: a reader never meets half of one."""

import asyncio
import errno
import itertools
import os
import stat
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

from desktop.domain.endpoints import without_secrets
from desktop.domain.errors import SettingsError, SettingsNotSaved, SettingsOpenToOthers, SettingsUnreadable
from desktop.domain.proxies import without_credentials
from desktop.domain.settings import Settings, from_json, to_json
from desktop.regular import TooLarge, read_regular

LARGEST = 4 << 20
"""Bytes that are read before the window opens, in some 30 ms; ours are a few thousand."""


class SettingsFile:
    """Keeps settings in the file at `path`, for its user alone (a new folder 0700, the file 0600).

    `defaults` hold where nothing is stored.
    """

    def __init__(self, path: Path, defaults: Settings | None = None) -> None:
        self._path = path
        self._defaults = defaults or Settings()
        self._asked = 0
        self._written = 0
        self._writing = threading.Lock()

    def load(self) -> tuple[Settings, SettingsError | None]:
        """What is stored, or the defaults; read once, before there is a loop.

        A file that makes no sense, or that another user may have written, is set aside under a name of its
        own, and the error says which.
        """
        try:
            if _is_open_to_others(self._path):
                return self._defaults, self._set_aside(SettingsOpenToOthers)
            stored = from_json(read_regular(self._path, LARGEST).decode("utf-8"), self._defaults)
        except FileNotFoundError:
            return self._defaults, None
        except (ValueError, TooLarge):
            return self._defaults, self._set_aside(SettingsError)
        except OSError:
            return self._defaults, SettingsUnreadable(file=self._path.name)
        return _without_passwords(stored), None

    async def save(self, settings: Settings) -> None:
        """Replace the stored settings. Of several saves the one that was asked for last stays.

        A save that is cancelled may still be written. Raises `SettingsNotSaved`.
        """
        self._asked += 1
        try:
            await asyncio.to_thread(self._write, self._asked, to_json(settings))
        except OSError as error:
            raise SettingsNotSaved(folder=str(self._path.parent), detail=error.strerror or "") from error

    def _write(self, number: int, text: str) -> None:
        with self._writing:
            if number > self._written:
                # A lone surrogate, which a paste can bring, becomes its JSON escape.
                _replace(self._path.resolve(), text.encode("utf-8", "backslashreplace"))
                self._written = number

    def _set_aside(self, kind: type[SettingsError]) -> SettingsError:
        names = (f"{self._path.name}.broken-{number}" for number in itertools.count(1))
        aside = next(path for name in names if not os.path.lexists(path := self._path.with_name(name)))
        try:
            self._path.rename(aside)
        except OSError:
            return SettingsUnreadable(file=self._path.name)
        return kind(file=self._path.name, aside=aside.name)


def _without_passwords(settings: Settings) -> Settings:
    """What was written by hand into addresses is not written again."""
    for endpoint in settings.endpoints:
        if "@" in endpoint.base_url:
            bare = replace(endpoint, base_url=without_secrets(endpoint.base_url))
            settings = settings.with_replaced(endpoint, bare)
    return replace(settings, network=without_credentials(settings.network))


def _is_open_to_others(path: Path) -> bool:
    """Whether another user may have written what is at `path`, who is not the system's own.

    A proxy of theirs with an authority of theirs would see the keys.
    """
    if not hasattr(os, "getuid"):
        return False
    found = path.stat()
    return found.st_uid not in (0, os.getuid()) or bool(found.st_mode & stat.S_IWOTH)


def _replace(path: Path, data: bytes) -> None:
    """Put `data` in the place of `path` in one step, by way of a file beside it."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "Not a regular file", str(path))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
