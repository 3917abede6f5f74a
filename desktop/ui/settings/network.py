"""The way out of this network, and how long the app waits there."""

from PySide6.QtGui import QDoubleValidator, QShowEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import AppError
from desktop.domain.settings import TIME_LIMIT_RANGE, Network, TimeLimits
from desktop.ui.flow import FlowLayout
from desktop.ui.settings.field import OptionalNumber, Status, choice, enable, form_in, quiet_button, row
from desktop.ui.settings.secret_line import SecretLine
from desktop.ui.theme import SPACE
from desktop.ui.wording import sentence
from desktop.viewmodels.network import PasswordState
from desktop.viewmodels.settings import SettingsViewModel


class NetworkPage(QWidget):
    """Proxy, certificates, time limits."""

    def __init__(self, settings: SettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = settings.network
        self._form = form_in()
        self._place_proxy()
        self._place_certificates()
        self._place_limits(settings.settings.limits)
        column = QVBoxLayout(self)
        column.addLayout(self._form)
        column.addStretch(1)
        self._bind()
        self._show(self._model.network)
        self._show_password_state(self._model.password_state)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _place_proxy(self) -> None:
        self._proxy = choice(
            [
                ("system", self.tr("As the system")),
                ("none", self.tr("No proxy")),
                ("custom", self.tr("This one:")),
            ],
            "system",
            lambda value: self._model.change(proxy=value),
        )
        self._address = QLineEdit()
        self._address.setPlaceholderText("http://proxy.example:8080")
        self._address_words = Status("Proxy problem")
        self._address_words.setProperty("role", "danger")
        self._user = QLineEdit()
        self._user.setPlaceholderText(self.tr("Only if the proxy wants one"))
        self._password = SecretLine()
        self._password_words = Status("Proxy password state")
        row(self._form, self.tr("Proxy"), "Proxy", self._proxy)
        row(self._form, self.tr("Address"), "Proxy address", self._address)
        self._form.addRow("", self._address_words)
        row(self._form, self.tr("User"), "Proxy user", self._user)
        row(self._form, self.tr("Password"), "Proxy password", self._password)
        self._form.addRow("", self._place_password_buttons())
        self._form.addRow("", self._password_words)

    def _place_password_buttons(self) -> QWidget:
        self._password_buttons = QWidget()
        self._save = quiet_button(self.tr("Save password"))
        self._forget = quiet_button(self.tr("Forget password"))
        line = FlowLayout(2 * SPACE, self._password_buttons)
        line.addWidget(self._save)
        line.addWidget(self._forget)
        return self._password_buttons

    def _place_certificates(self) -> None:
        self._authorities = QLineEdit()
        self._authorities.setPlaceholderText(self.tr("Only the system's"))
        self._choose = quiet_button(self.tr("Choose…"))
        self._clear = quiet_button(self.tr("Clear"))
        self._authorities_words = Status("Certificate file problem")
        self._authorities_words.setProperty("role", "danger")
        row(self._form, self.tr("Certificates"), "Certificate file", self._authorities)
        line = FlowLayout(2 * SPACE)
        line.addWidget(self._choose)
        line.addWidget(self._clear)
        self._form.addRow("", line)
        self._form.addRow("", self._authorities_words)
        self._form.setRowVisible(self._authorities_words, False)

    def _place_limits(self, limits: TimeLimits) -> None:
        self._limit(self.tr("Seconds to connect"), "Seconds to connect", "connect", limits)
        self._limit(self.tr("Seconds to the first word"), "Seconds to the first word", "first", limits)
        self._limit(self.tr("Longest silence (seconds)"), "Longest silence", "idle", limits)
        words = self.tr("Silence while it thinks (seconds)")
        self._limit(words, "Longest silence of models that think", "thinking", limits)

    def _limit(self, words: str, name: str, key: str, limits: TimeLimits) -> None:
        field = OptionalNumber(QDoubleValidator(*TIME_LIMIT_RANGE, 1))
        field.require(getattr(TimeLimits(), key))
        field.show_number(getattr(limits, key))
        field.editingFinished.connect(lambda: self._take_limit(key, field.number()))
        row(self._form, words, name, field)

    def _take_limit(self, key: str, seconds: float | None) -> None:
        if seconds is not None:
            self._model.set_limit(**{key: seconds})

    def _bind(self) -> None:
        model = self._model
        self._address.editingFinished.connect(self._on_address_editing_finished)
        self._user.editingFinished.connect(self._on_user_editing_finished)
        self._password.returnPressed.connect(self._on_save_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        self._forget.clicked.connect(self._on_forget_clicked)
        self._authorities.editingFinished.connect(self._on_authorities_editing_finished)
        self._choose.clicked.connect(self._on_choose_clicked)
        self._clear.clicked.connect(self._on_clear_clicked)
        model.changed.connect(self._show)
        model.password_state_changed.connect(self._show_password_state)
        model.password_problem_raised.connect(self._on_model_password_problem_raised)
        model.address_refused.connect(self._on_model_address_refused)
        model.authorities_checked.connect(self._on_model_authorities_checked)

    def _show(self, network: Network) -> None:
        self._proxy.setCurrentIndex(self._proxy.findData(network.proxy))
        is_own = network.proxy == "custom"
        fields = (self._address, self._user, self._password, self._password_buttons, self._password_words)
        for field in fields:
            self._form.setRowVisible(field, is_own)
        _show_text(self._address, network.proxy_url)
        _show_text(self._user, network.proxy_user)
        _show_text(self._authorities, network.authorities_file)
        enable(self._clear, bool(network.authorities_file), instead=self._authorities)
        self._say_of_address(self._hint())

    def _hint(self) -> str:
        network = self._model.network
        is_lacking = network.proxy == "custom" and not network.proxy_url
        return self.tr("Enter the proxy's address.") if is_lacking else ""

    def _say_of_address(self, words: str) -> None:
        self._address_words.say(words)
        self._form.setRowVisible(self._address_words, bool(words))

    def _show_password_state(self, state: PasswordState) -> None:
        words = {
            PasswordState.UNKNOWN: "",
            PasswordState.NONE: self.tr("No password is stored for this proxy."),
            PasswordState.KEYRING: self.tr("The password is stored in the system keyring."),
            PasswordState.SESSION: self.tr("The password is kept until the app is closed."),
        }
        self._password_words.say(words[state])
        is_kept = state in (PasswordState.KEYRING, PasswordState.SESSION)
        enable(self._forget, is_kept, instead=self._password)

    def _on_address_editing_finished(self) -> None:
        self._address.setModified(False)
        self._say_of_address(self._hint())
        self._model.set_address(self._address.text())

    def _on_user_editing_finished(self) -> None:
        self._user.setModified(False)
        self._model.change(proxy_user=self._user.text().strip())

    def _on_save_clicked(self) -> None:
        if self._password.text():
            self._model.keep_password(self._password.text())
            self._password.drop()

    def _on_forget_clicked(self) -> None:
        self._model.keep_password("")

    def _on_authorities_editing_finished(self) -> None:
        self._authorities.setModified(False)
        self._model.set_authorities(self._authorities.text().strip())

    def _on_choose_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("Certificates in PEM"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._model.set_authorities)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_clear_clicked(self) -> None:
        self._model.set_authorities("")

    def _on_model_password_problem_raised(self, error: AppError) -> None:
        # What there is to say of a password that is kept somewhere else is said.
        if self._model.password_state is not PasswordState.SESSION:
            self._password_words.say(sentence(error))

    def _on_model_address_refused(self, error: AppError) -> None:
        self._say_of_address(sentence(error))

    def _on_model_authorities_checked(self, error: AppError | None) -> None:
        self._authorities_words.say("" if error is None else sentence(error))
        self._form.setRowVisible(self._authorities_words, error is not None)

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.look()


def _show_text(line: QLineEdit, text: str) -> None:
    """Show what is set; what is being typed stays."""
    if not line.isModified():
        line.setText(text)
