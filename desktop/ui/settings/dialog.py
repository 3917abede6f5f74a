"""The window that holds the settings pages."""

from collections.abc import Callable, Iterator
from enum import IntEnum

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from desktop.ui.settings.answers import AnswersPage
from desktop.ui.settings.appearance import AppearancePage
from desktop.ui.settings.connection import ConnectionPage
from desktop.ui.settings.history import HistoryPage
from desktop.ui.settings.network import NetworkPage
from desktop.ui.theme import SPACE
from desktop.viewmodels.history_settings import HistorySettings
from desktop.viewmodels.settings import SettingsViewModel


class SettingsPage(IntEnum):
    """The pages, in the order in which they stand."""

    CONNECTION = 0
    ANSWERS = 1
    NETWORK = 2
    HISTORY = 3
    APPEARANCE = 4


class SettingsDialog(QDialog):
    """Not modal; every change holds at once. Its pages are made step by step, in turns of the event loop.

    Signals:
        page_requested: A web page or a folder is to be opened.
        completed: All pages are made.
    """

    page_requested = Signal(QUrl)
    completed = Signal()

    def __init__(
        self, settings: SettingsViewModel, history: HistorySettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setAccessibleName("Settings")
        self._settings = settings
        self._history = history
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        self._makers: dict[int, Callable[[], Iterator[QWidget]]] = {
            self._new_tab(self.tr("Connection")): self._new_connection_page,
            self._new_tab(self.tr("Answers")): lambda: iter((AnswersPage(settings),)),
            self._new_tab(self.tr("Network")): lambda: iter((NetworkPage(settings),)),
            self._new_tab(self.tr("History")): lambda: iter((self._new_history_page(),)),
            self._new_tab(self.tr("Appearance")): lambda: iter((AppearancePage(settings),)),
        }
        # All at once would keep the window for 25 ms.
        self._steps = self._make_pages()
        self._making = QTimer(self, interval=0)
        self._making.timeout.connect(self._make_more)
        self._making.start()
        buttons = QDialogButtonBox(self)
        self._close = close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 3 * SPACE)
        column.addWidget(self._tabs)
        column.addWidget(buttons)
        self.resize(640, 640)

    @property
    def page(self) -> SettingsPage:
        """The one that is shown."""
        return SettingsPage(self._tabs.currentIndex())

    def show_page(self, page: SettingsPage) -> None:
        self._tabs.setCurrentIndex(page)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _new_tab(self, words: str) -> int:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the field that has the focus
        return self._tabs.addTab(area, words)

    def _make_more(self) -> None:
        if next(self._steps, self) is self:
            self._making.stop()
            self.completed.emit()

    def _make_pages(self) -> Iterator[None]:
        """A step or several to make a page, the one that is shown first, and one to put it in its place."""
        while self._makers:
            shown = self._tabs.currentIndex()
            index = shown if shown in self._makers else next(iter(self._makers))
            area = self._tabs.widget(index)
            assert isinstance(area, QScrollArea), "made by `_new_tab`"
            steps = self._makers.pop(index)()
            page = next(steps)
            yield
            for _ in steps:
                yield
            area.setWidget(page)
            # Tab goes round in the order in which things were made, and the button was made first.
            self.setTabOrder(self._last_stop(), self._close)
            yield

    def _last_stop(self) -> QWidget:
        """Where Tab comes to last."""
        stop: QWidget = self
        while stop is self or not stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
            before = stop.previousInFocusChain()
            assert before is not None, "the chain is a ring"
            stop = before
        return stop

    def _new_connection_page(self) -> Iterator[QWidget]:
        """The same page after each step."""
        page = ConnectionPage(self._settings)
        page.page_requested.connect(self.page_requested)
        page.network_requested.connect(self._show_network)
        for _ in page.fill():
            yield page
        yield page

    def _show_network(self) -> None:
        self.show_page(SettingsPage.NETWORK)

    def _new_history_page(self) -> QWidget:
        page = HistoryPage(self._settings, self._history)
        page.page_requested.connect(self.page_requested)
        return page
