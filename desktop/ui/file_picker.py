"""The system's dialog for picking image files."""

import os
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.image_formats import SUFFIXES

_PATTERNS = " ".join(f"*{each}" for suffix in sorted(SUFFIXES) for each in (suffix, suffix.upper()))
"""Cameras write their suffixes in capitals, and not every desktop's dialog takes them for the same."""


class FilePicker(QObject):
    """Asks for files; the dialog opens beside the loop, and answers by signal.

    Signals:
        files_picked: The chosen paths, as a list.
    """

    files_picked = Signal(list)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def open(self, *, leaves_traces: bool = True) -> None:
        """With `leaves_traces` by the system's own, which may put what is picked among recent files."""
        # Qt's own would write the names of the folders that were looked into into a file.
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
        dialog = QFileDialog(self._window, self.tr("Add images"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not leaves_traces)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setOption(QFileDialog.Option.HideNameFilterDetails)
        dialog.setNameFilters(
            [
                self.tr("Images ({patterns})").format(patterns=_PATTERNS),
                self.tr("All files ({patterns})").format(patterns="*"),
            ]
        )
        dialog.filesSelected.connect(self._on_dialog_files_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_dialog_files_selected(self, paths: list[str]) -> None:
        self.files_picked.emit([Path(path) for path in paths])
