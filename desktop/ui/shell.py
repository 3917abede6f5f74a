"""Builds the window from the view models and binds the actions; holds no state of its own."""

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import AppError
from desktop.domain.models import READER_MODEL, Model
from desktop.domain.settings import TEXT_PERCENT_RANGE
from desktop.ui.about import AboutDialog
from desktop.ui.actions import Actions
from desktop.ui.attaching import Attaching
from desktop.ui.attention import Attention
from desktop.ui.banner import Banner
from desktop.ui.composer import ComposerPane
from desktop.ui.conversation_actions import ConversationActions
from desktop.ui.diagnosing import Diagnosing
from desktop.ui.endpoint_words import provider_name
from desktop.ui.header import Header
from desktop.ui.history_search import HistorySearch
from desktop.ui.link_opening import LinkOpening
from desktop.ui.model_picker import ModelPicker
from desktop.ui.not_kept_line import NotKeptLine
from desktop.ui.placement import Placement
from desktop.ui.saving_notice import SavingNotice
from desktop.ui.searching import Searching
from desktop.ui.settings.dialog import SettingsPage
from desktop.ui.settings.opening import SettingsOpening
from desktop.ui.side_list import SideList
from desktop.ui.steps import Steps
from desktop.ui.transcript import accessible
from desktop.ui.transcript.find_pane import FindPane
from desktop.ui.transcript.view import TranscriptView
from desktop.ui.undo_bar import UndoBar
from desktop.ui.welcome import WelcomePane
from desktop.ui.window import MainWindow
from desktop.viewmodels.diagnosis import Diagnosis
from desktop.viewmodels.session import SessionViewModel

_TEXT_STEP = 10


