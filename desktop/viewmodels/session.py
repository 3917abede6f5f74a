"""Everything behind one window, and how its parts hear of each other."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.domain.conversation import Conversation
from desktop.domain.models import Model
from desktop.viewmodels.chat import ChatViewModel
from desktop.viewmodels.composer import ComposerViewModel
from desktop.viewmodels.conversations import ConversationList
from desktop.viewmodels.picker import PickerViewModel
from desktop.viewmodels.settings import SettingsViewModel


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
        chat: ChatViewModel,
    ) -> None:
        super().__init__()
        self.settings = settings
        self.picker = picker
        self.composer = composer
        self.chat = chat
        self.conversations = ConversationList(self)
        settings.changed.connect(self._tell_model)
        settings.key_state_changed.connect(self._tell_model)
        picker.catalog_changed.connect(self._tell_model)
        picker.model_chosen.connect(lambda model: settings.change(model=model))
        chat.conversation_changed.connect(self.conversations.replace_current)
        self._tell_model()

    @property
    def model(self) -> Model:
        """The model that the next question goes to."""
        return self.picker.catalog.find(self.settings.model)

    @property
    def can_think(self) -> bool:
        """Whether thinking can be switched: only DashScope's switch is known."""
        is_service = self.settings.settings.endpoint.provider == "dashscope"
        return is_service and self.model.thinking == "hybrid"

    def send(self, default_question: str) -> None:
        """Send what the composer holds; `default_question` where it holds no words."""
        if self.composer.is_ready and not self.chat.is_busy:
            self.chat.send(self.composer.take(default_question))

    def refresh_models(self) -> None:
        self.picker.refresh(self.settings.settings)

    def begin_conversation(self) -> None:
        """Show an empty conversation; the one that was shown stays in the list."""
        self._open(self.conversations.begin)

    def show_conversation(self, row: int) -> None:
        if row != self.conversations.current:
            self._open(lambda: self.conversations.select(row))

    def _open(self, choose: Callable[[], Conversation]) -> None:
        self.chat.stop()  # what came is kept in the conversation that is left
        self.chat.open(choose())

    def _tell_model(self) -> None:
        settings = self.settings.settings
        self.picker.set_endpoint(settings.endpoint)
        model = self.model
        self.chat.configure(settings, self.picker.catalog, model.id)
        self.composer.set_model(model, full_detail=settings.full_detail, endpoint=settings.endpoint)
        self.model_changed.emit(model)
