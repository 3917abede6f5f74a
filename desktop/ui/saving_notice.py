"""What the banner says while conversations cannot be saved, and once they are."""

from PySide6.QtCore import QObject

from desktop.domain.history_errors import HistoryError, HistoryLost, HistoryRecovered, HistoryTooNew
from desktop.ui.banner import Banner
from desktop.viewmodels.keeping import Keeper

_FOR_GOOD = (HistoryLost, HistoryRecovered, HistoryTooNew)
"""Nothing that is written afterwards mends these."""


class SavingNotice(QObject):
    """Follows `keeper`, as long as `banner` is there."""

    def __init__(self, keeper: Keeper, banner: Banner) -> None:
        super().__init__(banner)
        self._banner = banner
        self._unsolved: list[HistoryError] = []
        keeper.problem_raised.connect(self._on_keeper_problem_raised)
        keeper.problem_solved.connect(self._on_keeper_problem_solved)

    def remind(self) -> None:
        """Say again what keeps conversations from being saved."""
        for error in self._unsolved:
            self._banner.show_error(error)

    def _on_keeper_problem_raised(self, error: HistoryError) -> None:
        if not isinstance(error, _FOR_GOOD):
            self._unsolved.append(error)
        self._banner.show_error(error)

    def _on_keeper_problem_solved(self) -> None:
        solved, self._unsolved = self._unsolved, []
        self._banner.settle(solved, self.tr("Everything is saved again."))
