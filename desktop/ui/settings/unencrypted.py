"""What is said of a server that is asked over http, and the way back from having let keys go there."""

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.endpoints import base_url, is_readable_on_the_way, provider_host
from desktop.domain.provider_errors import InvalidAddress
from desktop.domain.settings import Endpoint, Settings
from desktop.ui.settings.field import Status, quiet_button
from desktop.ui.theme import SPACE
from desktop.viewmodels.settings import SettingsViewModel


class Unencrypted(QWidget):
    """A line about one `Endpoint`, and a button where its user let keys go there unencrypted."""

    def __init__(self, settings: SettingsViewModel) -> None:
        super().__init__()
        self._settings = settings
        self._host = ""
        self._words = Status("Encryption")
        self._take_back = quiet_button(self.tr("Send no key there"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._words)
        column.addWidget(self._take_back)
        self._take_back.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._take_back.clicked.connect(self._on_take_back_clicked)
        settings.changed.connect(self._show_leave)

    @staticmethod
    def concerns(endpoint: Endpoint) -> bool:
        """Whether there is anything to say of `endpoint`."""
        try:
            return is_readable_on_the_way(base_url(endpoint))
        except InvalidAddress:
            return False

    def show_endpoint(self, endpoint: Endpoint) -> None:
        self._host = provider_host(endpoint)
        self._show_leave(self._settings.settings)

    def _show_leave(self, settings: Settings) -> None:
        is_allowed = self._host in settings.key_over_http
        self._take_back.setVisible(is_allowed)
        self._words.say(
            self.tr("http:// is not encrypted. You let the key be sent there all the same.")
            if is_allowed
            else self.tr("http:// is not encrypted: no key is sent there unless you allow it.")
        )

    def _on_take_back_clicked(self) -> None:
        self._settings.allow_key_over_http(self._host, is_allowed=False)
