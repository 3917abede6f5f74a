"""The dialog that picks image files."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.file_picker import FilePicker
from tests.support.pictures import png
from tests.support.qt import child, heard


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def test_it_shows_every_format_however_its_suffix_is_written(window: QWidget) -> None:
    FilePicker(window).open()
    patterns = child(window, QFileDialog).nameFilters()[0]

    for suffix in ("png", "jpeg", "webp", "heic", "HEIC", "avif", "jp2", "tga", "psd", "TIF", "gif", "bmp"):
        assert f"*.{suffix} " in patterns.replace(")", " ")


def test_what_is_picked_comes_as_paths(window: QWidget, tmp_path: Path) -> None:
    files = [tmp_path / "截图 1.png", tmp_path / "b.png"]
    for file in files:
        file.write_bytes(png())
    picker = FilePicker(window)
    picked = heard(picker.files_picked)
    picker.open()
    child(window, QFileDialog).filesSelected.emit([str(file) for file in files])

    assert picked == [files]


def test_no_desktop_hears_of_files_for_what_is_not_kept(window: QWidget) -> None:
    """GTK's dialog writes them into `recently-used.xbel`, Windows' into the registry."""
    option = QFileDialog.Option.DontUseNativeDialog
    picker = FilePicker(window)
    picker.open()
    picker.open(leaves_traces=False)

    assert [each.testOption(option) for each in window.findChildren(QFileDialog)] == [False, True]


def test_no_file_remembers_which_folders_were_looked_into(
    window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    FilePicker(window).open()
    dialog = child(window, QFileDialog)
    dialog.setDirectory(str(tmp_path))
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()

    assert not Path(QSettings(QSettings.Scope.UserScope, "QtProject").fileName()).exists()
