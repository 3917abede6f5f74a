"""The row below the prompt: what can be added, the switches that the model has, what the images cost."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.ui.attachment_words import link_host
from desktop.ui.flow import FlowLayout
from desktop.ui.icon_button import IconButton
from desktop.ui.mnemonics import unmarked
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import BUTTON, SPACE
from desktop.ui.tips import plain_tip

_OFFER_EDGES = 40
"""Of the offer's button, icon included, in device-independent px."""


class ComposerTools(QWidget):
    """Breaks into several rows where there is no room for one.

    Signals:
        thinking_toggled: Thinking was switched.
        full_detail_toggled: Full detail was switched.
        rotated_toggled: Looking for the upright side of photos was switched.
        link_taken: The address that was offered is to be attached.
    """

    thinking_toggled = Signal(bool)
    full_detail_toggled = Signal(bool)
    rotated_toggled = Signal(bool)
    link_taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered = ""
        self._add = IconButton("plus", "Add images", self, ink="text")
        self._add.setToolTip(self.tr("Add images or a web address"))
        self._add.setFixedSize(BUTTON, BUTTON)
        self._add.clicked.connect(self._open_menu)
        self._menu = QMenu(self)
        self._thinking = _switch(self.tr("Thinking"), "Thinking", self)
        self._full_detail = _switch("", "Full detail", self)
        self._rotated = _switch(self.tr("Rotated photo"), "Rotated photo", self)
        self._rotated.setToolTip(self.tr("Find out which way is up before reading; takes longer"))
        self._offer = IconButton("link", "Attach the web address", self, side=16)
        self._offer.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._tokens = PlainLabel(parent=self)
        self._tokens.setProperty("role", "muted")
        self._tokens.setContentsMargins(SPACE, 0, SPACE, 0)
        self._row = FlowLayout(SPACE, self)
        for widget in (
            self._add,
            self._thinking,
            self._full_detail,
            self._rotated,
            self._offer,
            self._tokens,
        ):
            self._row.addWidget(widget)
        self._thinking.clicked.connect(self.thinking_toggled)
        self._full_detail.clicked.connect(self.full_detail_toggled)
        self._rotated.clicked.connect(self.rotated_toggled)
        self._offer.clicked.connect(lambda: self.link_taken.emit(self._offered))
        self.offer_link("")

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def hasHeightForWidth(self) -> bool:
        # Said as a fixed height instead: what has a height for its width, Qt never makes smaller.
        return False

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return done

    # ── what is shown ───────────────────────────────────────────────────────────────────────────

    def set_add_actions(self, actions: Sequence[QAction]) -> None:
        """What the button with the cross offers."""
        self._menu.addActions(actions)

    def show_switches(self, *, thinking: bool | None, full_detail: bool, rotated: bool | None) -> None:
        """Show how the switches stand; None: the model has no such switch."""
        for switch, state in ((self._thinking, thinking), (self._rotated, rotated)):
            switch.setVisible(state is not None)
            switch.setChecked(bool(state))
        self._full_detail.setChecked(full_detail)

    def show_tokens(self, tokens: int | None, full: int | None) -> None:
        """What the images cost, and would cost in full detail; None: not known, or nothing else."""
        locale = self.locale()
        self._tokens.setText(self.tr("≈ {n} tokens").format(n=locale.toString(tokens)) if tokens else "")
        self._full_detail.setVisible(full is not None)
        if full is not None:
            self._full_detail.setText(self.tr("Full detail ≈ {n}").format(n=locale.toString(full)))

    def offer_link(self, url: str) -> None:
        """Offer to attach the image at `url`; an empty one takes the offer back."""
        self._offered = url
        self._offer.setVisible(bool(url))
        self._offer.setToolTip(plain_tip(url))
        self._fit()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _fit(self) -> None:
        words = self.tr("Attach the image at {host}").format(host=link_host(self._offered))
        room = self.width() - _OFFER_EDGES
        self._offer.setText(unmarked(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)))
        self.setFixedHeight(self._row.heightForWidth(self.width()))

    def _open_menu(self) -> None:
        above = QPoint(0, -self._menu.sizeHint().height())
        self._menu.popup(self._add.mapToGlobal(above))


def _switch(words: str, name: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setText(words)
    button.setAccessibleName(name)
    button.setCheckable(True)
    button.setProperty("role", "switch")
    return button
