"""The app's transcript in a window of its own, which opens whole conversations from memory."""

from __future__ import annotations

from frames import Frames

from desktop.domain.conversation import Conversation
from desktop.domain.models import Catalog
from desktop.domain.settings import Settings
from desktop.runtime.tasks import TaskOwner
from desktop.ui.transcript.view import TranscriptView
from desktop.viewmodels.chat import ChatViewModel
from desktop.viewmodels.talk import Talk
from tests.support.scripted import ScriptedBackend
from tests.support.talking import unkept_talk

_WIDTH, _HEIGHT = 900, 700


class OpenedTranscript:
    """A window, empty at first, as a session's is."""

    def __init__(self) -> None:
        self._tasks = TaskOwner()
        self._chat = ChatViewModel(Settings(), Catalog(()), self._talk(Conversation()))
        self._view = TranscriptView(self._chat.transcript)
        self._view.resize(_WIDTH, _HEIGHT)
        self._view.show()
        self._frames = Frames(self._view)
        self._frames.settle()

    def open(self, conversation: Conversation) -> float:
        """Seconds of CPU until the conversation's end is painted."""
        self._frames.begin()
        talk = self._talk(conversation)
        self._frames.show_first(lambda: self._chat.open(talk))
        bar = self._view.verticalScrollBar()
        assert bar.value() == bar.maximum(), "the end is not what was painted first"
        return self._frames.cost.cpu

    def settle(self) -> None:
        """Go on until nothing is left to do."""
        self._frames.settle()

    def clear(self) -> None:
        """Show nothing. Opened without that, a conversation that another one begins is taken for the same."""
        self._chat.open(self._talk(Conversation()))
        self._frames.settle()

    def _talk(self, conversation: Conversation) -> Talk:
        return unkept_talk(ScriptedBackend(), self._tasks, conversation)