class Shell(QObject):
    """One window over one `SessionViewModel`.

    Signals:
        quit_requested: The app is to end.
    """

    quit_requested = Signal()

    def __init__(self, session: SessionViewModel) -> None:
        super().__init__()
        self._session = session
        self._actions = Actions(self)
        self._picker = ModelPicker(session.picker)
        self._search = HistorySearch(session.search)
        self._side = SideList(session.library.rows, self._search)
        self._welcome = WelcomePane()
        accessible.install()
        self._transcript = TranscriptView(session.chat.transcript, session.pictures)
        self._find = FindPane(self._transcript, session.chat.transcript)
        self._banner = Banner()
        self._undo_bar = UndoBar()
        self._composer = ComposerPane(session.composer)
        not_kept = NotKeptLine()
        self.window = MainWindow(
            Header(self._actions, self._picker),
            not_kept,
            self._side,
            self._welcome,
            self._find,
            foot=[self._banner, self._undo_bar, self._composer],
        )
        self._actions.fill(self.window.menuBar())
        self.window.addActions(list(self._actions))
        self._attention = Attention(self.window)
        self._placement = Placement(self.window, session.settings)
        self._settings = SettingsOpening(session.settings, session.history, self.window)
        self._links = LinkOpening(self.window)
        self._steps = Steps(session, self._banner)
        self._attaching = Attaching(session.composer, self._composer, self._banner, self.window)
        self._saving = SavingNotice(session.keeper, self._banner)
        self._conversations = ConversationActions(
            session, self._actions, self._side, undo_bar=self._undo_bar, not_kept=not_kept
        )
        self._searching = Searching(session, self._actions, self._search)
        self._bind_actions()
        self._bind_panes()
        self._bind_session()
        self._show_all()

    def show(self) -> None:
        self.window.show()
        self._composer.focus_prompt()

    def show_error(self, error: AppError) -> None:
        """Say `error` above the composer."""
        self._banner.show_error(error)

    def tell_of_bugs(self, diagnosis: Diagnosis) -> None:
        """From now on say what `diagnosis` hears, and let its report be copied."""
        Diagnosing(diagnosis, self.window, self._banner, self._actions["copy_diagnostics"])

    def attach_clipboard(self) -> None:
        """Attach the image in the clipboard, as soon as it may be looked into."""
        self._attaching.attach_clipboard()

    @property
    def settings_page(self) -> SettingsPage | None:
        """The page of the settings that is open."""
        return self._settings.page

    def open_settings(self, page: SettingsPage | None = None) -> None:
        """Open the settings at `page`; None: at the first, or where they are open already."""
        if page is None:
            self._settings.open()
        else:
            self._settings.open_at(page)

    def close(self) -> None:
        """Take the window away for good, as when another one takes its place."""
        self.window.closed.disconnect(self.quit_requested)
        self.window.closing.disconnect(self._saving.hold_back)
        self.window.close()
        self.window.deleteLater()
        self.deleteLater()

    # ── binding ─────────────────────────────────────────────────────────────────────────────────

    def _bind_actions(self) -> None:
        session, actions = self._session, self._actions
        for name, slot in {
            "add_images": lambda: self._attaching.ask_for_files(is_kept=session.chat.talk.is_kept),
            "add_link": self._attaching.ask_for_link,
            "settings": self._settings.open,
            "close": self.window.close,
            "quit": self.window.close,
            "paste": self._composer.paste,
            "paste_other": self._composer.paste_other,
            "find": self._find.open,
            "find_next": self._find.go_to_next,
            "find_previous": self._find.go_to_previous,
            "text_larger": lambda: self._scale_text(_TEXT_STEP),
            "text_smaller": lambda: self._scale_text(-_TEXT_STEP),
            "text_normal": lambda: session.settings.change(text_percent=100),
            "choose_model": self._picker.open,
            "stop": self._give_up,
            "regenerate": self._regenerate_last,
            "previous_message": self._transcript.go_to_previous,
            "next_message": self._transcript.go_to_next,
            "about": self._open_about,
        }.items():
            actions[name].triggered.connect(slot)
        self._composer.tools.set_add_actions([actions["add_images"], actions["add_link"]])
        actions["side_list"].toggled.connect(lambda on: session.settings.change(side_list=on))

    def _bind_panes(self) -> None:
        session, chat = self._session, self._session.chat
        self._composer.send_requested.connect(self._send)
        self._composer.stop_requested.connect(self._stop)
        self._composer.waiting_changed.connect(self._show_stop)
        tools = self._composer.tools
        tools.thinking_toggled.connect(lambda on: session.settings.change(thinking=on))
        tools.full_detail_toggled.connect(lambda on: session.settings.change(full_detail=on))
        tools.rotated_toggled.connect(lambda on: session.settings.change(rotated_photos=on))
        self._picker.opened.connect(session.picker.ask)
        self._picker.refresh_requested.connect(session.picker.refresh)
        self._picker.unencrypted_requested.connect(self._steps.ask_to_send_unencrypted)
        self._conversations.begun.connect(self._on_conversations_begun)
        self._undo_bar.undo_requested.connect(self._composer.focus_prompt)
        self._side.chosen.connect(self._find.close_bar)  # what was looked for was in another one
        self._side.chosen.connect(self._composer.focus_prompt)
        self.window.focus_moving.connect(self._transcript.order_stops)
        self.window.escaped.connect(self._composer.focus_prompt)
        self._welcome.sample_requested.connect(lambda path: self._attaching.attach([path]))
        self._welcome.settings_requested.connect(self._settings.open)
        self._settings.closed.connect(self._composer.focus_prompt)
        self._transcript.link_activated.connect(self._links.follow)
        self._transcript.regenerate_requested.connect(chat.regenerate)
        self._transcript.regenerate_requested.connect(self._composer.focus_prompt)
        self._transcript.sibling_requested.connect(chat.show_sibling)
        self._transcript.continue_requested.connect(chat.resume)
        self._transcript.continue_requested.connect(self._composer.focus_prompt)
        self._transcript.next_step_requested.connect(self._steps.take_for)
        self._steps.settings_requested.connect(self._settings.open_at)
        self._steps.models_requested.connect(self._picker.open)
        self._steps.asked.connect(self._composer.focus_prompt)
        session.library.message_found.connect(self._on_library_message_found)
        self._find.focus_released.connect(self._composer.focus_prompt)
        self._search.released.connect(self._composer.focus_prompt)
        self.window.closing.connect(self._saving.hold_back)
        self.window.closed.connect(self.quit_requested)

    def _bind_session(self) -> None:
        session = self._session
        session.model_changed.connect(self._show_model)
        session.settings.problem_raised.connect(self.show_error)
        session.library.problem_raised.connect(self.show_error)
        session.composer.image_refused.connect(self.show_error)
        session.composer.progress_changed.connect(self._show_stop)
        session.chat.busy_changed.connect(self._show_busy)
        session.chat.conversation_changed.connect(self._show_conversation)
        session.library.answer_finished.connect(self._attention.tell_of)

    # ── showing ─────────────────────────────────────────────────────────────────────────────────

    def _show_all(self) -> None:
        self._show_model(self._session.model)
        self._show_busy(self._session.chat.is_busy)
        self._show_conversation()

    def _show_model(self, model: Model) -> None:
        settings = self._session.settings
        current = settings.settings
        self._picker.show_model(model.id, provider_name(current.endpoint, settings.host()))
        self._welcome.show_model(model.id, needs_key=settings.needs_key)
        self._composer.set_model(model.id)
        self._composer.tools.show_switches(
            thinking=current.thinking if self._session.can_think else None,
            full_detail=current.full_detail,
            rotated=current.rotated_photos if model.id == READER_MODEL else None,
        )
        self._side.setVisible(current.side_list)
        self._actions["side_list"].setChecked(current.side_list)

    def _show_busy(self, is_busy: bool) -> None:
        self._composer.set_busy(is_busy)
        self._show_stop()
        self._show_conversation()

    def _show_stop(self) -> None:
        is_loading = self._session.composer.progress is not None
        can_stop = self._session.chat.is_busy or is_loading or self._composer.is_waiting_to_send
        self._actions["stop"].setEnabled(can_stop)

    def _show_conversation(self) -> None:
        chat = self._session.chat
        has_messages = not chat.talk.is_empty
        self.window.show_transcript(has_messages)
        self._composer.set_follow_up(has_messages)
        self._actions["regenerate"].setEnabled(has_messages and not chat.is_busy)
        for name in ("find", "find_next", "find_previous"):
            self._actions[name].setEnabled(has_messages)
        self._side.mark(self._session.library.current.id)

    # ── doing ───────────────────────────────────────────────────────────────────────────────────

    def _send(self) -> None:
        self._banner.hide()
        self._saving.remind()
        self._session.send(self._composer.default_question())
        self._transcript.go_to_end()

    def _stop(self) -> None:
        self._composer.take_back()
        self._session.chat.stop()

    def _give_up(self) -> None:
        """End what was begun last: the wish to send, the reading of images, the answer."""
        if self._session.composer.progress is not None and not self._composer.is_waiting_to_send:
            self._session.composer.cancel_loading()
        else:
            self._stop()

    def _on_conversations_begun(self) -> None:
        self._banner.hide()
        self._composer.focus_prompt()

    def _regenerate_last(self) -> None:
        last = len(self._session.chat.transcript) - 1
        if last >= 0:
            self._session.chat.regenerate(last)

    def _on_library_message_found(self, index: int, needle: str) -> None:
        self._find.open_at(needle, index)

    def _scale_text(self, step: int) -> None:
        smallest, largest = TEXT_PERCENT_RANGE
        percent = self._session.settings.settings.text_percent + step
        self._session.settings.change(text_percent=min(max(percent, smallest), largest))

    def _open_about(self) -> None:
        dialog = AboutDialog(self._session.notices, self.window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
