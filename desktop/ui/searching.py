"""Searching all conversations: from wherever in the window it begins to what is opened of the hits."""

from PySide6.QtCore import QObject

from desktop.domain.history import Hit
from desktop.ui.actions import Actions
from desktop.ui.history_search import HistorySearch
from desktop.viewmodels.session import SessionViewModel


class Searching(QObject):
    """Binds `pane` to the action that leads to it, and its hits to the library, which shows them."""

    def __init__(self, session: SessionViewModel, actions: Actions, pane: HistorySearch) -> None:
        super().__init__(pane)
        self._session = session
        self._pane = pane
        actions["search"].triggered.connect(self._on_search_triggered)
        pane.chosen.connect(self._on_pane_chosen)

    def _on_search_triggered(self) -> None:
        # Folded away it would get no keys.
        self._session.settings.change(side_list=True)
        self._pane.open()

    def _on_pane_chosen(self, hit: Hit, needle: str) -> None:
        self._session.library.show(hit.summary.id, hit.message, needle)
