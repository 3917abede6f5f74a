"""What is kept of conversations, where, and how all of it is deleted."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from desktop.domain.errors import AppError
from desktop.domain.history import HistorySize
from desktop.ui.flow import FlowLayout
from desktop.ui.image_words import megabytes
from desktop.ui.settings.confirming import Confirming
from desktop.ui.settings.field import Status, form_in, labelled, row
from desktop.ui.settings.path_line import PathLine
from desktop.ui.theme import SPACE
from desktop.ui.wording import sentence
from desktop.viewmodels.history_settings import HistorySettings
from desktop.viewmodels.settings import SettingsViewModel


class HistoryPage(QWidget):
    """The folder, its size, whether new conversations go there, and an end of all.

    Signals:
        page_requested: The folder is to be opened.
    """

    page_requested = Signal(QUrl)

    def __init__(
        self, settings: SettingsViewModel, history: HistorySettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._history = history
        self._size = Status("How much is kept")
        self._outcome = Status("Deletion")
        self._delete = Confirming(
            self.tr("Delete everything…"),
            self.tr("Really delete all conversations?"),
            self.tr("Delete"),
        )
        self._form = form_in(self)
        self._place_kept()
        self._place_switch()
        labelled(self._form, self.tr("All conversations"), self._delete)
        self._form.addRow("", self._outcome)
        self._bind()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _place_kept(self) -> None:
        folder = PathLine(self._history.folder)
        row(self._form, self.tr("Folder"), "Folder", folder)
        self._open = QPushButton(self.tr("Open folder"))
        self._open.setAutoDefault(False)
        line = FlowLayout(2 * SPACE)
        line.addWidget(self._open)
        self._form.addRow("", line)
        labelled(self._form, self.tr("Kept"), self._size)

    def _place_switch(self) -> None:
        keep = QCheckBox(self.tr("Keep them on this computer"))
        keep.setAccessibleName("Keep new conversations")
        keep.setChecked(self._settings.settings.keep_conversations)
        keep.toggled.connect(lambda on: self._settings.change(keep_conversations=on))
        labelled(self._form, self.tr("New conversations"), keep)

    def _bind(self) -> None:
        self._open.clicked.connect(self._on_open_clicked)
        self._delete.confirmed.connect(self._on_delete_confirmed)
        self._history.measured.connect(self._show_size)
        self._history.emptied.connect(self._on_history_emptied)
        self._history.measuring_failed.connect(self._on_history_measuring_failed)
        self._history.deleting_failed.connect(self._on_history_deleting_failed)

    def _on_open_clicked(self) -> None:
        self.page_requested.emit(QUrl.fromLocalFile(str(self._history.folder)))

    def _on_delete_confirmed(self) -> None:
        self._delete.setEnabled(False)
        self._outcome.say(self.tr("Deleting…"))
        self._history.delete_everything()

    def _on_history_emptied(self) -> None:
        self._delete.setEnabled(True)
        self._outcome.say(self.tr("All conversations are deleted."))
        self._history.measure()

    def _show_size(self, size: HistorySize) -> None:
        room = megabytes(size.bytes)
        match size.conversations:
            case 0:
                words = self.tr("No conversations, {size}").format(size=room)
            case 1:
                words = self.tr("1 conversation, {size}").format(size=room)
            case count:
                words = self.tr("{n} conversations, {size}").format(
                    n=self.locale().toString(count), size=room
                )
        self._size.say(words)

    def _on_history_measuring_failed(self, error: AppError) -> None:
        self._size.say(sentence(error))

    def _on_history_deleting_failed(self, error: AppError) -> None:
        self._delete.setEnabled(True)
        self._outcome.say(sentence(error))

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._history.measure()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._delete.revert()
