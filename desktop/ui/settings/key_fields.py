"""The fields that take a key, keep it, and say what is known of it."""

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QWidget

from desktop.domain.dashscope import REGIONS
from desktop.domain.endpoints import has_regions, profile_of, provider_host
from desktop.domain.errors import AppError
from desktop.domain.settings import Endpoint
from desktop.ui.flow import FlowLayout
from desktop.ui.icon_button import IconButton
from desktop.ui.settings.field import Status, enable, quiet_button, row
from desktop.ui.settings.secret_line import SecretLine
from desktop.ui.theme import SPACE
from desktop.ui.wording import sentence
from desktop.viewmodels.keys import KeyState
from desktop.viewmodels.servers import ServersViewModel


class KeyFields(QObject):
    """Rows of `form` for the key of one `Endpoint`.

    Signals:
        typed: The key in the field is another now.
        page_requested: The web page where keys are made is to be opened.
    """

    typed = Signal(str)
    page_requested = Signal(QUrl)

    def __init__(self, form: QFormLayout, servers: ServersViewModel, parent: QObject) -> None:
        super().__init__(parent)
        self._servers = servers
        self._endpoint = Endpoint()
        self._key = SecretLine()
        self._save = quiet_button(self.tr("Save key"))
        self._test = quiet_button(self.tr("Test"))
        self._forget = quiet_button(self.tr("Forget key"))
        self._get = quiet_button(self.tr("Get a key…"))
        self._words = Status("Key state")
        self._place(form)
        self._bind()

    @property
    def text(self) -> str:
        """What is typed, and not kept yet."""
        return self._key.text()

    def show_endpoint(self, endpoint: Endpoint) -> None:
        """What is typed stays where `endpoint` is another address of the same service: see `clear`."""
        self._endpoint = endpoint
        self._test.setEnabled(True)
        self._get.setVisible(bool(_key_page(endpoint)))
        self._show_state()

    def clear(self) -> None:
        """Drop what is typed: it was meant for another server."""
        self._key.drop()

    def take_focus(self) -> None:
        """What is typed goes to the key."""
        self._key.setFocus()

    def order_stops(self) -> None:
        """Let Tab come from the key to what shows it; for when all stand in their window."""
        QWidget.setTabOrder(self._key, self._reveal)
        QWidget.setTabOrder(self._reveal, self._save)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _place(self, form: QFormLayout) -> None:
        row(form, self.tr("API key"), "API key", self._key)
        self._reveal = self._new_reveal()
        line = FlowLayout(2 * SPACE)
        for button in (self._save, self._test, self._forget, self._get):
            line.addWidget(button)
        form.addRow("", line)
        form.addRow("", self._words)

    def _new_reveal(self) -> IconButton:
        reveal = IconButton("eye", "Show key", side=16)
        reveal.setCheckable(True)
        reveal.setToolTip(self.tr("Show what is typed"))
        reveal.toggled.connect(self._on_reveal_toggled)
        reveal.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        beside = QHBoxLayout(self._key)
        beside.setContentsMargins(0, 0, SPACE, 0)
        beside.addStretch(1)
        beside.addWidget(reveal)
        self._key.setTextMargins(0, 0, reveal.sizeHint().width() + SPACE, 0)
        return reveal

    def _bind(self) -> None:
        servers = self._servers
        self._key.textChanged.connect(self.typed)
        self._key.concealed.connect(self._on_key_concealed)
        self._key.returnPressed.connect(self._on_save_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        self._test.clicked.connect(self._on_test_clicked)
        self._forget.clicked.connect(self._on_forget_clicked)
        self._get.clicked.connect(self._on_get_clicked)
        servers.key_state_changed.connect(self._on_servers_key_state_changed)
        servers.key_problem_raised.connect(self._on_servers_key_problem_raised)
        servers.test_started.connect(self._on_servers_test_started)
        servers.test_ended.connect(self._on_servers_test_ended)

    def _show_state(self) -> None:
        state = self._servers.key_state(self._endpoint)
        self._words.say(self._state_words(state) if provider_host(self._endpoint) else "")
        enable(self._forget, state in (KeyState.KEYRING, KeyState.SESSION), instead=self._key)
        self._key.setPlaceholderText(self._hint(state))

    def _hint(self, state: KeyState) -> str:
        if state.is_there:
            return self.tr("Paste a new key to replace it")
        wants_key = profile_of(self._endpoint).wants_key
        return "sk-…" if wants_key else self.tr("Only if the server wants one")

    def _state_words(self, state: KeyState) -> str:
        known = profile_of(self._endpoint)
        if state is KeyState.NONE and known.is_local:
            return self.tr("No key is stored for this host. Servers on this computer seldom want one.")
        words = {
            KeyState.ASKING: self.tr("Waiting for the system keyring…"),
            KeyState.UNKNOWN: self.tr("The system keyring has not told whether there is a key."),
            KeyState.NONE: self.tr("No key is stored for this host."),
            KeyState.KEYRING: self.tr("A key for this host is stored in the system keyring."),
            KeyState.SESSION: self.tr("A key for this host is kept until the app is closed."),
            KeyState.ENVIRONMENT: self.tr("The key comes from the environment variable {name}."),
        }
        return words[state].format(name=known.key_variable)

    def _on_save_clicked(self) -> None:
        endpoint, pasted = self._endpoint, self._key.text()
        if self._servers.keep_key(endpoint, pasted):
            self._key.drop()

    def _on_test_clicked(self) -> None:
        self._servers.test(self._endpoint, self._key.text())

    def _on_forget_clicked(self) -> None:
        self._servers.forget_key(self._endpoint)

    def _on_get_clicked(self) -> None:
        self.page_requested.emit(QUrl(_key_page(self._endpoint)))

    def _on_reveal_toggled(self, is_shown: bool) -> None:
        if is_shown:
            self._key.reveal()
        else:
            self._key.conceal()

    def _on_key_concealed(self) -> None:
        self._reveal.setChecked(False)

    def _on_servers_key_state_changed(self, endpoint: Endpoint, state: KeyState) -> None:
        if endpoint == self._endpoint:
            self._show_state()

    def _on_servers_key_problem_raised(self, endpoint: Endpoint, error: AppError) -> None:
        if endpoint == self._endpoint:
            self._words.say(sentence(error))

    def _on_servers_test_started(self, endpoint: Endpoint) -> None:
        if endpoint == self._endpoint:
            enable(self._test, False, instead=self._key)

    def _on_servers_test_ended(self, endpoint: Endpoint, error: AppError | None) -> None:
        if endpoint == self._endpoint:
            self._test.setEnabled(True)


def _key_page(endpoint: Endpoint) -> str:
    return REGIONS[endpoint.region].key_page if has_regions(endpoint) else profile_of(endpoint).key_page
