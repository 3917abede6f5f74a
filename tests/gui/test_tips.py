"""Tool tips say what a name says, whatever it looks like."""

import pytest
from PySide6.QtGui import QTextDocumentFragment

from desktop.ui.elided import ElidedLabel
from desktop.ui.tips import plain_tip

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("words", ["a.png", "1 < 2", "two\nlines", "a & b"])
def test_words_stay_as_they_are(words: str) -> None:
    assert plain_tip(words) == words


@pytest.mark.parametrize(
    "words", ["<img src='/dev/zero'>.png", "https://a/<b>https://b</b>", "<h1>a</h1>\nb"]
)
def test_what_looks_like_html_is_shown_as_it_is_written(words: str) -> None:
    label = ElidedLabel()
    label.setText(words)

    assert QTextDocumentFragment.fromHtml(label.toolTip()).toPlainText() == words
