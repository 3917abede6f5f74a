"""Settings in one JSON file, replaced as a whole: a reader never meets half of one."""

import asyncio
import itertools
import os
import tempfile
import threading
from pathlib import Path

from desktop.domain.errors import SettingsError, SettingsNotSaved, SettingsUnreadable
from desktop.domain.settings import Settings, from_json, to_json


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

        A file that makes no sense is set aside under a name of its own, and the error says which.
        """
        try:
            return from_json(self._path.read_text(encoding="utf-8"), self._defaults), None
        except FileNotFoundError:
            return self._defaults, None
        except OSError:
            return self._defaults, SettingsUnreadable(file=self._path.name)
        except ValueError:
            return self._defaults, self._set_aside()

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

    def _set_aside(self) -> SettingsError:
        names = (f"{self._path.name}.broken-{number}" for number in itertools.count(1))
        aside = next(path for name in names if not (path := self._path.with_name(name)).exists())
        try:
            self._path.rename(aside)
        except OSError:
            return SettingsUnreadable(file=self._path.name)
        return SettingsError(file=self._path.name, aside=aside.name)


def _replace(path: Path, data: bytes) -> None:
    """Put `data` in the place of `path` in one step, by way of a file beside it."""
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
