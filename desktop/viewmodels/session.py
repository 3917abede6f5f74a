"""Everything behind one window, and how its parts hear of each other."""

from PySide6.QtCore import QObject, Signal

from desktop.domain.endpoints import profile_of
from desktop.domain.models import Model
from desktop.domain.ports import Backend, HistoryStore, ImageLoader, LinkFetcher
from desktop.domain.settings import Endpoint, Settings
from desktop.paths import resource
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.chat import ChatViewModel
from desktop.viewmodels.composer import ComposerViewModel
from desktop.viewmodels.drafts import Drafts
from desktop.viewmodels.history_search import HistorySearch
from desktop.viewmodels.history_settings import HistorySettings
from desktop.viewmodels.keeping import Keeper
from desktop.viewmodels.library import LibraryViewModel
from desktop.viewmodels.notices import Notices
from desktop.viewmodels.outgoing import Outgoing
from desktop.viewmodels.picker import PickerViewModel
from desktop.viewmodels.pictures import Pictures
from desktop.viewmodels.settings import SettingsViewModel
from desktop.viewmodels.talk import Talk


class SessionViewModel(QObject):
    """The view models of one window. A window can be made anew from it: nothing lives in widgets.

    Signals:
        model_changed: The `Model` that answers, or what is asked of it, is another now.
    """

    model_changed = Signal(object)

    def __init__(
        self,
        settings: SettingsViewModel,
        picker: PickerViewModel,
        composer: ComposerViewModel,
        *,
        store: HistoryStore,
        backend: Backend,
        loader: ImageLoader,
        links: LinkFetcher,
        tasks: TaskOwner,
    ) -> None:
        super().__init__()
        self.settings = settings
        self.picker = picker
        picker.configure(settings.settings, settings.model)
        self.composer = composer
        self.keeper = Keeper(store, tasks)
        self.library = LibraryViewModel(
            store, self.keeper, Outgoing(backend, self.keeper, loader, links), tasks
        )
        self.history = HistorySettings(store, self.library.deletion, tasks)
        self.pictures = Pictures(store, tasks)
        self.search = HistorySearch(store, tasks)
        self.notices = Notices(resource("notices"), tasks)
        self.chat = ChatViewModel(settings.settings, picker.catalog, self.library.current)
        self._drafts = Drafts(composer, self.keeper, store, tasks)
        settings.changed.connect(self._tell_model)
        settings.changed.connect(self._set_keeps_new)
        settings.key_state_changed.connect(self._tell_model)
        picker.catalog_changed.connect(self._tell_model)
        picker.model_chosen.connect(self._on_picker_model_chosen)
        self.library.current_changed.connect(self._on_library_current_changed)
        for changed in (self.keeper.opened, self.keeper.written, self.library.changed):
            changed.connect(self.search.refresh)
        for raised in (
            self.library.problem_raised,
            self.search.problem_raised,
            self.history.measuring_failed,
            composer.image_refused,
        ):
            raised.connect(self.keeper.hear)
        self._tell_model()
        self._set_keeps_new(settings.settings)

    def open(self) -> None:
        """Begin to read what the last run of the app left."""
        self.keeper.open()

    def quit(self) -> None:
        """The app ends: cut off what streams."""
        self.library.quit()

    async def aclose(self) -> None:
        """Write what is left. The tasks have ended by now."""
        # First what may begin to write by itself.
        await self.keeper.aclose()
        await self.settings.aclose()

    @property
    def model(self) -> Model:
        """The model that the next question goes to."""
        return self.picker.catalog.find(self.settings.model)

    @property
    def can_think(self) -> bool:
        """Whether thinking can be switched: the model takes a switch, and the server's is known."""
        profile = profile_of(self.settings.settings.endpoint)
        return profile.thinking_switch != "none" and self.model.thinking == "hybrid"

    def send(self, default_question: str) -> None:
        """Send what the composer holds; `default_question` where it holds no words."""
        if self.composer.is_ready and self.chat.is_ready:
            self.chat.send(self.composer.take(default_question))

    def _set_keeps_new(self, settings: Settings) -> None:
        self.library.set_keeps_new(keeps_new=settings.keep_conversations)

    def _on_picker_model_chosen(self, endpoint: Endpoint | None, model_id: str) -> None:
        settings = self.settings.settings
        settings = settings if endpoint is None else settings.at(endpoint)
        self.settings.change(endpoint=settings.endpoint, others=settings.others, model=model_id)

    def _on_library_current_changed(self, talk: Talk) -> None:
        self._drafts.set_kept(is_kept=talk.is_kept)
        self.chat.open(talk)

    def _tell_model(self) -> None:
        settings = self.settings.settings
        self.picker.configure(settings, self.settings.model)
        model = self.model
        self.chat.configure(settings, self.picker.catalog, model.id)
        self.composer.set_model(model, full_detail=settings.full_detail, endpoint=settings.endpoint)
        self.model_changed.emit(model)
