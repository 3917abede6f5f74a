"""The servers in a list, with what adds one and takes one away."""

from functools import partial

from PySide6.QtCore import QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QListWidget,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.dashscope import REGIONS
from desktop.domain.endpoints import has_regions, likely_region, profile_of, provider_host
from desktop.domain.profiles import PROFILES
from desktop.domain.settings import Endpoint, ProviderKind
from desktop.ui.endpoint_words import server_name
from desktop.ui.flow import FlowLayout
from desktop.ui.settings.field import enable, quiet_button
from desktop.ui.settings.server_rows import FACTS_ROLE, ServerRows
from desktop.ui.theme import SPACE
from desktop.viewmodels.keys import KeyState
from desktop.viewmodels.settings import SettingsViewModel

_MOST_ROWS = 4
"""Rows that are shown at once."""


class ServerList(QWidget):
    """One of the servers is chosen here, to be shown; which is asked next is another matter.

    Signals:
        chosen: This `Endpoint`, by the user.
        added: The same, where it is a new one: what is lacking is to be entered.
    """

    chosen = Signal(object)
    added = Signal(object)

    def __init__(self, settings: SettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._servers = settings.servers
        self._list = _ShortList()
        self._list.setAccessibleName("Servers")
        self.setFocusProxy(self._list)
        self._add = quiet_button(self.tr("Add server"))
        self._ask = quiet_button(self.tr("Ask this server"))
        self._remove = quiet_button(self.tr("Remove"))
        self._place()
        self._list.currentRowChanged.connect(self._on_list_current_row_changed)
        self._add.clicked.connect(self._on_add_clicked)
        self._ask.clicked.connect(self._on_ask_clicked)
        self._remove.clicked.connect(self._on_remove_clicked)
        self._servers.key_state_changed.connect(self._on_servers_key_state_changed)

    @property
    def current(self) -> Endpoint:
        """The one that is chosen here."""
        return self._servers.endpoints[max(self._list.currentRow(), 0)]

    def show_servers(self, chosen: Endpoint) -> None:
        """Show all that are there now, and `chosen` as such; `chosen` is not emitted."""
        endpoints = self._servers.endpoints
        self._list.blockSignals(True)
        self._list.clear()
        for endpoint in endpoints:
            self._list.addItem(server_name(endpoint))
        self._list.setCurrentRow(endpoints.index(chosen))
        self._list.blockSignals(False)
        self._list.updateGeometry()
        self._show_words()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _place(self) -> None:
        line = FlowLayout(2 * SPACE)
        for button in (self._add, self._ask, self._remove):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._list)
        column.addLayout(line)

    def _show_words(self) -> None:
        # Keys may be told of before the servers are shown.
        for row, endpoint in zip(range(self._list.count()), self._servers.endpoints, strict=False):
            item = self._list.item(row)
            name, facts = server_name(endpoint), self._facts(endpoint)
            item.setText(name)
            item.setData(FACTS_ROLE, facts)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (name, facts))))
        is_next = self.current == self._settings.settings.endpoint
        enable(self._ask, not is_next, instead=self._list)
        enable(self._remove, len(self._servers.endpoints) > 1, instead=self._list)

    def _facts(self, endpoint: Endpoint) -> str:
        facts = [self.tr("asked next")] if endpoint == self._settings.settings.endpoint else []
        if endpoint.provider != "custom":
            facts.append(provider_host(endpoint))
        facts.append(self._key_words(endpoint) if provider_host(endpoint) else self.tr("no address yet"))
        return " · ".join(filter(None, facts))

    def _key_words(self, endpoint: Endpoint) -> str:
        match self._servers.key_state(endpoint):
            case KeyState.NONE:
                known = profile_of(endpoint)
                if known.wants_key:
                    return self.tr("needs a key")
                return self.tr("needs no key") if known.is_local else self.tr("no key")
            case KeyState.KEYRING:
                return self.tr("key in the keyring")
            case KeyState.SESSION:
                return self.tr("key until the app is closed")
            case KeyState.ENVIRONMENT:
                return self.tr("key from the environment")
            case KeyState.ASKING | KeyState.UNKNOWN:
                return ""

    def _on_list_current_row_changed(self, row: int) -> None:
        if row >= 0:
            self._show_words()
            self.chosen.emit(self.current)

    def _on_servers_key_state_changed(self, endpoint: Endpoint, state: KeyState) -> None:
        if self._list.count() == len(self._servers.endpoints):
            self._show_words()

    def _on_add_clicked(self) -> None:
        # By `popup`: a button's own menu would keep a loop of its own.
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, profile in PROFILES.items():
            words = self.tr("Other, OpenAI-compatible") if kind == "custom" else profile.name
            menu.addAction(words, partial(self._append, kind))
        menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))

    def _append(self, kind: ProviderKind) -> None:
        endpoint = self._new(kind)
        self._servers.add(endpoint)
        self.show_servers(endpoint)
        self.chosen.emit(endpoint)
        self.added.emit(endpoint)

    def _new(self, kind: ProviderKind) -> Endpoint:
        """The one to begin with; where that is there already, another region, or the one that is there."""
        first = Endpoint(kind, likely_region(QLocale.system().uiLanguages()))
        if not has_regions(first):
            return Endpoint(kind)
        possible = (first, *(Endpoint(kind, region) for region in REGIONS))
        return next((each for each in possible if each not in self._servers.endpoints), first)

    def _on_ask_clicked(self) -> None:
        self._servers.choose(self.current)

    def _on_remove_clicked(self) -> None:
        self._servers.remove(self.current)


class _ShortList(QListWidget):
    """As high as its rows, up to `_MOST_ROWS`."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(ServerRows(self))
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)

    def sizeHint(self) -> QSize:
        rows = min(max(self.count(), 1), _MOST_ROWS)
        height = rows * max(self.sizeHintForRow(0), self.fontMetrics().height())
        return QSize(super().sizeHint().width(), height + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())
