"""How a row of the conversation list is painted and renamed."""

from collections.abc import Iterator
from unicodedata import bidirectional

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.history import ConversationId, Summary
from desktop.domain.visible import visible
from desktop.ui.icons import icon
from desktop.ui.theme import RADIUS, SPACE, Colors, colors_of
from desktop.viewmodels.conversations import ConversationRole

Index = QModelIndex | QPersistentModelIndex
State = QStyle.StateFlag

_MARK = 16
"""Side of a mark, in device-independent px."""
_DOT = 8
_BAR = 3
"""Width of the bar before the conversation that is shown."""
_HOVER_ALPHA = 20
_LONGEST = 200
"""Characters of a title that is typed."""
_FROM_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
_FROM_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


class ConversationRows(QStyledItemDelegate):
    """A line for each: the title, and marks behind it. Headings are muted; all rows are of one height.

    Signals:
        renamed: The `ConversationId` that was given a title, and the title; empty: the automatic one.
    """

    renamed = Signal(object, str)

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._shown: ConversationId | None = None

    def set_shown(self, conversation_id: ConversationId) -> None:
        """Mark the conversation that the window shows, wherever it stands."""
        self._shown = conversation_id
        self._view.viewport().update()

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._view.fontMetrics().lineSpacing() + 4 * SPACE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors = colors_of(self._view.palette())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Each title runs as its own script does, whatever the window speaks.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        room: QRect = option.rect
        if index.data(ConversationRole.IS_HEADING):
            self._paint_heading(painter, room, index.data(), colors)
        else:
            self._paint_ground(painter, room, option.state, colors)
            self._paint_conversation(painter, room, index, colors)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName("Title")
        editor.setPlaceholderText(self.tr("Automatic title"))
        editor.setMaxLength(_LONGEST)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Asked again whenever the row changes: what is being typed stays.
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(index.data(ConversationRole.SUMMARY).title)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit) and editor.isModified():
            summary: Summary = index.data(ConversationRole.SUMMARY)
            title = " ".join(visible(editor.text()).split())
            if title != summary.title:
                self.renamed.emit(summary.id, title)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _paint_heading(self, painter: QPainter, room: QRect, words: str, colors: Colors) -> None:
        painter.setPen(colors.muted)
        line = room.adjusted(2 * SPACE, 2 * SPACE, -2 * SPACE, 0)
        self._write(painter, line, words)

    def _paint_ground(self, painter: QPainter, room: QRect, state: QStyle.StateFlag, colors: Colors) -> None:
        ground = QColor(colors.text)
        ground.setAlpha(_HOVER_ALPHA if state & State.State_MouseOver else 0)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & State.State_HasFocus:
            painter.setPen(colors.accent)
        painter.setBrush(colors.selection if state & State.State_Selected else ground)
        painter.drawRoundedRect(room.adjusted(0, 0, -1, -1), RADIUS - 2, RADIUS - 2)

    def _paint_conversation(self, painter: QPainter, room: QRect, index: Index, colors: Colors) -> None:
        summary: Summary = index.data(ConversationRole.SUMMARY)
        line = room.adjusted(2 * SPACE, 0, -2 * SPACE, 0)
        if index.data(ConversationRole.IS_BUSY):
            self._paint_dot(painter, _taken_from(line), colors)
        for mark in _marks(summary, colors):
            mark.paint(painter, _taken_from(line))
        if summary.id == self._shown:
            self._paint_bar(painter, room, colors)
            painter.setFont(_bold(painter.font()))
        painter.setPen(colors.text)
        self._write(painter, line, index.data())

    def _paint_dot(self, painter: QPainter, room: QRect, colors: Colors) -> None:
        dot = QRect(0, 0, _DOT, _DOT)
        dot.moveCenter(room.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.accent)
        painter.drawEllipse(dot)

    def _paint_bar(self, painter: QPainter, room: QRect, colors: Colors) -> None:
        bar = QRect(room.left(), room.top() + 2 * SPACE, _BAR, room.height() - 4 * SPACE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.accent)
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)

    def _write(self, painter: QPainter, room: QRect, words: str) -> None:
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _FROM_RIGHT if _runs_left(words) else _FROM_LEFT, elided)


def _marks(summary: Summary, colors: Colors) -> Iterator[QIcon]:
    """From the right to the left."""
    if summary.is_pinned:
        yield icon("pin", colors.muted)
    if not summary.is_kept:
        yield icon("hat-glasses", colors.muted)
    if summary.is_cut_off:
        yield icon("circle-pause", colors.muted)


def _taken_from(line: QRect) -> QRect:
    """Room for a mark at the end of `line`, which is shorter afterwards."""
    room = QRect(line.right() - _MARK + 1, line.center().y() - _MARK // 2 + 1, _MARK, _MARK)
    line.setRight(line.right() - _MARK - SPACE)
    return room


def _runs_left(words: str) -> bool:
    """Whether the first letter that has a direction runs from the right to the left."""
    directions = map(bidirectional, words)
    return next((each for each in directions if each in ("L", "R", "AL")), "L") != "L"


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold
