"""The links of a transcript in a window: where they are, and a hand that rests on them and clicks."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from desktop.domain.link_targets import LinkTarget, link_with_words
from desktop.markdown.blocks import Block
from desktop.markdown.plain import block_text
from desktop.ui.transcript.message import place_in
from desktop.ui.transcript.styled import Link
from desktop.ui.transcript.view import TranscriptView

LEFT, NO_MODIFIER = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SCHEMES = ("http", "https", "mailto", "file", "ftp", "javascript", "data", "smb", "about")


class Browser(QObject):
    """Stands where the system's programs would be started, for as long as it is used by `with`."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = list[str]()

    def __enter__(self) -> "Browser":
        for scheme in SCHEMES:
            QDesktopServices.setUrlHandler(scheme, self, "open")  # type: ignore[arg-type]  # the stub wants bytes
        return self

    def __exit__(self, *_: object) -> None:
        for scheme in SCHEMES:
            QDesktopServices.unsetUrlHandler(scheme)

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toEncoded().toStdString())


class LinkHand:
    """Over the last message of `view`."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view

    def blocks(self) -> tuple[Block, ...]:
        """Those that it has so far, without what was thought."""
        message = self._view.column.find(len(self._view.column) - 1)
        return () if message is None else tuple(message.texts()[0].blocks)

    def links(self) -> dict[QPoint, LinkTarget]:
        """A point of the viewport within each that is seen, and where it leads."""
        found = dict[Link, QPoint]()
        for point, link in self._places():
            if self._view.viewport().rect().contains(point):
                found.setdefault(link, point)
        targets = {point: link_with_words(*link) for link, point in found.items()}
        return {point: target for point, target in targets.items() if target is not None}

    def rest_on(self, point: QPoint) -> str:
        """Move there; the tool tip that would come up."""
        viewport = self._view.viewport()
        QTest.mouseMove(viewport, point + QPoint(1, 1))
        QTest.mouseMove(viewport, point)
        return viewport.toolTip()

    def click(self, point: QPoint) -> None:
        QTest.mouseClick(self._view.viewport(), LEFT, NO_MODIFIER, point)

    def _places(self) -> Iterator[tuple[QPoint, Link]]:
        message = self._view.column.find(len(self._view.column) - 1)
        if message is not None:
            for text in message.texts().values():
                origin = message.pos() + place_in(message, text).topLeft()
                for index, block in enumerate(text.blocks):
                    for offset in range(min(len(block_text(block)), 400)):
                        inside = text.stack.rectangle_of((index, offset)).center() + QPointF(1, 0)
                        hit = text.stack.found_at(inside)
                        link = hit[1].link_at(hit[2]) if hit is not None else None
                        if link is not None:
                            yield origin + inside.toPoint(), link
