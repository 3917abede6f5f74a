"""The lists behind the views, held to Qt's own rules for models by its own tester.

The tester looks at every change for as long as it lives; what it finds is a warning, which fails the test.
"""

from typing import cast

import pytest
from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.viewmodels.attachments import ROW_MIME, AttachmentList, AttachmentRole
from desktop.viewmodels.composer import Attachment, ComposerViewModel
from tests.support.pictures import composer as empty_composer
from tests.support.pictures import image

ROOT = QModelIndex()
MOVE = Qt.DropAction.MoveAction


@pytest.fixture
def composer(qapp: object) -> ComposerViewModel:
    composer = empty_composer()
    composer.put("", [image(name) for name in ("a.png", "b.png", "c.png")])
    return composer


def watching(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)


def names(composer: ComposerViewModel) -> str:
    return "".join(image.name[0] for image in composer.images)


def dropped(rows: AttachmentList, row: int, before: int) -> None:
    """Drag `row` and let it go before another, as a view does it."""
    mime = rows.mimeData([rows.index(row, 0)])
    assert mime.hasFormat(ROW_MIME)
    assert not rows.dropMimeData(mime, MOVE, before, 0, ROOT), "the view must not remove the row itself"


def test_attachments_are_a_sound_model(composer: ComposerViewModel) -> None:
    rows = AttachmentList(composer)
    watched = watching(rows)
    composer.remove(1)
    composer.move(0, 1)
    composer.put("", [image("d.png")])

    assert watched.model() is rows
    assert rows.rowCount() == 1
    assert rows.rowCount(rows.index(0, 0)) == 0


def test_a_row_tells_name_and_attachment(composer: ComposerViewModel) -> None:
    rows = AttachmentList(composer)
    index = rows.index(1, 0)

    assert index.data() == "b.png"
    assert cast("Attachment", index.data(AttachmentRole.ATTACHMENT)).item is composer.images[1]
    assert index.data(Qt.ItemDataRole.DecorationRole) is None


@pytest.mark.parametrize(
    ("row", "before", "order"),
    [
        (0, 3, "bca"),
        (0, 2, "bac"),
        (0, 1, "abc"),
        (0, 0, "abc"),
        (2, 0, "cab"),
        (2, 1, "acb"),
        (1, -1, "acb"),  # let go behind the last
    ],
)
def test_a_dropped_row_moves_there(composer: ComposerViewModel, row: int, before: int, order: str) -> None:
    rows = AttachmentList(composer)
    dropped(rows, row, before)

    assert names(composer) == order
    assert [rows.index(row, 0).data()[0] for row in range(3)] == list(order)


@pytest.mark.parametrize("data", [b"7", b"-1", b"x", b""])
def test_a_row_of_another_window_moves_nothing(composer: ComposerViewModel, data: bytes) -> None:
    mime = QMimeData()
    mime.setData(ROW_MIME, data)
    AttachmentList(composer).dropMimeData(mime, MOVE, 0, 0, ROOT)

    assert names(composer) == "abc"


def test_a_list_ends_with_its_pane_not_with_the_composer(composer: ComposerViewModel) -> None:
    pane = QObject()
    AttachmentList(composer, pane)
    assert len(pane.children()) == 1
    assert not composer.findChildren(AttachmentList)
