"""Which server answers, and the key for it."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.dashscope import REGIONS
from desktop.domain.errors import AppError
from desktop.ui.endpoint_words import region_name
from desktop.ui.flow import FlowLayout
from desktop.ui.icon_button import IconButton
from desktop.ui.settings.field import Status, choice, form_in, row
from desktop.ui.theme import SPACE
from desktop.ui.wording import sentence
from desktop.viewmodels.settings import KeyState, SettingsViewModel


class ConnectionPage(QWidget):
    """Provider, region or address, and key.

    Signals:
        page_requested: The web page where keys are made is to be opened.
    """

    page_requested = Signal(QUrl)

    def __init__(self, settings: SettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        endpoint = settings.settings.endpoint
        self._provider = choice(
            [
                ("dashscope", self.tr("Alibaba Cloud Model Studio (DashScope)")),
                ("custom", self.tr("OpenAI-compatible server")),
            ],
            endpoint.provider,
            lambda value: settings.change_endpoint(provider=value),
        )
        self._region = choice(
            [(region, region_name(region)) for region in REGIONS],
            endpoint.region,
            lambda value: settings.change_endpoint(region=value),
        )
        self._workspace = QLineEdit(endpoint.workspace)
        self._workspace.setPlaceholderText(self.tr("Only for a workspace-dedicated address"))
        self._base_url = QLineEdit(endpoint.base_url)
        self._base_url.setPlaceholderText("http://localhost:11434/v1")
        self._key = QLineEdit()
        self._key.setEchoMode(QLineEdit.EchoMode.Password)
        self._reveal = IconButton("eye", "Show key", side=16)
        self._save = QPushButton(self.tr("Save key"))
        self._test = QPushButton(self.tr("Test"))
        self._forget = QPushButton(self.tr("Forget key"))
        self._get_key = QPushButton(self.tr("Get a key…"))
        self._key_words = Status("Key state")
        self._test_words = Status("Test result")
        self._host_words = Status("Host")
        self._form = form_in()
        self._place()
        self._bind()
        self._show_endpoint()
        self._show_key_state(settings.key_state)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _place(self) -> None:
        form = self._form
        row(form, self.tr("Provider"), "Provider", self._provider)
        row(form, self.tr("Region"), "Region", self._region)
        row(form, self.tr("Workspace ID"), "Workspace ID", self._workspace)
        row(form, self.tr("Base URL"), "Base URL", self._base_url)
        form.addRow("", self._host_words)
        row(form, self.tr("API key"), "API key", self._key)
        key = FlowLayout(2 * SPACE)
        for button in (self._save, self._test, self._forget, self._get_key):
            button.setAutoDefault(False)
            key.addWidget(button)
        form.addRow("", key)
        form.addRow("", self._key_words)
        form.addRow("", self._test_words)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addStretch(1)
        self._place_reveal()

    def _place_reveal(self) -> None:
        self._reveal.setCheckable(True)
        self._reveal.setToolTip(self.tr("Show what is typed"))
        self._reveal.toggled.connect(self._on_reveal_toggled)
        beside = QHBoxLayout(self._key)
        beside.setContentsMargins(0, 0, SPACE, 0)
        beside.addStretch(1)
        beside.addWidget(self._reveal)
        self._reveal.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._key.setTextMargins(0, 0, self._reveal.sizeHint().width() + SPACE, 0)
        self.setTabOrder(self._key, self._reveal)
        self.setTabOrder(self._reveal, self._save)

    def _bind(self) -> None:
        settings = self._settings
        self._workspace.editingFinished.connect(
            lambda: settings.change_endpoint(workspace=self._workspace.text().strip())
        )
        self._base_url.editingFinished.connect(
            lambda: settings.change_endpoint(base_url=self._base_url.text().strip())
        )
        self._key.returnPressed.connect(self._on_save_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        self._test.clicked.connect(lambda: settings.test(self._key.text()))
        self._forget.clicked.connect(settings.forget_key)
        self._get_key.clicked.connect(self._on_get_key_clicked)
        settings.changed.connect(self._show_endpoint)
        settings.key_state_changed.connect(self._show_key_state)
        settings.key_problem_raised.connect(self._show_key_problem)
        settings.test_started.connect(self._on_settings_test_started)
        settings.test_ended.connect(self._on_settings_test_ended)

    def _on_save_clicked(self) -> None:
        self._settings.keep_key(self._key.text())
        self._key.clear()

    def _on_get_key_clicked(self) -> None:
        region = self._settings.settings.endpoint.region
        self.page_requested.emit(QUrl(REGIONS[region].key_page))

    def _on_reveal_toggled(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode
        self._key.setEchoMode(mode.Normal if is_shown else mode.Password)

    def _show_endpoint(self) -> None:
        endpoint = self._settings.settings.endpoint
        is_service = endpoint.provider == "dashscope"
        for field in (self._region, self._workspace):
            self._form.setRowVisible(field, is_service)
        self._form.setRowVisible(self._base_url, not is_service)
        self._get_key.setVisible(is_service)
        self._test_words.say("")
        if host := self._settings.host():
            self._host_words.say(self.tr("Questions and images go to {host}.").format(host=host))
        else:
            self._host_words.say(self.tr("Enter the server's address, with http:// or https://."))

    def _show_key_state(self, state: KeyState) -> None:
        words = {
            KeyState.ASKING: self.tr("Waiting for the system keyring…"),
            KeyState.UNKNOWN: self.tr("The system keyring has not told whether there is a key."),
            KeyState.NONE: self.tr("No key is stored for this host."),
            KeyState.KEYRING: self.tr("A key for this host is stored in the system keyring."),
            KeyState.SESSION: self.tr("A key for this host is kept until the app is closed."),
            KeyState.ENVIRONMENT: self.tr("The key comes from the environment variable DASHSCOPE_API_KEY."),
        }
        self._key_words.say(words[state])
        self._forget.setEnabled(state in (KeyState.KEYRING, KeyState.SESSION))
        stored = self._settings.has_key
        self._key.setPlaceholderText(self.tr("Paste a new key to replace it") if stored else "sk-…")

    def _show_key_problem(self, error: AppError) -> None:
        self._key_words.say(sentence(error))

    def _on_settings_test_started(self, host: str) -> None:
        self._test.setEnabled(False)
        self._say(self.tr("Asking {host}…").format(host=host), "muted")

    def _on_settings_test_ended(self, host: str, error: AppError | None) -> None:
        self._test.setEnabled(True)
        if error is None:
            self._say(self.tr("{host} answered. It works.").format(host=host), "success")
        else:
            self._say(sentence(error), "danger")

    def _say(self, words: str, role: str) -> None:
        self._test_words.say(words)
        self._test_words.setProperty("role", role)
        self._test_words.style().polish(self._test_words)
