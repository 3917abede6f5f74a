"""Which servers answer, where they are, and their keys."""

from collections.abc import Iterator

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.domain.endpoints import has_regions, profile_of, provider_host
from desktop.domain.settings import Endpoint
from desktop.ui.settings.address_fields import AddressFields
from desktop.ui.settings.field import form_in, row
from desktop.ui.settings.key_fields import KeyFields
from desktop.ui.settings.server_list import ServerList
from desktop.ui.settings.trial import Trial
from desktop.ui.settings.unencrypted import Unencrypted
from desktop.viewmodels.settings import SettingsViewModel


class ConnectionPage(QWidget):
    """The list of servers, and one of them in its fields.

    Signals:
        page_requested: The web page where keys are made is to be opened.
        network_requested: The page about the network is to be shown.
    """

    page_requested = Signal(QUrl)
    network_requested = Signal()

    def __init__(self, settings: SettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._servers = settings.servers
        self._form = form_in()
        self._list: ServerList
        self._address: AddressFields
        self._unencrypted: Unencrypted
        self._key: KeyFields
        self._trial: Trial

    def fill(self) -> Iterator[None]:
        """Make what stands here, in steps of which each is short; it is complete after the last."""
        self._list = ServerList(self._settings, self)
        row(self._form, self.tr("Servers"), "Server list", self._list)
        yield
        self._address = AddressFields(self._form, self)
        self._unencrypted = Unencrypted(self._settings)
        self._form.addRow("", self._unencrypted)
        yield
        self._key = KeyFields(self._form, self._servers, self)
        yield
        self._trial = Trial(self._settings, self._key)
        self._place()
        yield
        # Only now, because of what may have changed since the first step.
        self._known = self._servers.endpoints
        self._bind()
        self._show(self._servers.looking.endpoint)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _place(self) -> None:
        self._form.addRow("", self._trial)
        search = QCheckBox(self.tr("Find servers on this computer"))
        search.setAccessibleName("Find servers on this computer")
        search.setChecked(self._settings.settings.find_local)
        search.toggled.connect(self._on_search_toggled)
        self._form.addRow("", search)
        column = QVBoxLayout(self)
        column.addLayout(self._form)
        column.addStretch(1)
        self._key.order_stops()

    def _bind(self) -> None:
        self._list.chosen.connect(self._on_list_chosen)
        self._list.added.connect(self._on_list_added)
        self._address.edited.connect(self._put)
        self._key.typed.connect(self._trial.judge)
        self._key.page_requested.connect(self.page_requested)
        self._trial.address_wanted.connect(self._put)
        self._trial.home_wanted.connect(self._on_trial_home_wanted)
        self._trial.network_requested.connect(self.network_requested)
        self._servers.changed.connect(self._on_servers_changed)
        self._servers.looking.changed.connect(self._on_looking_changed)

    def _show(self, endpoint: Endpoint) -> None:
        self._shown = endpoint
        self._list.show_servers(endpoint)
        self._address.show_endpoint(endpoint)
        self._unencrypted.show_endpoint(endpoint)
        self._form.setRowVisible(self._unencrypted, self._unencrypted.concerns(endpoint))
        self._key.show_endpoint(endpoint)
        self._trial.show_endpoint(endpoint)
        self._servers.looking.look_at(endpoint)

    def _put(self, endpoint: Endpoint) -> None:
        """Let what is shown be `endpoint`."""
        if not self._servers.replace(self._shown, endpoint):
            self._address.refuse_twin()

    def _on_list_chosen(self, endpoint: Endpoint) -> None:
        self._key.clear()
        self._show(endpoint)

    def _on_list_added(self, endpoint: Endpoint) -> None:
        if not provider_host(endpoint):
            self._address.take_focus()
        elif profile_of(endpoint).wants_key and not self._servers.key_state(endpoint).is_there:
            self._key.take_focus()

    def _on_trial_home_wanted(self, home: Endpoint) -> None:
        self._servers.move_home(self._shown, home, self._key.text)
        self._key.clear()

    def _on_servers_changed(self) -> None:
        before, self._known = self._known, self._servers.endpoints
        successor = self._shown
        if successor not in self._known:
            new = (each for each in self._known if each not in before)
            successor = next(new, self._settings.settings.endpoint)
        if not _takes_the_key_of(self._shown, successor):
            self._key.clear()
        if successor == self._shown:
            self._list.show_servers(successor)
        else:
            self._show(successor)
            self._trial.judge(self._key.text)

    def _on_looking_changed(self, endpoint: Endpoint) -> None:
        if endpoint != self._shown:
            self._on_list_chosen(endpoint)

    def _on_search_toggled(self, is_on: bool) -> None:
        self._settings.change(find_local=is_on)


def _takes_the_key_of(before: Endpoint, after: Endpoint) -> bool:
    """Whether a key that was typed for `before` may stay typed for `after`."""
    is_same_service = has_regions(before) and has_regions(after)
    return is_same_service or provider_host(before) in ("", provider_host(after))
