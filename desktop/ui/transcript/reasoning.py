"""What a model thought before it answered, folded away behind one line."""

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from desktop.ui.icons import icon
from desktop.ui.theme import SPACE, colors_of
from desktop.ui.transcript.body import PlainText

_ICON = QSize(16, 16)


class ReasoningView(QWidget):
    """A line that says how long the model thought; a click unfolds the thoughts, as plain text.

    Signals:
        text_made: The `ReadingText` of the thoughts was made.
    """

    text_made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unshown: list[str] = []
        self._fold = QToolButton()
        self._fold.setProperty("role", "quiet")
        self._fold.setCheckable(True)
        # The arrow stands behind the words: they begin where the answer's begin.
        self._fold.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setIconSize(_ICON)
        self._fold.setToolTip(self.tr("Show or hide what the model thought"))
        self._fold.toggled.connect(self._on_fold_toggled)
        self._text: PlainText | None = None
        column = self._column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        column.setContentsMargins(0, 0, 0, 0)
        self._show_icon()

    def append(self, text: str) -> None:
        """Add to the thoughts; while they are folded away they are only kept."""
        self._unshown.append(text)
        if self._text is not None and self._fold.isChecked():
            self._write(self._text)

    def show_thinking(self, seconds: int) -> None:
        self._show_words(self.tr("Thinking… {seconds} s").format(seconds=QLocale().toString(seconds)))

    def show_thought(self, seconds: float) -> None:
        shown = QLocale().toString(max(1, round(seconds)))
        self._show_words(self.tr("Thought for {seconds} s").format(seconds=shown))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_icon()

    def _show_words(self, words: str) -> None:
        self._fold.setText(words)
        self._fold.setAccessibleName(words)

    def _show_icon(self) -> None:
        name = "chevron-up" if self._fold.isChecked() else "chevron-down"
        self._fold.setIcon(icon(name, colors_of(self.palette()).muted))

    def _write(self, text: PlainText) -> None:
        text.append("".join(self._unshown))
        self._unshown = []

    def _on_fold_toggled(self, is_open: bool) -> None:
        self._show_icon()
        if self._text is None:
            self._text = self._new_text()
        if is_open:
            self._write(self._text)
        self._text.setVisible(is_open)

    def _new_text(self) -> PlainText:
        text = PlainText(self)
        text.setAccessibleName("Reasoning")
        self._column.addWidget(text)
        self.text_made.emit(text)
        return text
