"""The next steps that errors offer, taken: out of the banner, or for an answer that failed."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal

from desktop.domain.conversation import MessageId
from desktop.domain.endpoints import provider_host
from desktop.domain.errors import AppError, NextStep
from desktop.domain.refusals import HomelessKeyRejected, KeyRejected
from desktop.domain.settings import Endpoint, Settings
from desktop.ui.banner import Banner
from desktop.ui.endpoint_words import place_name
from desktop.ui.settings.dialog import SettingsPage
from desktop.ui.unencrypted_dialog import UnencryptedDialog
from desktop.viewmodels.session import SessionViewModel
from desktop.viewmodels.talk import Talk


@dataclass(frozen=True, slots=True)
class _Waiting:
    """The answer to a question that is to be asked again."""

    talk: Talk
    answer: MessageId


@dataclass(frozen=True, slots=True)
class _Search:
    """For the home of the key of `endpoint`; `waiting`: what waits for that."""

    endpoint: Endpoint
    waiting: _Waiting | None = None


class Steps(QObject):
    """Takes steps within `session`, says in `banner` what comes of them, and asks for the others.

    Signals:
        settings_requested: The settings are to be opened at this `SettingsPage`.
        models_requested: Another model is to be chosen.
        asked: A question was asked again.
    """

    settings_requested = Signal(object)
    models_requested = Signal()
    asked = Signal()

    def __init__(self, session: SessionViewModel, banner: Banner) -> None:
        super().__init__(banner)
        self._session = session
        self._banner = banner
        self._servers = session.settings.servers
        self._search: _Search | None = None
        self._home: Endpoint | None = None
        self._refused: tuple[str, _Waiting | None] | None = None
        """The host to which no key was sent, and the answer that failed; None: the list of models."""
        self._state: Literal["rest", "asking", "offering", "moving"] = "rest"
        """The settings may look for a home too, and move: that is not told here."""
        self._servers.home_found.connect(self._on_servers_home_found)
        self._servers.home_not_found.connect(self._on_servers_home_not_found)
        session.settings.changed.connect(self._on_settings_changed)
        banner.next_step_requested.connect(self.take)
        banner.offer_taken.connect(self._on_banner_offer_taken)

    def take(self, step: NextStep) -> None:
        """As something offers it that is no answer."""
        match step:
            case NextStep.OPEN_SETTINGS:
                self.settings_requested.emit(SettingsPage.CONNECTION)
            case NextStep.OPEN_NETWORK_SETTINGS:
                self.settings_requested.emit(SettingsPage.NETWORK)
            case NextStep.CHOOSE_MODEL:
                self.models_requested.emit()
            case NextStep.TRY_REGIONS:
                self._find_home(_Search(self._session.settings.settings.endpoint))
            case NextStep.RETRY:
                if self._search is not None:  # all else that is tried again is an answer
                    self._find_home(self._search)
            case NextStep.SHRINK_IMAGES | NextStep.ASK_ALONE | NextStep.SEND_UNENCRYPTED:
                pass  # only an answer can be asked for again

    def take_for(self, index: int, step: NextStep) -> None:
        """As the answer at `index` offers it."""
        chat = self._session.chat
        match step:
            case NextStep.RETRY | NextStep.SHRINK_IMAGES | NextStep.ASK_ALONE:
                chat.take_step(index, step)
                self.asked.emit()
            case NextStep.TRY_REGIONS:
                self._find_home(_Search(self._asked_for(index), self._waiting_at(index)))
            case NextStep.SEND_UNENCRYPTED:
                self._ask_to_send_unencrypted(index)
            case NextStep.OPEN_SETTINGS:
                self._servers.looking.look_at(self._asked_for(index))
                self.take(step)
            case _:
                self.take(step)

    def ask_to_send_unencrypted(self, host: str) -> None:
        """As the list of models offers it, which is opened again if the user lets the key go to `host`."""
        self._open_dialog(host, waiting=None)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _asked_for(self, index: int) -> Endpoint:
        """The server of the answer at `index`; if there is none any more, the one that is asked next."""
        answer = self._session.chat.transcript[index].node.answer
        host = answer.provider if answer is not None else ""
        settings = self._session.settings.settings
        there = (each for each in settings.endpoints if provider_host(each) == host)
        return next(there, settings.endpoint)

    def _find_home(self, search: _Search) -> None:
        self._search, self._state = search, "asking"
        self._banner.show_work(self.tr("Asking the other regions…"))
        self._servers.find_home(search.endpoint)

    def _on_servers_home_found(self, endpoint: Endpoint, home: Endpoint) -> None:
        if self._is_awaited(endpoint):
            self._home, self._state = home, "offering"
            place = place_name(home)
            words = self.tr("The key works in {place}.").format(place=place)
            self._banner.offer(words, self.tr("Use {place}").format(place=place), by=self)

    def _on_servers_home_not_found(self, endpoint: Endpoint, error: AppError) -> None:
        if self._is_awaited(endpoint):
            self._state = "rest"
            self._banner.hide()  # nobody is asked any more
            is_final = isinstance(error, KeyRejected)
            host = provider_host(endpoint)
            self._banner.show_error(HomelessKeyRejected(host=host, status=401) if is_final else error)

    def _is_awaited(self, endpoint: Endpoint) -> bool:
        return self._state == "asking" and self._search is not None and self._search.endpoint == endpoint

    def _on_banner_offer_taken(self, by: object) -> None:
        if by is self and self._search is not None and self._home is not None:
            self._state = "moving"
            self._servers.move_home(self._search.endpoint, self._home)

    def _on_settings_changed(self, settings: Settings) -> None:
        if self._state == "moving" and self._home in settings.endpoints:
            search, self._search, self._state = self._search, None, "rest"
            if search is not None and search.waiting is not None and self._home == settings.endpoint:
                self._ask_again(search.waiting)

    def _waiting_at(self, index: int) -> _Waiting:
        chat = self._session.chat
        return _Waiting(chat.talk, chat.transcript[index].node.id)

    def _ask_again(self, waiting: _Waiting) -> None:
        """Ask what waited, if it is still shown."""
        chat = self._session.chat
        entries = (chat.transcript[index] for index in range(len(chat.transcript)))
        ids = [entry.node.id for entry in entries]
        if chat.talk is waiting.talk and waiting.answer in ids:
            chat.take_step(ids.index(waiting.answer), NextStep.RETRY)
            self.asked.emit()

    # ── keys over http ──────────────────────────────────────────────────────────────────────────

    def _ask_to_send_unencrypted(self, index: int) -> None:
        answer = self._session.chat.transcript[index].node.answer
        if answer is None or answer.error is None:
            return
        self._open_dialog(str(answer.error.facts.get("host", "")), self._waiting_at(index))

    def _open_dialog(self, host: str, waiting: _Waiting | None) -> None:
        self._refused = host, waiting
        dialog = UnencryptedDialog(host, self._banner.window())
        dialog.confirmed.connect(self._on_dialog_confirmed)
        dialog.open()

    def _on_dialog_confirmed(self) -> None:
        if self._refused is not None:
            host, waiting = self._refused
            self._refused = None
            self._session.settings.allow_key_over_http(host, is_allowed=True)
            if waiting is None:
                self.models_requested.emit()
            else:
                self._ask_again(waiting)
