"""The composer: what is asked, about which images, and the button that sends it."""

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.domain.models import READER_MODEL
from desktop.ui.attachment_strip import AttachmentStrip
from desktop.ui.icon_button import IconButton
from desktop.ui.intake import sources_of
from desktop.ui.prompt import PromptEdit
from desktop.ui.theme import BUTTON, SPACE
from desktop.viewmodels.attachments import AttachmentList
from desktop.viewmodels.composer import ComposerViewModel


class ComposerPane(QFrame):
    """Shows one `ComposerViewModel`.

    Signals:
        send_requested: The question is to be sent.
        stop_requested: The answer is to be stopped.
        waiting_changed: Whether the question will be sent once its images are read.
        files_requested: Files are to be picked.
        full_detail_toggled: Full detail was switched.
        thinking_toggled: Thinking was switched.
    """

    send_requested = Signal()
    stop_requested = Signal()
    waiting_changed = Signal(bool)
    files_requested = Signal()
    full_detail_toggled = Signal(bool)
    thinking_toggled = Signal(bool)

    def __init__(self, composer: ComposerViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composer = composer
        self._is_busy = False
        self._is_follow_up = False
        self._is_waiting_to_send = False
        self._model = ""
        self.setProperty("role", "card")
        self._strip = AttachmentStrip(AttachmentList(composer, self), self)
        self._prompt = PromptEdit(self)
        self._add = _button(IconButton("plus", "Add images", self, ink="text"), self.tr("Add images"))
        self._thinking = _switch(self.tr("Thinking"), "Thinking", self)
        self._full_detail = _switch("", "Full detail", self)
        self._tokens = QLabel(self)
        self._tokens.setProperty("role", "muted")
        self._loading = QLabel(self)
        self._loading.setProperty("role", "muted")
        self._send = _primary(IconButton("arrow-up", "Send", self, ink="on_accent"), self.tr("Send (Enter)"))
        self._stop = _primary(IconButton("stop", "Stop", self, ink="on_accent"), self.tr("Stop (Esc)"))
        self._place()
        self._bind()
        self._show_attachments()
        self._show_loading(0)
        self.set_busy(False)

    def set_model(self, model: str, *, can_think: bool, thinking: bool, full_detail: bool) -> None:
        """Show the switches that `model` has."""
        self._model = model
        self._thinking.setVisible(can_think)
        self._thinking.setChecked(thinking)
        self._full_detail.setChecked(full_detail)
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

    def take_in(self, mime: QMimeData) -> None:
        """Attach the images of `mime`."""
        self._composer.add(sources_of(mime, self.tr("Pasted image")))

    def default_question(self) -> str:
        """What is asked when only images are sent: the words that the placeholder shows."""
        if self._model == READER_MODEL:
            return ""
        if len(self._composer.images) > 1:
            return self.tr("What do these images show?")
        return self.tr("What does this image show?")

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _place(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for widget in (self._add, self._thinking, self._full_detail):
            row.addWidget(widget)
        row.addWidget(self._loading)
        row.addStretch(1)
        row.addWidget(self._tokens)
        row.addWidget(self._send)
        row.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._strip)
        column.addWidget(self._prompt)
        column.addLayout(row)
        self._prompt.setAccessibleName("Prompt")

    def _bind(self) -> None:
        composer = self._composer
        self._prompt.setPlainText(composer.text)
        self._prompt.textChanged.connect(self._on_prompt_text_changed)
        self._prompt.send_requested.connect(self._on_prompt_send_requested)
        self._prompt.images_pasted.connect(self.take_in)
        self._strip.removal_requested.connect(composer.remove)
        self._add.clicked.connect(self.files_requested)
        self._send.clicked.connect(self.send_requested)
        self._stop.clicked.connect(self.stop_requested)
        self._thinking.clicked.connect(self.thinking_toggled)
        self._full_detail.clicked.connect(self.full_detail_toggled)
        composer.text_replaced.connect(self._on_composer_text_replaced)
        composer.attachments_changed.connect(self._show_attachments)
        composer.loading_changed.connect(self._show_loading)
        composer.readiness_changed.connect(self._on_composer_readiness_changed)
        composer.image_refused.connect(self.take_back)

    def _on_prompt_text_changed(self) -> None:
        self.take_back()
        self._composer.set_text(self._prompt.toPlainText())

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

    def _wait_to_send(self, is_waiting: bool) -> None:
        if is_waiting != self._is_waiting_to_send:
            self._is_waiting_to_send = is_waiting
            self._show_stop()
            self._show_loading(self._composer.loading)
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
            self._prompt.setPlainText(text)

    def _show_attachments(self) -> None:
        composer = self._composer
        locale = self.locale()
        self._strip.setVisible(bool(composer.images))
        tokens, full = composer.image_tokens(), composer.full_tokens()
        self._tokens.setText(self.tr("≈ {n} tokens").format(n=locale.toString(tokens)) if tokens else "")
        self._full_detail.setVisible(full is not None)
        if full is not None:
            self._full_detail.setText(self.tr("Full detail ≈ {n}").format(n=locale.toString(full)))
        self._show_placeholder()

    def _show_placeholder(self) -> None:
        if not self._composer.images and self._is_follow_up and self._model != READER_MODEL:
            self._prompt.setPlaceholderText(self.tr("Ask a follow-up question…"))
        elif not self._composer.images:
            self._prompt.setPlaceholderText(self.tr("Drop or paste an image, and ask about it…"))
        elif self._model == READER_MODEL:
            self._prompt.setPlaceholderText(self.tr("Press Enter to read the text, on this device"))
        else:
            self._prompt.setPlaceholderText(self.default_question())

    def _show_loading(self, count: int) -> None:
        if self._is_waiting_to_send:
            self._loading.setText(self.tr("Will be sent when the images are read…"))
        else:
            self._loading.setText(self.tr("Reading images: {n} left…").format(n=count))
        self._loading.setVisible(count > 0)
        self._show_readiness()

    def _show_readiness(self) -> None:
        self._send.setEnabled(self._composer.is_ready and not self._is_busy)


def _button(button: IconButton, words: str) -> IconButton:
    button.setToolTip(words)
    button.setFixedSize(BUTTON, BUTTON)
    return button


def _primary(button: IconButton, words: str) -> IconButton:
    button.setProperty("role", "primary")
    return _button(button, words)


def _switch(words: str, name: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setText(words)
    button.setAccessibleName(name)
    button.setCheckable(True)
    button.setProperty("role", "switch")
    return button
