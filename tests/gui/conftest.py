"""What holds for tests of widgets."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication


@pytest.fixture
def undressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application, to be dressed by a test; afterwards it is as it was."""
    palette, font, locale = qapp.palette(), qapp.font(), QLocale()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)
    QLocale.setDefault(locale)
