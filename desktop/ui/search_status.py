"""The sentence below the hits of a search: that there are none, or more, or why."""

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop.domain.history import HITS
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import SPACE
from desktop.ui.tips import plain_tip
from desktop.ui.wording import sentence
from desktop.viewmodels.history_search import HistorySearch

_PATIENCE_MS = 400
"""What takes longer is said to be going on."""
_AROUND = "“”。"
"""Stands on one line with the words that were searched for, which may have no place to break."""


class SearchStatus(PlainLabel):
    """Says what the hits of `search` do not say themselves; hidden while there is nothing to say."""

    def __init__(self, search: HistorySearch, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._search = search
        self._pane = parent
        self.setProperty("role", "muted")
        self.setWordWrap(True)
        self.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience_timeout)
        search.busy_changed.connect(self._on_search_busy_changed)
        self.show_state()

    def show_state(self) -> None:
        """Say what holds now."""
        problem = self._search.problem
        self._say(self._words(), "" if problem is None else sentence(problem))

    def spoken(self) -> str:
        """What came of the search, for those who do not see its hits."""
        count = self._search.hits.rowCount()
        found = self.tr("{count} found").format(count=QLocale().toString(count))
        return found if 0 < count < HITS else self.text()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _words(self) -> str:
        if not self._search.needle or not self._search.is_answered:
            return ""
        if self._search.problem is not None:
            return self.tr("The history cannot be searched now.")
        count = self._search.hits.rowCount()
        if count == HITS:
            more = self.tr("{count} shown; type more to narrow it down")
            return more.format(count=QLocale().toString(count))
        return "" if count else self._nothing_found()

    def _nothing_found(self) -> str:
        metrics = self.fontMetrics()
        # Hidden, it has no width of its own yet.
        room = self._pane.width() - 4 * SPACE - metrics.horizontalAdvance(_AROUND)
        needle = metrics.elidedText(self._search.needle, Qt.TextElideMode.ElideRight, room)
        return self.tr("Nothing found for “{words}”.").format(words=needle)

    def _say(self, words: str, tip: str = "") -> None:
        self.setText(words)
        self.setToolTip(plain_tip(tip))
        self.setVisible(bool(words))

    def _on_search_busy_changed(self, is_busy: bool) -> None:
        if is_busy:
            self._patience.start()
        else:
            self._patience.stop()

    def _on_patience_timeout(self) -> None:
        if self._search.needle and not self._search.is_answered:
            self._say(self.tr("Searching…"))
