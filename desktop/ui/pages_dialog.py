"""Which pages of a document are attached."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.page_list import PageList
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import SPACE
from desktop.viewmodels.composer import PageChoice

_SIZE = QSize(660, 520)


class PagesDialog(QDialog):
    """Shows the pages of one document. Open it with `open()`.

    Signals:
        pages_chosen: The numbers of the wanted pages, from 0, as a tuple; at least one.
    """

    pages_chosen = Signal(object)

    def __init__(self, choice: PageChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = len(choice.thumbnails)
        self.setWindowTitle(self.tr("Pages of {name}").format(name=choice.name))
        self._list = PageList(choice.thumbnails, choice.chosen, self)
        self._pages = self._list.pages
        self._words = PlainLabel(parent=self)
        self._words.setProperty("role", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._attach = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._pages.chosen_changed.connect(self._show_chosen)
        top = QHBoxLayout()
        top.addWidget(self._words, 1)
        top.addWidget(self._chooser(self.tr("All"), range(self._count)))
        top.addWidget(self._chooser(self.tr("None"), ()))
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * SPACE, 4 * SPACE, 4 * SPACE, 4 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addLayout(top)
        column.addWidget(self._list, 1)
        column.addWidget(buttons)
        self.resize(_SIZE)
        self._show_chosen()
        self._list.setFocus()

    def accept(self) -> None:
        if self._pages.chosen:
            self.pages_chosen.emit(self._pages.chosen)
            super().accept()

    def _chooser(self, words: str, pages: range | tuple[()]) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._pages.choose(pages))
        return button

    def _show_chosen(self) -> None:
        chosen = len(self._pages.chosen)
        self._words.setText(self.tr("{n} of {count} pages").format(n=chosen, count=self._count))
        one = self.tr("Attach 1 page")
        self._attach.setText(one if chosen == 1 else self.tr("Attach {n} pages").format(n=chosen))
        self._attach.setEnabled(chosen > 0)
