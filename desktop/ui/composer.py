"""The composer: what is asked, about which images, and the button that sends it."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.messages import LinkPart
from desktop.domain.models import READER_MODEL
from desktop.ui.attachment_strip import AttachmentStrip
from desktop.ui.composer_tools import ComposerTools
from desktop.ui.icon_button import IconButton
from desktop.ui.loading_line import LoadingLine
from desktop.ui.prompt import PromptEdit
from desktop.ui.theme import BUTTON, SPACE
from desktop.ui.tips import plain_tip
from desktop.ui.totals_line import TotalsLine
from desktop.ui.web_address import image_addresses
from desktop.viewmodels.attachments import AttachmentList
from desktop.viewmodels.composer import ComposerViewModel


class ComposerPane(QFrame):
    """Shows one `ComposerViewModel`.

    Signals:
        send_requested: The question is to be sent.
        stop_requested: The answer is to be stopped.
        waiting_changed: Whether the question will be sent once its images are read.
        images_pasted: The clipboard's `QMimeData` holds images that are meant.
    """

    send_requested = Signal()
    stop_requested = Signal()
    waiting_changed = Signal(bool)
    images_pasted = Signal(QMimeData)

    def __init__(self, composer: ComposerViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composer = composer
        self._is_busy = False
        self._is_follow_up = False
        self._is_waiting_to_send = False
        self._model = ""
        self._taken_links: set[str] = set()
        self.setProperty("role", "card")
        self.strip = AttachmentStrip(AttachmentList(composer, self), self)
        self._totals = TotalsLine(self)
        self._loading = LoadingLine(self)
        self._prompt = PromptEdit(self)
        self._prompt.setAccessibleName("Prompt")
        self.tools = ComposerTools(self)
        self._send = _primary(IconButton("arrow-up", "Send", self, ink="on_accent"))
        self._stop = _primary(IconButton("stop", "Stop", self, ink="on_accent"))
        self._stop.setToolTip(self.tr("Stop (Esc)"))
        self._place()
        self._bind()
        self._show_attachments()
        self._show_loading()
        self._show_link_offer()
        self.set_busy(False)

    def set_model(self, model: str) -> None:
        """Name the model that the next question goes to."""
        self._model = model
        self._show_attachments()

    def set_busy(self, is_busy: bool) -> None:
        """While an answer is on its way, Send is Stop."""
        self._is_busy = is_busy
        self._show_stop()
        self._show_readiness()

    def set_follow_up(self, is_follow_up: bool) -> None:
        """Whether the next question continues a conversation."""
        self._is_follow_up = is_follow_up
        self._show_placeholder()

    @property
    def is_waiting_to_send(self) -> bool:
        """Enter was pressed, and images are still being read."""
        return self._is_waiting_to_send

    def take_back(self) -> None:
        """Send nothing by itself once the images are read."""
        self._wait_to_send(False)

    def focus_prompt(self) -> None:
        self._prompt.setFocus()

    def paste(self) -> None:
        """Paste into the prompt, wherever the focus is."""
        self._prompt.paste()
        self._prompt.setFocus()

    def paste_other(self) -> None:
        self._prompt.paste_other()

    def default_question(self) -> str:
        """What is asked when only images are sent: the words that the placeholder shows."""
        if self._model == READER_MODEL:
            return ""
        if len(self._composer.items) > 1:
            return self.tr("What do these images show?")
        return self.tr("What does this image show?")

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _place(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.tools, 1)
        for button in (self._send, self._stop):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        for widget in (self.strip, self._totals, self._loading, self._prompt):
            column.addWidget(widget)
        column.addLayout(row)

    def _bind(self) -> None:
        composer = self._composer
        self._prompt.show_text(composer.text)
        self._prompt.textChanged.connect(self._on_prompt_text_changed)
        self._prompt.send_requested.connect(self._on_prompt_send_requested)
        self._prompt.images_pasted.connect(self.images_pasted)
        self.strip.removal_requested.connect(composer.remove)
        self.strip.fetch_requested.connect(composer.fetch)
        self.strip.pages_requested.connect(composer.ask_pages)
        self._loading.cancel_requested.connect(self._on_loading_cancel_requested)
        self.tools.link_taken.connect(self._on_tools_link_taken)
        self._send.clicked.connect(self.send_requested)
        self._stop.clicked.connect(self.stop_requested)
        composer.text_replaced.connect(self._on_composer_text_replaced)
        composer.attachments_changed.connect(self._show_attachments)
        composer.progress_changed.connect(self._show_loading)
        composer.readiness_changed.connect(self._on_composer_readiness_changed)
        # What was to go along will not, or not yet.
        composer.image_refused.connect(self.take_back)
        composer.folder_found.connect(self.take_back)

    def _on_prompt_text_changed(self) -> None:
        self.take_back()
        self._composer.set_text(self._prompt.toPlainText())
        self._show_link_offer()

    def _on_prompt_send_requested(self) -> None:
        if self._is_busy:
            return
        # Whoever drops an image and presses Enter need not watch it being read.
        self._wait_to_send(self._composer.is_loading)
        if self._composer.is_ready:
            self.send_requested.emit()

    def _on_composer_readiness_changed(self, is_ready: bool) -> None:
        self._show_readiness()
        if is_ready and self._is_waiting_to_send:
            self._on_prompt_send_requested()

    def _on_loading_cancel_requested(self) -> None:
        self.take_back()
        self._composer.cancel_loading()

    def _on_tools_link_taken(self, url: str) -> None:
        self._taken_links.add(url)
        self._composer.add_links([url])
        self._show_link_offer()
        self._prompt.setFocus()

    def _wait_to_send(self, is_waiting: bool) -> None:
        if is_waiting != self._is_waiting_to_send:
            self._is_waiting_to_send = is_waiting
            self._show_stop()
            self._show_loading()
            self.waiting_changed.emit(is_waiting)

    def _show_stop(self) -> None:
        had_focus = self._stop.hasFocus() or self._send.hasFocus()
        can_stop = self._is_busy or self._is_waiting_to_send
        self._stop.setVisible(can_stop)
        self._send.setVisible(not can_stop)
        if had_focus:
            self._prompt.setFocus()

    def _on_composer_text_replaced(self, text: str) -> None:
        if text != self._prompt.toPlainText():
            self._prompt.show_text(text)

    def _show_attachments(self) -> None:
        composer = self._composer
        tokens = composer.image_tokens()
        too_much_for = self._model if composer.is_over_context else ""
        self._show_loading()
        self._totals.show_totals(len(composer.items), composer.total_bytes(), tokens, too_much_for)
        self.tools.show_tokens(tokens if self._totals.isHidden() else None, composer.full_tokens())
        must_fetch = any(each.must_be_fetched for each in composer.attachments())
        waits = self.tr("Web addresses are not taken here: fetch or remove them first")
        self._send.setToolTip(plain_tip(waits if must_fetch else self.tr("Send (Enter)")))
        self._show_placeholder()

    def _show_placeholder(self) -> None:
        if not self._composer.items and self._is_follow_up and self._model != READER_MODEL:
            self._prompt.setPlaceholderText(self.tr("Ask a follow-up question…"))
        elif not self._composer.items:
            self._prompt.setPlaceholderText(self.tr("Drop or paste an image, and ask about it…"))
        elif self._model == READER_MODEL:
            self._prompt.setPlaceholderText(self.tr("Press Enter to read the text, on this device"))
        else:
            self._prompt.setPlaceholderText(self.default_question())

    def _show_loading(self) -> None:
        progress = self._composer.progress
        # From the moment of a drop: room that is made later would move everything a second time.
        self.strip.set_needed(is_needed=bool(self._composer.items) or progress is not None)
        self._loading.show_progress(progress, is_waiting_to_send=self._is_waiting_to_send)

    def _show_link_offer(self) -> None:
        attached = {item.url for item in self._composer.items if isinstance(item, LinkPart)}
        found = image_addresses(self._composer.text)
        self._taken_links &= set(found)
        known = attached | self._taken_links
        self.tools.offer_link(next((url for url in found if url not in known), ""))

    def _show_readiness(self) -> None:
        self._send.setEnabled(self._composer.is_ready and not self._is_busy)


def _primary(button: IconButton) -> IconButton:
    button.setProperty("role", "primary")
    button.setFixedSize(BUTTON, BUTTON)
    return button
