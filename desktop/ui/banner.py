"""A line above the composer that says what happened and offers the next step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.domain.errors import AppError, NextStep
from desktop.ui.icon_button import IconButton
from desktop.ui.theme import SPACE
from desktop.ui.wording import sentence, step_words


class Banner(QFrame):
    """Shows one sentence until it is closed or replaced; hidden while there is none.

    Signals:
        next_step_requested: The `NextStep` that the error offers.
    """

    next_step_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: NextStep | None = None
        self._sentences: list[str] = []
        self.setProperty("role", "banner")
        self.setAccessibleName("Notice")
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(self)
        self._button.clicked.connect(self._on_button_clicked)
        close = IconButton("x", "Close notice", self, side=16)
        close.setToolTip(self.tr("Close"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        row.addWidget(close)
        self.hide()

    def show_error(self, error: AppError) -> None:
        """Say `error`; several in a row stand below each other, each once."""
        before = [] if self.isHidden() else self._sentences
        self._show([*before, sentence(error)], error.next_step)

    def show_words(self, words: str) -> None:
        self._show([words], None)

    def _show(self, sentences: list[str], step: NextStep | None) -> None:
        self._step = step
        self._sentences = list(dict.fromkeys(sentences))
        self._words.setText("\n".join(self._sentences))
        self._button.setVisible(step is not None)
        self._button.setText(step_words(step) if step else "")
        self.show()

    def _on_button_clicked(self) -> None:
        self.hide()
        self.next_step_requested.emit(self._step)
