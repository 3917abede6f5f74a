"""What a model thought before it answered, folded away behind one line."""

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.ui.icons import icon
from desktop.ui.theme import colors_of
from desktop.ui.transcript.text import MessageText, plain_text

_ICON = QSize(16, 16)


class Reasoning(QToolButton):
    """Says how long the model thought; a click unfolds the thoughts beside it, as plain text.

    Signals:
        resized: The thoughts were unfolded, folded, or have grown.
    """

    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._unshown: list[str] = []
        self._text: MessageText | None = None
        self.setProperty("role", "quiet")
        self.setCheckable(True)
        # The arrow stands behind the words: they begin where the answer's begin.
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(_ICON)
        self.setToolTip(self.tr("Show or hide what the model thought"))
        self.toggled.connect(self._on_toggled)
        self._show_icon()

    @property
    def thoughts(self) -> MessageText | None:
        """The text of the thoughts, while it is unfolded."""
        return self._text if self.isChecked() else None

    def append(self, text: str) -> None:
        """Add to the thoughts; while they are folded away they are only kept."""
        self._unshown.append(text)
        if self.thoughts is not None:
            self._write(self.thoughts)

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
        self.setText(words)
        self.setAccessibleName(words)

    def _show_icon(self) -> None:
        name = "chevron-up" if self.isChecked() else "chevron-down"
        self.setIcon(icon(name, colors_of(self.palette()).muted))

    def _write(self, text: MessageText) -> None:
        text.append("".join(self._unshown))
        self._unshown = []

    def _on_toggled(self, is_open: bool) -> None:
        self._show_icon()
        if self._text is None:
            self._text = self._new_text()
        if is_open:
            self._write(self._text)
        self._text.setVisible(is_open)
        self.resized.emit()

    def _new_text(self) -> MessageText:
        text = plain_text(self.parentWidget())
        text.setAccessibleName("Reasoning")
        text.resized.connect(self.resized)
        return text
