"""Finding in a conversation: what is marked, which hit is the current one, and the way to the next."""

from PySide6.QtCore import QObject, QPointF, Signal

from desktop.ui.transcript.finding import Finding
from desktop.ui.transcript.found import Hit, MarksOf
from desktop.ui.transcript.leading import Leading
from desktop.ui.transcript.message import MessageView
from desktop.ui.transcript.selection import Place
from desktop.ui.transcript.view import TranscriptView
from desktop.viewmodels.transcript import TranscriptModel

_BEGIN = Place(0, -1, 0, 0)


class Finder(QObject):
    """Finds a needle in all that a view shows, from `open` to `close`, also in what comes meanwhile.

    Signals:
        counted: Which hit is the current one (from 1; 0: none), how many there are, and whether that is all.
    """

    counted = Signal(int, int, bool)

    def __init__(self, view: TranscriptView, model: TranscriptModel) -> None:
        super().__init__(view)
        self._view = view
        self._column = view.column
        self._needle = ""
        self._is_open = False
        self._current: Hit | None = None
        self._origin = _BEGIN
        """The first hit from here on becomes the current one."""
        self._leads = False
        self._finding = Finding(view.column, self)
        self._finding.message_searched.connect(self._show_in)
        self._finding.progressed.connect(self._on_finding_progressed)
        self._leading = Leading(view)
        self._bind(model)

    # ── what a user does ────────────────────────────────────────────────────────────────────────

    def open(self) -> None:
        """From now on texts are read, so that the needle that will come is found soon."""
        if not self._is_open:
            self._is_open = True
            self._finding.search("", self._top().message)

    def close(self) -> None:
        """Mark nothing, keep nothing."""
        self._is_open = False
        self._needle = ""
        self._current = None
        self._leading.stop()
        self._finding.forget()
        self._show_all()

    def find(self, needle: str) -> None:
        """Find `needle` from the current hit on, or from the top of what is seen."""
        if self._is_open and needle != self._needle:
            self._origin = self._top() if self._current is None else self._current.place
            self._needle = needle
            self._search(leads=True)

    def find_from(self, needle: str, message: int) -> None:
        """Find `needle` from the beginning of the message at this index on; it must be open."""
        self._origin = Place(message, *_BEGIN[1:])
        self._needle = needle
        self._search(leads=True)

    def go_to_next(self) -> None:
        """To the hit after the current one, or to the first."""
        found, current = self._finding.found, self._current
        if current is not None:
            behind = current.place._replace(offset=max(current.end, current.place.offset + 1))
            self._set_current(found.first_from(behind) or found.first_from(_BEGIN))

    def go_to_previous(self) -> None:
        """To the hit before the current one, or to the last."""
        found, current = self._finding.found, self._current
        if current is not None:
            end = Place(len(self._column), *_BEGIN[1:])
            self._set_current(found.last_before(current.place) or found.last_before(end))

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _bind(self, model: TranscriptModel) -> None:
        model.reset.connect(self._on_model_reset)
        model.prepended.connect(self._on_model_prepended)
        model.inserted.connect(self._on_model_changed)
        model.changed.connect(self._on_model_changed)
        model.text_appended.connect(self._on_model_grown)
        model.reasoning_appended.connect(self._on_model_grown)
        self._column.message_made.connect(self._on_column_message_made)
        self._column.resized.connect(self._on_column_resized)

    # The model outlives the view: a slot of its own is let go with it, a function would keep it.

    def _on_model_changed(self, index: int) -> None:
        if self._is_open:
            self._finding.look_again(index)

    def _on_model_grown(self, index: int, _text: str) -> None:
        if self._is_open:
            self._finding.look_after_growth(index)

    def _search(self, *, leads: bool) -> None:
        self._leading.stop()
        self._current = None
        self._leads = leads
        self._finding.search(self._needle, self._origin.message)
        self._show_all()

    def _set_current(self, hit: Hit | None, *, leads: bool = True) -> None:
        before, self._current = self._current, hit
        for each in {each.place.message for each in (before, hit) if each is not None}:
            self._show_in(each)
        if hit is not None and leads:
            self._leading.lead_to(hit.place)
        self._tell()

    def _tell(self) -> None:
        found, current = self._finding.found, self._current
        number = found.number_of(current) if current is not None else 0
        self.counted.emit(number, len(found), not self._finding.is_searching)

    def _top(self) -> Place:
        """What stands at the top of what is seen."""
        return self._view.selecting.place_at(QPointF(0, 0)) or _BEGIN

    def _show_all(self) -> None:
        for index, _ in self._column.made():
            self._show_in(index)

    def _show_in(self, index: int) -> None:
        """Mark what was found in the message at `index`, if it has widgets."""
        message, current = self._column.find(index), self._current
        for number, text in message.texts().items() if message is not None else ():
            is_here = current is not None and current.place[:2] == (index, number)
            hits = self._finding.found.hits_in(index, number)
            text.mark_found(MarksOf(hits, current if is_here else None) if self._needle else None)

    # ── news ────────────────────────────────────────────────────────────────────────────────────

    def _on_finding_progressed(self) -> None:
        found, current = self._finding.found, self._current
        if current is not None and not found.holds(current):
            # It stood in what is not said any more.
            self._origin, self._current, self._leads = current.place, None, False
        hit = self._current or found.first_from(self._origin)
        if hit is None and not self._finding.is_searching:
            hit = found.first_from(_BEGIN)
        if hit is not self._current:
            self._set_current(hit, leads=self._leads)
        else:
            self._tell()

    def _on_model_reset(self) -> None:
        if self._is_open:
            self._finding.forget()
            self._origin = self._top()
            self._search(leads=False)

    def _on_model_prepended(self, count: int) -> None:
        if self._is_open:
            place = self._origin if self._current is None else self._current.place
            self._finding.forget()
            self._origin = place._replace(message=place.message + count)
            self._search(leads=self._leads)

    def _on_column_message_made(self, index: int, _message: MessageView) -> None:
        if self._is_open:
            self._show_in(index)
            self._finding.look_at_thoughts(index)

    def _on_column_resized(self) -> None:
        for index, _ in self._column.made() if self._is_open else ():
            self._finding.look_at_thoughts(index)
