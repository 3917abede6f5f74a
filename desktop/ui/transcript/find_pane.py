"""The transcript, with the bar above it in which one finds."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.ui.transcript.find_bar import FindBar
from desktop.ui.transcript.finder import Finder
from desktop.ui.transcript.view import TranscriptView
from desktop.viewmodels.transcript import TranscriptModel

_TYPING_MS = 120
"""A hand that types takes about as long to its next key: the needle is looked for when it rests."""


class FindPane(QWidget):
    """Opens and closes the bar; what is read stays where it is on the screen.

    Signals:
        focus_released: The bar was closed, and its keys go to where one types.
    """

    focus_released = Signal()

    def __init__(self, view: TranscriptView, model: TranscriptModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._model = model
        self._bar = FindBar()
        self._bar.hide()
        self._finder = Finder(view, model)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._was_reading = False
        """Whether the transcript had the focus."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(view, 1)
        self._bind()

    def open(self) -> None:
        """Show the bar and let it have the keys."""
        focused = QApplication.focusWidget()
        if focused is None or not self._bar.isAncestorOf(focused):
            self._was_reading = focused is not None and self.isAncestorOf(focused)
        self._finder.open()
        if self._bar.isHidden():
            self._show_bar(is_shown=True)
            self._finder.find(self._bar.needle)
        self._bar.focus()

    def open_at(self, needle: str, index: int) -> None:
        """Show the bar with `needle`, and go to its first hit in the message at `index` or after that.

        Where nothing is found that message is shown. The keys stay where they are.
        """
        self._bar.set_needle(needle)
        self._typing.stop()
        self._finder.open()
        if self._bar.isHidden():
            self._show_bar(is_shown=True)
        self._view.show_message(index)
        self._finder.find_from(self._bar.needle, index)

    def close_bar(self) -> None:
        """Find nothing any more, and give the keys back."""
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self._bar.isAncestorOf(focused)
        self._typing.stop()
        self._finder.close()
        if not self._bar.isHidden():
            self._show_bar(is_shown=False)
        if had_focus and self._was_reading:
            self._view.setFocus()
        elif had_focus:
            self.focus_released.emit()

    def go_to_next(self) -> None:
        """To the next hit; what is to be found is asked for first."""
        if self._is_ready():
            self._finder.go_to_next()

    def go_to_previous(self) -> None:
        """To the hit before."""
        if self._is_ready():
            self._finder.go_to_previous()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _bind(self) -> None:
        self._bar.needle_changed.connect(self._on_bar_needle_changed)
        self._bar.next_requested.connect(self.go_to_next)
        self._bar.previous_requested.connect(self.go_to_previous)
        self._bar.close_requested.connect(self.close_bar)
        self._typing.timeout.connect(self._find)
        self._finder.counted.connect(self._on_finder_counted)
        self._model.reset.connect(self._on_model_reset)

    def _is_ready(self) -> bool:
        """Whether the hits are those of what stands in the bar; if not, see to it."""
        if self._bar.isHidden():
            self.open()
            return False
        if self._typing.isActive():
            self._typing.stop()
            self._find()
            return False
        return True

    def _find(self) -> None:
        self._finder.find(self._bar.needle)

    def _show_bar(self, *, is_shown: bool) -> None:
        scrolled, before = self._view.scrolled, self._view.height()
        self._bar.setVisible(is_shown)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self._view.verticalScrollBar().setValue(scrolled + before - self._view.height())

    def _on_bar_needle_changed(self) -> None:
        if not self._bar.isHidden():
            self._typing.start()

    def _on_finder_counted(self, number: int, count: int, is_all: bool) -> None:
        self._bar.show_count(number, count, is_all=is_all)

    def _on_model_reset(self) -> None:
        if not len(self._model):
            self.close_bar()
