"""The models to choose from: filtered as one types, merged with what a server lists."""

import asyncio

from PySide6.QtCore import QObject

from desktop.domain.models import READER_MODEL, Catalog, Model
from desktop.domain.provider_errors import ServerUnreachable
from desktop.domain.settings import Settings
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.picker import PickerViewModel
from tests.conftest import Run
from tests.support.qt import first, heard
from tests.support.scripted import ScriptedBackend

CATALOG = Catalog((Model("qwen3-vl-plus", "current"), Model("qwen-vl-max", "qwen")))


class Bench:
    """A picker over a backend that lists what the test says."""

    def __init__(self) -> None:
        self.backend = ScriptedBackend()
        self.tasks = TaskOwner()
        self.picker = PickerViewModel(CATALOG, self.backend, self.tasks)
        self.refreshing = heard(self.picker.refreshing_changed)
        self.failed = heard(self.picker.refresh_failed)

    @property
    def shown(self) -> list[str]:
        rows = self.picker.filtered
        return [rows.index(row, 0).data() for row in range(rows.rowCount())]

    async def refreshed(self) -> None:
        begun_and_ended = len(self.refreshing) + 2
        self.picker.refresh(Settings())
        while len(self.refreshing) < begun_and_ended:
            await first(self.picker.refreshing_changed)


def test_the_on_device_reader_comes_first(qapp: QObject) -> None:
    assert Bench().shown == [READER_MODEL, "qwen3-vl-plus", "qwen-vl-max"]


def test_typing_filters_without_regard_to_case_and_takes_no_pattern(qapp: QObject) -> None:
    bench = Bench()
    bench.picker.filter(" QWEN3 ")
    assert bench.shown == ["qwen3-vl-plus"]
    bench.picker.filter("qwen.*")
    assert bench.shown == []
    bench.picker.filter("")
    assert len(bench.shown) == 3


def test_what_the_server_lists_is_merged_in(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.backend.listed = ("qwen-vl-max", "local-vision-7b")
        catalogs = heard(bench.picker.catalog_changed)
        await bench.refreshed()

        assert bench.shown == [READER_MODEL, "qwen3-vl-plus", "qwen-vl-max", "local-vision-7b"]
        assert bench.refreshing == [True, False]
        assert catalogs == [bench.picker.catalog]

    run(scenario())


def test_the_next_list_replaces_the_last(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        for listed in (("local-a",), ("local-b",)):
            bench.backend.listed = listed
            await bench.refreshed()

        assert bench.shown == [READER_MODEL, "qwen3-vl-plus", "qwen-vl-max", "local-b"]

    run(scenario())


def test_a_list_that_fails_is_told_and_changes_nothing(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.backend.listed = error = ServerUnreachable(host="localhost")
        await bench.refreshed()

        assert bench.failed == [error]
        assert bench.refreshing == [True, False]
        assert len(bench.shown) == 3

    run(scenario())


def test_any_name_can_be_chosen(qapp: QObject) -> None:
    bench = Bench()
    chosen = heard(bench.picker.model_chosen)
    for name in (" my-own-model ", "  ", "qwen-vl-max"):
        bench.picker.choose(name)

    assert chosen == ["my-own-model", "qwen-vl-max"]


def test_closing_the_app_ends_the_asking(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.picker.refresh(Settings())
        await bench.tasks.aclose()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run(scenario())
