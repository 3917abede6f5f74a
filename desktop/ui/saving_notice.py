"""What the banner says while conversations cannot be saved, and once they are."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent

from desktop.domain.history_errors import (
    HistoryError,
    HistoryLost,
    HistoryRecovered,
    HistoryTooNew,
    NotSavedYet,
)
from desktop.ui.banner import Banner
from desktop.viewmodels.keeping import Keeper

_FOR_GOOD = (HistoryLost, HistoryRecovered, HistoryTooNew)
"""Nothing that is written afterwards mends these."""


class SavingNotice(QObject):
    """Follows `keeper`, as long as `banner` is there."""

    def __init__(self, keeper: Keeper, banner: Banner) -> None:
        super().__init__(banner)
        self._keeper = keeper
        self._banner = banner
        self._has_warned = False
        self._unsolved: list[HistoryError] = []
        keeper.problem_raised.connect(self._on_keeper_problem_raised)
        keeper.problem_solved.connect(self._on_keeper_problem_solved)

    def hold_back(self, event: QCloseEvent) -> None:
        """Let the window be closed the second time only, if what was said would be lost with it."""
        if self._keeper.is_failing and not self._has_warned:
            event.ignore()
            self.remind()
            self._has_warned = True
            self._banner.show_error(NotSavedYet())

    def remind(self) -> None:
        """Say again what keeps conversations from being saved: there is more to lose now."""
        self._has_warned = False
        for error in self._unsolved:
            self._banner.show_error(error)

    def _on_keeper_problem_raised(self, error: HistoryError) -> None:
        if not isinstance(error, _FOR_GOOD):
            self._unsolved.append(error)
        self._banner.show_error(error)

    def _on_keeper_problem_solved(self) -> None:
        self._has_warned = False
        solved, self._unsolved = [*self._unsolved, NotSavedYet()], []
        self._banner.settle(solved, self.tr("Everything is saved again."))
