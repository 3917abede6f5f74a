"""A chat over a scripted backend, and a view that follows its transcript."""

from desktop.domain.events import Finished, TextDelta
from desktop.domain.messages import Message
from desktop.domain.models import Catalog
from desktop.domain.ports import Backend
from desktop.domain.settings import Settings
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.chat import ChatViewModel
from desktop.viewmodels.transcript import TranscriptModel
from tests.support.qt import first, heard
from tests.support.scripted import ScriptedBackend, ScriptedSource
from tests.support.talking import unkept_talk


class ChatBench:
    """One chat view model, and everything that it said."""

    def __init__(self, backend: Backend | None = None) -> None:
        self.backend = ScriptedBackend()
        self.tasks = TaskOwner()
        talk = unkept_talk(backend or self.backend, self.tasks)
        self.worker = talk.worker
        self.chat = ChatViewModel(Settings(), Catalog(()), talk)
        self.busy = heard(self.chat.busy_changed)
        self.ended = heard(self.chat.answer_finished)
        self.conversations = heard(self.chat.conversation_changed)
        self.appended = heard(self.chat.transcript.text_appended)
        self.reasoned = heard(self.chat.transcript.reasoning_appended)

    async def idle(self) -> None:
        while self.chat.is_busy:
            await first(self.chat.answer_finished)

    async def announced(self, text: str) -> None:
        """Until all of `text` has been announced."""
        while "".join(piece for _, piece in self.appended) != text:
            await first(self.chat.transcript.text_appended)

    async def ask(self, question: Message, answer: str) -> ScriptedSource:
        """Ask `question`, get `answer`; gives the source that was asked."""
        script = self.backend.answer_with(TextDelta(answer), Finished("stop"))
        self.chat.send(question)
        await self.idle()
        return script

    async def regenerate(self, index: int, answer: str) -> ScriptedSource:
        script = self.backend.answer_with(TextDelta(answer), Finished("stop"))
        self.chat.regenerate(index)
        await self.idle()
        return script

    def shown(self) -> str:
        """The text of the last entry."""
        answer = self.chat.transcript[len(self.chat.transcript) - 1].node.answer
        return answer.text if answer else ""


class Follower:
    """What any view does: it shows the entries it finds, then only what it is told. `texts` of answers."""

    def __init__(self, model: TranscriptModel) -> None:
        self._model = model
        self.texts: list[str] = []
        model.reset.connect(self._show_all)
        model.inserted.connect(self._on_inserted)
        model.prepended.connect(self._on_prepended)
        model.changed.connect(self._on_changed)
        model.text_appended.connect(self._on_text_appended)
        self._show_all()

    def _show_all(self) -> None:
        self.texts = [self._text(index) for index in range(len(self._model))]

    def _on_inserted(self, index: int) -> None:
        self.texts.insert(index, self._text(index))

    def _on_prepended(self, count: int) -> None:
        self.texts[:0] = [self._text(index) for index in range(count)]

    def _on_changed(self, index: int) -> None:
        self.texts[index] = self._text(index)

    def _on_text_appended(self, index: int, text: str) -> None:
        self.texts[index] += text

    def _text(self, index: int) -> str:
        answer = self._model[index].node.answer
        return answer.text if answer else ""
