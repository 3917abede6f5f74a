"""Whose work comes with the app: a list, and what the licence of each says."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.notices import Notice
from desktop.ui.notice_list import NoticeList
from desktop.ui.plain_label import PlainLabel
from desktop.ui.poured_text import PouredText
from desktop.ui.settings.server_rows import ServerRows
from desktop.ui.theme import SPACE
from desktop.viewmodels.notices import Notices

_SIZE = QSize(940, 600)
_LIST_DIGITS = 32
"""Width of the list, in digits of the font."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class NoticesDialog(QDialog):
    """Open it with `open()`; it is gone when it is closed. Arrow keys in the line move through the list."""

    def __init__(self, notices: Notices, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Third-party software"))
        self._notices = notices
        self._all: Sequence[Notice] = ()
        self._shown: Notice | None = None
        self._told = ""
        self._line = QLineEdit(self)
        self._line.setAccessibleName("Search third-party software")
        self._line.setPlaceholderText(self.tr("Type a name or a licence"))
        self._line.setClearButtonEnabled(True)
        self._line.installEventFilter(self)
        self._rows = NoticeList(self)
        self._list = QListView(self)
        self._list.setAccessibleName("Third-party software")
        self._list.setModel(self._rows)
        self._list.setItemDelegate(ServerRows(self._list))
        self._list.setMouseTracking(True)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._nothing = PlainLabel(self.tr("Nothing of that name or licence"), self)
        self._nothing.setProperty("role", "muted")
        self._nothing.setWordWrap(True)
        self._nothing.hide()
        self._text = PouredText(self)
        self._text.setAccessibleName("Licence")
        self._place(self._buttons())
        self._bind()
        notices.ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() in _STEPS:
            self._step(_STEPS[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self._copy.setEnabled(False)
        self._copy.clicked.connect(self._on_copy_clicked)
        buttons.rejected.connect(self.reject)
        for button in buttons.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in the line is not meant for them
        return buttons

    def _place(self, buttons: QDialogButtonBox) -> None:
        self._list.setFixedWidth(_LIST_DIGITS * self.fontMetrics().horizontalAdvance("0"))
        self._nothing.setFixedWidth(self._list.width())
        side = QVBoxLayout()
        side.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignTop)
        side.addWidget(self._list, 1)
        middle = QHBoxLayout()
        middle.setSpacing(3 * SPACE)
        middle.addLayout(side)
        middle.addWidget(self._text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * SPACE, 4 * SPACE, 4 * SPACE, 4 * SPACE)
        column.setSpacing(3 * SPACE)
        column.addWidget(self._line)
        column.addLayout(middle, 1)
        column.addWidget(buttons)
        self.resize(_SIZE)
        self._line.setFocus()

    def _bind(self) -> None:
        self._notices.listed.connect(self._on_notices_listed)
        self._notices.text_read.connect(self._on_notices_text_read)
        self._line.textChanged.connect(self._show_matches)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)

    def _on_notices_listed(self, notices: Sequence[Notice]) -> None:
        self._all = notices
        self._show_matches()

    def _show_matches(self) -> None:
        """List what is looked for; what was chosen stays so as long as it is there."""
        chosen = self._shown
        found = [notice for notice in self._all if notice.matches(self._line.text())]
        self._rows.put(found)
        self._nothing.setVisible(bool(self._all) and not found)
        if found:
            self._list.setCurrentIndex(self._rows.index(max(self._rows.row_of(chosen), 0)))

    def _step(self, steps: int) -> None:
        last = self._rows.rowCount() - 1
        if last >= 0:
            row = min(max(self._list.currentIndex().row() + steps, 0), last)
            self._list.setCurrentIndex(self._rows.index(row))
            # The keys go to the line: of the list a screen reader says nothing by itself.
            words = self._rows.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._line, words))

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid() and (notice := self._rows.notice(current.row())) is not self._shown:
            self._shown = notice
            self._copy.setEnabled(False)
            self._notices.ask_text(notice)

    def _on_notices_text_read(self, notice: Notice, pieces: Sequence[str]) -> None:
        if notice is self._shown:
            head = self._head(notice)
            self._told = head + "".join(pieces)
            self._text.pour(head, pieces)
            self._copy.setEnabled(True)

    def _head(self, notice: Notice) -> str:
        lines = [notice.title, "", self.tr("Licence: {license}").format(license=notice.license)]
        lines += [self.tr("Copyright: {holder}").format(holder=holder) for holder in notice.copyright]
        lines += [self.tr("Source: {address}").format(address=address) for address in notice.source]
        if notice.is_replaceable:
            lines += [
                "",
                self.tr("It is a library in files of its own: you may replace it by another build of it."),
            ]
        return "\n".join([*lines, "", "─" * 24, "", ""])

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._told)
