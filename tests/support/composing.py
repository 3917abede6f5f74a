"""A composer whose files, folders and links a test holds in its hand."""

from pathlib import Path

from desktop.domain.images import ImageFile
from desktop.domain.messages import LinkPart
from desktop.domain.models import Model
from desktop.domain.settings import Endpoint
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.composer import ComposerViewModel
from tests.support.pictures import ScriptedFolders, ScriptedLinks, ScriptedLoader
from tests.support.qt import first, heard

MODEL = "qwen3-vl-plus"
SERVICE = Endpoint()
ELSEWHERE = Endpoint("custom", base_url="https://models.example/v1")


class Bench:
    """A composer over doubles, and everything that it said."""

    def __init__(self) -> None:
        self.loader, self.folders, self.links = ScriptedLoader(), ScriptedFolders(), ScriptedLinks()
        self.tasks = TaskOwner()
        self.composer = ComposerViewModel(self.loader, self.folders, self.links, self.tasks)
        self.refused = heard(self.composer.image_refused)
        self.loading = heard(self.composer.loading_changed)
        self.progress = heard(self.composer.progress_changed)
        self.readiness = heard(self.composer.readiness_changed)
        self.folders_found = heard(self.composer.folder_found)

    def add(self, *names: str) -> None:
        self.composer.add([ImageFile(Path(name)) for name in names])

    async def loaded(self, *names: str) -> None:
        self.add(*names)
        await self.settled()

    async def settled(self) -> None:
        """Until nothing is being read, fetched or made again."""
        while self.composer.is_loading:
            await first(self.composer.loading_changed)

    def choose(self, model: str = MODEL, endpoint: Endpoint = SERVICE, *, full_detail: bool = False) -> None:
        self.composer.set_model(Model(model), full_detail=full_detail, endpoint=endpoint)

    @property
    def names(self) -> list[str]:
        """What is attached: the images' names, the links' addresses."""
        return [item.url if isinstance(item, LinkPart) else item.name for item in self.composer.items]
