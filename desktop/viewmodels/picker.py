"""Choose a model: one list of what all servers have, by list or by name."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, Signal

from desktop.domain.endpoints import profile_of
from desktop.domain.models import READER_MODEL, Catalog
from desktop.domain.ports import Backend
from desktop.domain.provider_errors import KeyInTheClear
from desktop.domain.settings import Endpoint, Settings
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.picker_groups import Choice, Group, Row, RowId, row_id
from desktop.viewmodels.picker_rows import PickerRows
from desktop.viewmodels.picker_servers import ServerLists

ServerWords = Callable[[Endpoint | None], str]


def _name(endpoint: Endpoint | None) -> str:
    return "" if endpoint is None else profile_of(endpoint).name


class PickerViewModel(QObject):
    """The models of all servers, grouped and filtered, in `rows`.

    Signals:
        catalog_changed: The `Catalog` of the server asked next has other entries now: it has listed them.
        groups_changed: Servers have told something, or others are there.
        asking_changed: Whether servers are being asked for their models.
        model_chosen: The `Endpoint` (None: this device) and the id of the model that the user chose there.
    """

    catalog_changed = Signal(object)
    groups_changed = Signal()
    asking_changed = Signal(bool)
    model_chosen = Signal(object, str)

    def __init__(
        self,
        catalog: Catalog,
        backend: Backend,
        tasks: TaskOwner,
        *,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__()
        self._lists = ServerLists(catalog, backend, tasks, clock)
        self._settings = Settings()
        self._model_id = READER_MODEL
        self._words: ServerWords = _name
        self._typed = ""
        self._groups: list[Group] = []
        self._told = self.catalog
        self.rows = PickerRows(self)
        self._lists.changed.connect(self._on_lists_changed)
        self._lists.asking_changed.connect(self.asking_changed)
        self._regroup()

    # ── what a pane shows ───────────────────────────────────────────────────────────────────────

    @property
    def endpoint(self) -> Endpoint:
        """The server that is asked next."""
        return self._settings.endpoint

    @property
    def catalog(self) -> Catalog:
        """The models of the server that is asked next."""
        return self.catalog_of(self.endpoint)

    def catalog_of(self, endpoint: Endpoint) -> Catalog:
        return self._lists.catalog_of(endpoint)

    @property
    def row_to_mark(self) -> int:
        """The model that is named exactly as was typed, at the server asked next first, or else the first.

        While nothing is typed the model that answers, so that Enter changes nothing. −1: there is none.
        """
        if not self._typed:
            return self.rows.row_of(self._current)
        known = self.rows.row_of(row_id(self.endpoint, self._typed))
        return known if known >= 0 else self.rows.first_named(self._typed)

    @property
    def is_known(self) -> bool:
        """Whether the server that is asked next has a model of the name that was typed."""
        return self.rows.row_of(row_id(self.endpoint, self._typed)) >= 0

    @property
    def refused_host(self) -> str:
        """The first host to which no key was sent, as it would go unencrypted; empty: there is none."""
        errors = (group.error for group in self._groups)
        return next((str(each.facts["host"]) for each in errors if isinstance(each, KeyInTheClear)), "")

    # ── what a user does ────────────────────────────────────────────────────────────────────────

    def filter(self, text: str) -> None:
        """Show the models whose ids hold each word of `text`, unless a word of their server begins so."""
        self._typed = text.strip()
        self.rows.show_anew(self._matching())

    def choose(self, row: int) -> None:
        """Take the model at `row`; a heading is none."""
        choice = self.rows[row]
        if isinstance(choice, Choice):
            self.model_chosen.emit(choice.endpoint, choice.model.id)

    def choose_typed(self) -> None:
        """Take the model that is named as was typed, at the server that is asked next."""
        if self._typed:
            self.model_chosen.emit(self.endpoint, self._typed)

    def ask(self) -> None:
        """Ask the servers that were not asked within the last minute, all at once."""
        self._lists.ask()

    def refresh(self) -> None:
        """Ask all servers again."""
        self._lists.ask(anew=True)

    # ── what is set ─────────────────────────────────────────────────────────────────────────────

    def configure(self, settings: Settings, model_id: str) -> None:
        """These are the servers, and the model that answers at the one asked next."""
        if (settings, model_id) != (self._settings, self._model_id):
            self._settings, self._model_id = settings, model_id
            self._lists.configure(settings)
            self._told = self.catalog
            self._regroup()

    def set_words(self, words: ServerWords) -> None:
        """What servers (None: this device) are called where the list is shown."""
        self._words = words

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    @property
    def _current(self) -> RowId:
        return row_id(None if self._model_id == READER_MODEL else self.endpoint, self._model_id)

    def _on_lists_changed(self) -> None:
        self._regroup()
        if self.catalog is not self._told:
            self._told = self.catalog
            self.catalog_changed.emit(self._told)

    def _regroup(self) -> None:
        self._groups = [self._with_current(group) for group in self._lists.groups()]
        self.rows.become(self._matching())
        self.rows.set_current(self._current)
        self.groups_changed.emit()

    def _with_current(self, group: Group) -> Group:
        is_here = group.endpoint == self.endpoint and self._model_id != READER_MODEL
        return group.with_typed(self._model_id) if is_here else group

    def _matching(self) -> list[Row]:
        words = self._typed.casefold().split()
        groups = (group.rows(words, self._words(group.endpoint).casefold()) for group in self._groups)
        return [row for rows in groups for row in rows]
