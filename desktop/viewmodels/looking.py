"""Which of the servers the settings show."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain.settings import Endpoint

if TYPE_CHECKING:
    from desktop.viewmodels.settings import SettingsViewModel


class Looking(QObject):
    """The server that is asked next, unless another was wished for.

    Signals:
        changed: This `Endpoint` is to be shown.
    """

    changed = Signal(object)

    def __init__(self, settings: "SettingsViewModel") -> None:
        super().__init__()
        self._settings = settings
        self._wished: Endpoint | None = None

    @property
    def endpoint(self) -> Endpoint:
        now = self._settings.settings
        return self._wished if self._wished in now.endpoints else now.endpoint

    def look_at(self, endpoint: Endpoint) -> None:
        self._wished = endpoint
        self.changed.emit(endpoint)

    def look_away(self) -> None:
        """From the next time on show whichever is asked next."""
        self._wished = None
