"""What came of trying a server, and what can be done about it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.domain.dashscope import REGIONS
from desktop.domain.endpoints import provider_host
from desktop.domain.errors import AppError, NextStep
from desktop.domain.settings import Endpoint
from desktop.ui.detail_text import DetailText
from desktop.ui.endpoint_words import place_name, plan_name
from desktop.ui.flow import FlowLayout
from desktop.ui.settings.field import Status, quiet_button
from desktop.ui.settings.key_fields import KeyFields
from desktop.ui.theme import SPACE
from desktop.ui.unencrypted_dialog import UnencryptedDialog
from desktop.ui.wording import detail, sentence, step_words
from desktop.viewmodels.servers import is_for_plan
from desktop.viewmodels.settings import SettingsViewModel


class Trial(QWidget):
    """A sentence about one `Endpoint`, and the next steps as buttons. `key` are its fields for the key.

    Signals:
        network_requested: The page about the network is to be shown.
        address_wanted: The server shall be at this `Endpoint`; the key that is typed is for there.
        home_wanted: The same, where it is known that the key that was tried is taken there.
    """

    network_requested = Signal()
    address_wanted = Signal(object)
    home_wanted = Signal(object)

    def __init__(self, settings: SettingsViewModel, key: KeyFields) -> None:
        super().__init__()
        self._settings = settings
        self._servers = settings.servers
        self._key = key
        self._endpoint = Endpoint()
        self._is_about_plan = False
        self._words = Status("Test result")
        # As many as there are ever offered; made once, they keep their place in the order of Tab.
        self._buttons = (quiet_button(""), quiet_button(""))
        self._offers: list[Callable[[], object]] = []
        line = FlowLayout(2 * SPACE)
        for number, button in enumerate(self._buttons):
            button.hide()
            button.clicked.connect(partial(self._take, number))
            line.addWidget(button)
        self._news = QTimer(self, singleShot=True, interval=0)  # until it is laid out
        self._news.timeout.connect(self._come_into_sight)
        self._details = quiet_button(self.tr("Details"))
        self._details.setCheckable(True)
        self._detail = DetailText()
        self._detail.setAccessibleName("Test details")
        self._details.toggled.connect(self._detail.setVisible)
        line.addWidget(self._details)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._words)
        column.addLayout(line)
        column.addWidget(self._detail)
        self._detail.hide()
        self._details.hide()
        self._bind()

    def show_endpoint(self, endpoint: Endpoint) -> None:
        """Nothing has been tried there yet."""
        self._endpoint = endpoint
        self._say("", "muted")

    def judge(self, typed: str) -> None:
        """Say at once what a key's looks tell."""
        if is_for_plan(self._endpoint, typed):
            self._show_plan(self._endpoint)
        elif self._is_about_plan:
            self._say("", "muted")

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _bind(self) -> None:
        servers = self._servers
        servers.plan_key_recognised.connect(self._show_plan)
        servers.test_started.connect(self._on_servers_test_started)
        servers.test_ended.connect(self._on_servers_test_ended)
        servers.home_search_started.connect(self._on_servers_home_search_started)
        servers.home_found.connect(self._on_servers_home_found)
        servers.home_not_found.connect(self._on_servers_home_not_found)

    def _say(self, words: str, role: str) -> None:
        self._is_about_plan = False
        self._words.say(words)
        self._words.setProperty("role", role)
        self._words.style().polish(self._words)
        self._offers.clear()
        leaving = (*self._buttons, self._details)
        if any(button.hasFocus() for button in leaving):
            self._key.take_focus()
        for button in leaving:
            button.hide()
        self._details.setChecked(False)
        if words:
            self._news.start()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _come_into_sight(self) -> None:
        """With many servers it stands below what can be seen of the page."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self, 0, 2 * SPACE)

    def _say_error(self, error: AppError, again: Callable[[], object]) -> None:
        """`again`: what is done to try it again."""
        self._say(sentence(error), "danger")
        if error.next_step is NextStep.RETRY:
            self._offer(step_words(NextStep.RETRY), again)
        elif error.next_step is not None:
            self._offer_step(error.next_step)
        known = detail(error)
        self._detail.setPlainText(known)
        self._details.setVisible(bool(known))

    def _offer(self, words: str, take: Callable[[], object]) -> None:
        button = self._buttons[len(self._offers)]
        self._offers.append(take)
        button.setText(words)
        button.show()

    def _take(self, number: int) -> None:
        self._offers[number]()

    def _use(self, place: str) -> str:
        return self.tr("Use {place}").format(place=place)

    def _show_plan(self, endpoint: Endpoint) -> None:
        if endpoint != self._endpoint or self._is_about_plan:
            return
        words = self.tr("Keys that begin with sk-sp- belong to a plan, which has an address of its own.")
        self._say(words, "warning")
        self._is_about_plan = True
        plans = REGIONS[endpoint.region].plan_urls
        if not plans:
            self._offer_step(NextStep.TRY_REGIONS)
        for plan in plans:
            there = replace(endpoint, plan=plan, workspace="")
            self._offer(self._use(plan_name(plan)), partial(self.address_wanted.emit, there))

    def _on_servers_test_started(self, endpoint: Endpoint) -> None:
        if endpoint == self._endpoint:
            self._say(self.tr("Asking {host}…").format(host=provider_host(endpoint)), "muted")

    def _on_servers_test_ended(self, endpoint: Endpoint, error: AppError | None) -> None:
        if endpoint != self._endpoint:
            return
        if error is None:
            words = self.tr("{host} answered. It works.").format(host=provider_host(endpoint))
            self._say(words, "success")
        else:
            self._say_error(error, self._test)

    def _offer_step(self, step: NextStep) -> None:
        match step:
            case NextStep.TRY_REGIONS:
                self._offer(step_words(step), self._find_home)
            case NextStep.OPEN_NETWORK_SETTINGS:
                self._offer(step_words(step), self.network_requested.emit)
            case NextStep.SEND_UNENCRYPTED:
                self._offer(step_words(step), self._ask_to_send_unencrypted)
            case _:
                pass  # it is taken in these very fields, or in the window behind

    def _find_home(self) -> None:
        self._servers.find_home(self._endpoint, self._key.text)

    def _test(self) -> None:
        self._servers.test(self._endpoint, self._key.text)

    def _ask_to_send_unencrypted(self) -> None:
        dialog = UnencryptedDialog(provider_host(self._endpoint), self)
        dialog.confirmed.connect(self._on_dialog_confirmed)
        dialog.open()

    def _on_dialog_confirmed(self) -> None:
        self._settings.allow_key_over_http(provider_host(self._endpoint), is_allowed=True)
        self._test()

    def _on_servers_home_search_started(self, endpoint: Endpoint) -> None:
        if endpoint == self._endpoint:
            self._say(self.tr("Asking the other regions…"), "muted")

    def _on_servers_home_found(self, endpoint: Endpoint, home: Endpoint) -> None:
        if endpoint == self._endpoint:
            place = place_name(home)
            self._say(self.tr("The key works in {place}.").format(place=place), "success")
            self._offer(self._use(place), partial(self.home_wanted.emit, home))

    def _on_servers_home_not_found(self, endpoint: Endpoint, error: AppError) -> None:
        if endpoint == self._endpoint:
            self._say_error(error, self._find_home)
