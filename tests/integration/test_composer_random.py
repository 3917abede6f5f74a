"""Whatever a user does, in whatever order: the list is the one that a simple model says."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.image_errors import BrokenImage, LinkSlow
from desktop.domain.images import ImageChange, ImageInput
from desktop.domain.messages import LinkPart
from desktop.domain.models import READER_MODEL
from desktop.viewmodels.attachments import AttachmentList
from tests.conftest import Run
from tests.support.composing import MODEL, Bench
from tests.support.pictures import image

ON_ONE_LOOP = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""Each sequence has a composer of its own; the loop may serve them all."""

FILES = tuple("abcdef")
BROKEN = "e"
"""This file is damaged; "f" is the same image as "a", and "d" is made again for each model."""

LINKS = tuple(f"https://pictures.example/{name}" for name in ("a", "g", "h"))
DEAD = LINKS[2]

NAMES = st.lists(st.sampled_from(FILES), max_size=4)
URLS = st.lists(st.sampled_from(LINKS), max_size=2)
PLACE = st.integers(0, 9)
STEPS = st.one_of(
    st.tuples(st.just("add"), NAMES),
    st.tuples(st.just("add_links"), URLS),
    st.tuples(st.just("fetch"), PLACE),
    st.tuples(st.just("remove"), PLACE),
    st.tuples(st.just("move"), st.tuples(PLACE, PLACE)),
    st.tuples(st.just("put"), st.lists(st.sampled_from(FILES[:4] + LINKS), max_size=4)),
    st.tuples(st.just("choose"), st.sampled_from((MODEL, "qwen-vl-ocr", READER_MODEL))),
    st.tuples(st.just("cancel"), st.none()),
    st.tuples(st.just("take"), st.none()),
)


class Table:
    """The composer under test, and a list of what ought to lie there."""

    def __init__(self) -> None:
        self.bench = Bench()
        results = self.bench.loader.results
        results["f"] = image("a")
        results["d"] = replace(image("d"), change=ImageChange("image/bmp"))
        self.bench.loader.refuse(BROKEN, BrokenImage)
        self.bench.links.errors[DEAD] = LinkSlow(name=DEAD, seconds=20)
        self.rows = AttachmentList(self.bench.composer)
        self.tester = QAbstractItemModelTester(
            self.rows, QAbstractItemModelTester.FailureReportingMode.Warning
        )
        self.expected: list[str] = []

    def do(self, verb: str, argument: object) -> None:
        """Do it to the composer, and to the list as if it were over at once."""
        getattr(self, f"_{verb}")(argument)

    def check(self) -> None:
        """What holds at any moment, whatever is under way."""
        composer, names = self.bench.composer, self.bench.names
        composer.attachments_changed.emit()  # what is gathered is told some time: now
        shown = [self.rows.index(row).data() for row in range(self.rows.rowCount())]
        assert shown == names
        assert len(set(names)) == len(names)
        assert composer.is_loading == (composer.loading > 0)
        must_fetch = any(each.must_be_fetched for each in composer.attachments())
        assert composer.is_ready == (bool(names) and not composer.is_loading and not must_fetch)
        assert (composer.progress is None) or composer.is_loading

    # ── the verbs ───────────────────────────────────────────────────────────────────────────────

    def _add(self, names: list[str]) -> None:
        self.bench.add(*names)
        self._expect(*("a" if name == "f" else name for name in names if name != BROKEN))

    def _add_links(self, urls: list[str]) -> None:
        self.bench.composer.add_links(urls)
        self._expect(*urls)

    def _fetch(self, place: int) -> None:
        self._at(place, self._fetched)

    def _fetched(self, place: int) -> None:
        self.bench.composer.fetch(place)
        url = self.expected[place] if place < len(self.expected) else ""
        if url in LINKS and url != DEAD:
            name = url[-1]
            if name in self.expected:
                del self.expected[place]
            else:
                self.expected[place] = name

    def _remove(self, place: int) -> None:
        self._at(place, self._removed)

    def _removed(self, place: int) -> None:
        self.bench.composer.remove(place)
        del self.expected[place : place + 1]

    def _move(self, places: tuple[int, int]) -> None:
        count = len(self.bench.names)
        if count:
            place, to = (each % count for each in places)
            self.bench.composer.move(place, to)
            if count == len(self.expected):
                self.expected.insert(to, self.expected.pop(place))

    def _put(self, names: list[str]) -> None:
        items = [LinkPart(name) if name in LINKS else self._image(name) for name in names]
        self.bench.composer.put("", items)
        self.expected = list(dict.fromkeys(names))

    def _choose(self, model: str) -> None:
        self.bench.choose(model)

    def _cancel(self, _: None) -> None:
        self.bench.composer.cancel_loading()

    def _take(self, _: None) -> None:
        names = self.bench.names
        question = self.bench.composer.take("")
        assert [image.name for image in question.images] == [name for name in names if name not in LINKS]
        self.expected = []

    def _at(self, place: int, act: Callable[[int], None]) -> None:
        if self.bench.names:
            act(place % len(self.bench.names))

    def _image(self, name: str) -> ImageInput:
        known = self.bench.loader.results.get(name)
        return known if isinstance(known, ImageInput) else image(name)

    def _expect(self, *names: str) -> None:
        self.expected += [name for name in dict.fromkeys(names) if name not in self.expected]


@ON_ONE_LOOP
@given(st.lists(STEPS, max_size=25))
def test_one_thing_after_another_gives_the_list_that_was_meant(
    run: Run, steps: list[tuple[str, object]]
) -> None:
    async def scenario() -> None:
        table = Table()
        for verb, argument in steps:
            table.do(verb, argument)
            table.check()
            await table.bench.settled()
            table.check()
            assert table.bench.names == table.expected, (verb, argument)

    run(scenario())


@ON_ONE_LOOP
@given(st.lists(st.tuples(STEPS, st.integers(0, 6)), max_size=25))
def test_everything_at_once_leaves_nothing_under_way(
    run: Run, steps: list[tuple[tuple[str, object], int]]
) -> None:
    """Between two steps the loop turns a few times, so that they fall into the middle of others."""

    async def scenario() -> None:
        table = Table()
        for (verb, argument), turns in steps:
            table.do(verb, argument)
            table.check()
            for _ in range(turns):
                await asyncio.sleep(0)
        await table.bench.settled()
        table.check()
        known = {"a", "b", "c", "d", "g", *LINKS}
        assert set(table.bench.names) <= known
        assert not table.bench.loader.begun
        await table.bench.tasks.aclose()

    run(scenario())
