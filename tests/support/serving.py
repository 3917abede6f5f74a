"""Settings over a real file and a backend that the test holds in its hand."""

import asyncio
from pathlib import Path

from desktop.domain.settings import Endpoint, Settings
from desktop.runtime.tasks import TaskOwner
from desktop.storage.settings_file import SettingsFile
from desktop.viewmodels.settings import SettingsViewModel
from tests.support.qt import heard
from tests.support.scripted import ScriptedBackend

KEY = "sk-0123456789abcdef0123456789abcdef"
PLAN_KEY = "sk-sp-0123456789abcdef0123456789ab"
BEIJING = Endpoint()
SINGAPORE = Endpoint(region="ap-southeast-1")
OLLAMA = Endpoint("ollama")
LOCAL = Endpoint("custom", base_url="http://localhost:11434/v1")
OPENROUTER = Endpoint("openrouter")


class SettingsBench:
    """The view model, and what its signals told."""

    def __init__(
        self, folder: Path, settings: Settings | None = None, backend: ScriptedBackend | None = None
    ) -> None:
        self.backend = backend or ScriptedBackend()
        self.file = SettingsFile(folder / "settings.json")
        self.tasks = TaskOwner()
        self.model = SettingsViewModel(settings or Settings(), self.file, self.backend, self.tasks)
        self.servers = self.model.servers
        self.states = heard(self.servers.key_state_changed)
        self.key_problems = heard(self.servers.key_problem_raised)
        self.problems = heard(self.model.problem_raised)
        self.tests = heard(self.servers.test_ended)
        self.homes = heard(self.servers.home_found)
        self.homeless = heard(self.servers.home_not_found)
        self.plans = heard(self.servers.plan_key_recognised)

    @property
    def settings(self) -> Settings:
        return self.model.settings

    @property
    def stored(self) -> Settings:
        return self.file.load()[0]

    async def idle(self) -> None:
        """Until all that was begun has ended."""
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others)
