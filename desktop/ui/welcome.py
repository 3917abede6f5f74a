"""The first minute: what to do now, with or without a key."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.models import READER_MODEL
from desktop.paths import resource
from desktop.ui.model_words import model_name
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import SPACE

_SAMPLE = QSize(132, 96)


class WelcomePane(QScrollArea):
    """Shown while the conversation is empty; scrolls where the window is small or the text large.

    Signals:
        sample_requested: The path of the sample image to attach.
        settings_requested: A model is to be connected.
    """

    sample_requested = Signal(Path)
    settings_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = _label(self.tr("Ask about what is on your screen"), "heading")
        self._how = _label(
            self.tr("Drop a screenshot anywhere in this window, paste it with Ctrl+V, or pick it with “+”."),
            "muted",
        )
        self._state = _label("", "muted")
        self._connect = QPushButton(self.tr("Connect a model…"), self)
        self._connect.setAutoDefault(False)
        self._connect.clicked.connect(self.settings_requested)
        samples = QHBoxLayout()
        samples.setSpacing(3 * SPACE)
        samples.addStretch(1)
        samples.addWidget(self._sample("receipt.png", self.tr("A receipt")))
        samples.addWidget(self._sample("error.png", self.tr("An error message")))
        samples.addStretch(1)
        self._place(samples)

    def show_model(self, model_id: str, *, needs_key: bool) -> None:
        """Say what works now, and what a key would add."""
        self._connect.setVisible(needs_key or model_id == READER_MODEL)
        if model_id == READER_MODEL:
            words = self.tr(
                "Reading text works now, on this device, without a key or a network."
                " To ask questions, connect a model."
            )
        elif needs_key:
            words = self.tr(
                "{model} needs an API key. Reading text works without one: choose the on-device reader."
            ).format(model=model_name(model_id))
        else:
            words = self.tr("Questions go to {model}.").format(model=model_name(model_id))
        self._state.setText(words)

    def _place(self, samples: QHBoxLayout) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(3 * SPACE)
        column.addStretch(2)
        column.addWidget(self._heading)
        column.addWidget(self._how)
        column.addSpacing(2 * SPACE)
        column.addWidget(_label(self.tr("Or try one of these:"), "muted"))
        column.addLayout(samples)
        column.addSpacing(2 * SPACE)
        column.addWidget(self._state)
        column.addWidget(self._connect, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _sample(self, file: str, words: str) -> QToolButton:
        path = resource("samples", file)
        tile = QToolButton(self)
        tile.setProperty("role", "tile")
        tile.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        tile.setIcon(QIcon(str(resource("samples", f"{path.stem}.thumbnail.png"))))
        tile.setIconSize(_SAMPLE)
        tile.setText(words)
        tile.setToolTip(self.tr("Attach this sample"))
        tile.clicked.connect(lambda: self.sample_requested.emit(path))
        return tile


def _label(words: str, role: str) -> PlainLabel:
    label = PlainLabel(words)
    label.setProperty("role", role)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setWordWrap(True)
    return label
