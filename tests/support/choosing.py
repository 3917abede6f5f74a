"""A model picker over servers that list what the test says."""

import asyncio
from collections.abc import Sequence

from desktop.domain.models import Catalog, Model, Price
from desktop.domain.settings import Endpoint, Settings
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.picker import PickerViewModel
from desktop.viewmodels.picker_groups import Choice, Heading, ListState
from tests.support.qt import first, heard
from tests.support.scripted import ScriptedBackend
from tests.support.stage import until

PRICES = (Price("CNY", 1.0, 10.0), Price("USD", 0.2, 1.6))
CATALOG = Catalog((Model("qwen3-vl-plus", "current", prices=PRICES), Model("qwen-vl-max", "qwen")))
BEIJING = Endpoint()
SINGAPORE = Endpoint(region="ap-southeast-1")
OPENROUTER = Endpoint("openrouter")
OLLAMA = Endpoint("ollama")
CUSTOM = Endpoint("custom", base_url="https://models.example/v1")
SERVERS = Settings(endpoint=BEIJING, others=(CUSTOM, OLLAMA), model="qwen3-vl-plus")


class Choosing:
    """The view model, its clock, and what it shows."""

    def __init__(self, settings: Settings = SERVERS, model: str = "qwen3-vl-plus") -> None:
        self.now = 0.0
        self.backend = ScriptedBackend()
        self.tasks = TaskOwner()
        self.picker = PickerViewModel(CATALOG, self.backend, self.tasks, clock=lambda: self.now)
        self.picker.configure(settings, model)
        self.chosen = heard(self.picker.model_chosen)
        self.settings = settings

    def configure(self, settings: Settings, model: str = "qwen3-vl-plus") -> None:
        self.settings = settings
        self.picker.configure(settings, model)

    async def give_key(self, *endpoints: Endpoint) -> None:
        for endpoint in endpoints:
            await self.backend.keep_key(self.settings.at(endpoint), "sk-1")

    async def asked(self, *, anew: bool = False) -> None:
        """Ask, and wait until nobody is being asked any more."""
        ended = first(self.picker.asking_changed)
        (self.picker.refresh if anew else self.picker.ask)()
        if ended.done() and ended.result()[0]:
            await first(self.picker.asking_changed)

    async def told(self, endpoint: Endpoint) -> None:
        """Until it is known how the server's list came out."""
        await until(self.picker.rows.dataChanged, lambda: self.state(endpoint) is not ListState.ASKING)

    async def tasks_done(self) -> None:
        """Until nothing that was asked is awaited any more."""
        while tasks := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(tasks)

    # ── what is shown ───────────────────────────────────────────────────────────────────────────

    @property
    def shown(self) -> list[str]:
        """The ids of models; a heading is the kind of server, in brackets."""
        return [_said(self.picker.rows[row]) for row in range(self.picker.rows.rowCount())]

    def heading(self, endpoint: Endpoint | None) -> Heading:
        rows = (self.picker.rows[row] for row in range(self.picker.rows.rowCount()))
        return next(row for row in rows if isinstance(row, Heading) and row.endpoint == endpoint)

    def state(self, endpoint: Endpoint) -> ListState:
        return self.heading(endpoint).state

    def choices(self, endpoint: Endpoint | None) -> Sequence[Choice]:
        rows = (self.picker.rows[row] for row in range(self.picker.rows.rowCount()))
        return [row for row in rows if isinstance(row, Choice) and row.endpoint == endpoint]

    def models(self, endpoint: Endpoint | None) -> list[str]:
        return [choice.model.id for choice in self.choices(endpoint)]

    def row(self, model_id: str, endpoint: Endpoint | None) -> int:
        rows = self.picker.rows
        sought = (endpoint, model_id)
        return next(
            row
            for row in range(rows.rowCount())
            if isinstance(each := rows[row], Choice) and (each.endpoint, each.model.id) == sought
        )


def _said(row: Heading | Choice) -> str:
    if isinstance(row, Choice):
        return row.model.id
    return f"[{row.endpoint.provider if row.endpoint else 'reader'}]"
