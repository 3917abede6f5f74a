"""What the pointer does in a transcript: select, follow links, copy code, push wide boxes sideways."""

import re
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QToolTip

from desktop.domain.link_targets import LinkTarget, link_with_words
from desktop.ui.tips import plain_tip
from desktop.ui.transcript.box import Box, WideBox
from desktop.ui.transcript.column import MessageColumn
from desktop.ui.transcript.copying import Form
from desktop.ui.transcript.message import place_in
from desktop.ui.transcript.selecting import Selecting
from desktop.ui.transcript.selection import Place, Selection
from desktop.ui.transcript.stretches import is_mixed
from desktop.ui.transcript.styled import Link
from desktop.ui.transcript.text import MessageText

_FRAME_MS = 16
_SPEED = 0.3
"""Px scrolled in a frame for each px that the pointer is beyond the edge."""
_WORD = re.compile(r"\w+|[^\w\s]+|\s+")


class Hit(NamedTuple):
    """A box under the pointer, whose place is `point` within it."""

    text: MessageText
    block: int
    box: Box
    point: QPointF


class Pointer(QObject):
    """Is told by the scroll area, in whose viewport the messages of a column stand, what the pointer does.

    What says whether it was taken, is told no more.

    Signals:
        link_activated: A link was clicked; where it leads, a `LinkTarget`.
    """

    link_activated = Signal(object)

    def __init__(self, area: QAbstractScrollArea, column: MessageColumn, selecting: Selecting) -> None:
        super().__init__(area)
        self._area = area
        self._column = column
        self._selecting = selecting
        self._pressed: Link | None = None
        self._pushing: tuple[Hit, float] | None = None
        """A bar that is dragged, and where in its handle it was taken."""
        self._word: Selection | None = None
        """What a double click selected: dragging on adds whole words."""
        self._is_selecting = False
        """Whether the button was pressed to select: not on a bar, nor to copy."""
        self._last = QPointF()
        self._scroll = QTimer(self, interval=_FRAME_MS)
        self._scroll.timeout.connect(self._on_scroll_timeout)
        self._third = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        area.viewport().setMouseTracking(True)

    def hit_at(self, point: QPointF) -> Hit | None:
        """The box under `point` of the viewport."""
        for _, message in self._column.made():
            inside = point - message.pos().toPointF()
            if not message.rect().contains(inside.toPoint()):
                continue
            for text in message.texts().values():
                place = place_in(message, text)
                if place.contains(inside.toPoint()) and (
                    found := text.stack.found_at(inside - place.topLeft().toPointF())
                ):
                    index, box, within = found
                    return Hit(text, index, box, within) if 0 <= within.y() < box.height else None
        return None

    # ── the buttons ─────────────────────────────────────────────────────────────────────────────

    def press(self, event: QMouseEvent) -> bool:
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        self._last = event.position()
        self._area.setFocus(Qt.FocusReason.MouseFocusReason)
        hit = self.hit_at(event.position())
        self._is_selecting = hit is None or not (self._take_bar(hit) or self._copy(hit))
        if not self._is_selecting:
            return True
        self._pressed = hit.box.link_at(hit.point) if hit is not None else None
        place = self._selecting.place_at(event.position())
        if place is not None:
            if self._third.isActive():
                self._select_block(place)
            elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._selecting.extend(place)
            else:
                self._selecting.begin(place)
        return True

    def press_twice(self, event: QMouseEvent) -> bool:
        place = self._selecting.place_at(event.position())
        hit = self.hit_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or place is None or hit is None:
            return False
        self._third.start()
        self._is_selecting = True
        self._word = _word_at(place, hit)
        self._selecting.set(self._word)
        return True

    def _select_block(self, place: Place) -> None:
        hit = self.hit_at(self._last)
        length = len(hit.box.text) if hit is not None else 0
        self._word = Selection(place._replace(offset=0), place._replace(offset=length))
        self._selecting.set(self._word)

    def move(self, event: QMouseEvent) -> bool:
        self._last = event.position()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._show_cursor()
            return False
        if self._pushing is not None:
            self._push_to(event.position().x())
            return True
        if not self._is_selecting:
            return True
        self._extend()
        beyond = self._beyond()
        if beyond and not self._scroll.isActive():
            self._scroll.start()
        return True

    def release(self, event: QMouseEvent) -> bool:
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        self._scroll.stop()
        self._is_selecting = False
        self._pushing = self._word = None
        hit = self.hit_at(event.position())
        pressed, self._pressed = self._pressed, None
        if hit is not None and self._selecting.selection is None and hit.box.link_at(hit.point) == pressed:
            target = _target_of(pressed)
            if target is not None:
                self.link_activated.emit(target)
        return True

    def _extend(self) -> None:
        place = self._selecting.place_at(self._last)
        if place is None:
            return
        if self._word is None:
            self._selecting.extend(place)
        else:
            hit = self.hit_at(self._last)
            reached = _word_at(place, hit) if hit is not None else Selection(place, place)
            ends = (*self._word, *reached)
            is_back = place < self._word.first
            self._selecting.set(
                Selection(max(ends), min(ends)) if is_back else Selection(min(ends), max(ends))
            )

    def shift(self, count: int) -> None:
        """So many messages stand before those that there were."""
        if self._word is not None:
            self._word = self._word.shifted(count)

    # ── scrolling on while it selects ───────────────────────────────────────────────────────────

    def _beyond(self) -> float:
        """How far the pointer is above (−) or below (+) what is seen, in px."""
        y, height = self._last.y(), self._area.viewport().height()
        return y if y < 0 else max(0.0, y - height)

    def _on_scroll_timeout(self) -> None:
        beyond = self._beyond()
        if not beyond:
            self._scroll.stop()
            return
        bar = self._area.verticalScrollBar()
        step = round(beyond * _SPEED) or (1 if beyond > 0 else -1)
        bar.setValue(bar.value() + step)
        self._extend()

    # ── wide boxes ──────────────────────────────────────────────────────────────────────────────

    def _take_bar(self, hit: Hit) -> bool:
        if not isinstance(hit.box, WideBox) or not hit.box.bar().contains(hit.point):
            return False
        self._pushing = hit, self._last.x() - hit.box.bar().left()
        return True

    def _push_to(self, x: float) -> None:
        assert self._pushing is not None
        hit, taken = self._pushing
        assert isinstance(hit.box, WideBox)
        if hit.box.push(hit.box.pushed_at(x - taken)):
            hit.text.show_block(hit.block)

    def turn(self, event: QWheelEvent) -> bool:
        hit = self.hit_at(event.position())
        dx = event.pixelDelta().x() or event.angleDelta().x() / 2
        dy = event.pixelDelta().y() or event.angleDelta().y() / 2
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            dx, dy = dx or dy, 0
        if hit is None or not isinstance(hit.box, WideBox) or abs(dx) <= abs(dy):
            return False
        if hit.box.push(hit.box.pushed - dx):
            hit.text.show_block(hit.block)
        return True

    # ── what is under it ────────────────────────────────────────────────────────────────────────

    def _copy(self, hit: Hit) -> bool:
        text = hit.box.copies_at(hit.point)
        if text is None:
            return False
        QGuiApplication.clipboard().setText(text)
        QToolTip.showText(self._global(self._last), self.tr("Copied"), self._area)
        return True

    def _show_cursor(self) -> None:
        hit = self.hit_at(self._last)
        shape = Qt.CursorShape.ArrowCursor
        if hit is not None:
            is_button = bool(hit.box.link_at(hit.point)) or hit.box.copies_at(hit.point) is not None
            shape = Qt.CursorShape.PointingHandCursor if is_button else Qt.CursorShape.IBeamCursor
        self._area.viewport().setCursor(shape)
        self._area.viewport().setToolTip(plain_tip(self._words_of(hit) if hit is not None else ""))

    def _words_of(self, hit: Hit) -> str:
        """What is said of what is under the pointer."""
        if hit.box.copies_at(hit.point) is not None:
            return self.tr("Copy code")
        target = _target_of(hit.box.link_at(hit.point))
        return "" if target is None else target.brief

    def open_menu(self, point: QPointF) -> None:
        """What can be done with what is selected, and with what is under `point` of the viewport."""
        hit = self.hit_at(point)
        menu = QMenu(self._area)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        has_selection = self._selecting.selection is not None
        for words, form in ((self.tr("Copy"), Form.RICH), (self.tr("Copy as Markdown"), Form.MARKDOWN)):
            copy = menu.addAction(words, partial(self._selecting.copy, form))
            copy.setEnabled(has_selection)
        if hit is not None and (target := _target_of(hit.box.link_at(hit.point))):
            address = target.address
            menu.addAction(self.tr("Copy link"), lambda: QGuiApplication.clipboard().setText(address))
        menu.addAction(self.tr("Select all"), self._selecting.select_all)
        menu.popup(self._global(point))

    def _global(self, point: QPointF) -> QPoint:
        return self._area.viewport().mapToGlobal(point.toPoint())


def _target_of(link: Link | None) -> LinkTarget | None:
    return None if link is None else link_with_words(*link)


def _word_at(place: Place, hit: Hit) -> Selection:
    """The word, the blanks or the marks under the pointer, whose nearest place is `place`."""
    text = hit.box.text
    offset = min(place.offset, max(0, len(text) - 1))
    if hit.box.rectangle_of(offset).left() > max(0.0, hit.point.x()) and not is_mixed(text):
        # In the second half of a letter the nearest place is behind it.
        offset = max(0, offset - 1)
    for match in _WORD.finditer(text):
        if match.end() > offset:
            return Selection(place._replace(offset=match.start()), place._replace(offset=match.end()))
    return Selection(place, place)
