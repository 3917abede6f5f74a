"""A keeper over a real history, and everything that it said."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from desktop.domain.conversation import Answer, Conversation
from desktop.domain.history import ConversationId
from desktop.domain.messages import user_message
from desktop.runtime.tasks import TaskOwner
from desktop.storage.history import SqliteHistory
from desktop.viewmodels.keeping import Keeper
from tests.support.qt import first, heard

ONE = ConversationId(1)
RETRY_SECONDS = 0.02


class KeeperBench:
    """One run of an app that only keeps conversations."""

    def __init__(self, folder: Path) -> None:
        self.tasks = TaskOwner()
        self.store = SqliteHistory(folder)
        self.keeper = Keeper(self.store, self.tasks, RETRY_SECONDS)
        self.opened = heard(self.keeper.opened)
        self.problems = heard(self.keeper.problem_raised)
        self.solved = heard(self.keeper.problem_solved)

    async def open(self) -> None:
        done = first(self.keeper.opened)
        self.keeper.open()
        await done

    async def written(self, conversation_id: ConversationId = ONE) -> None:
        """Until all of it is on the disk."""
        while not self.keeper.is_written(conversation_id):
            await first(self.keeper.written)

    async def idle(self) -> None:
        """Until nothing is left to be written."""
        while (task := self.keeper._writing) is not None:
            await asyncio.wait([task])
            await asyncio.sleep(0)


@asynccontextmanager
async def keeper_in(folder: Path) -> AsyncIterator[KeeperBench]:
    """Open a history in `folder`; at the end all that is left is written."""
    bench = KeeperBench(folder)
    await bench.open()
    try:
        yield bench
    finally:
        await bench.tasks.aclose()
        await bench.keeper.aclose()


async def reopened(folder: Path, conversation_id: ConversationId = ONE) -> Conversation:
    """What the disk has of a conversation."""
    async with keeper_in(folder) as bench:
        return await bench.store.load(conversation_id)


def asked(question: str = "What is this?") -> Conversation:
    """A question whose answer streams."""
    conversation = Conversation().ask(user_message(question))
    return conversation.begin_answer(conversation.nodes[-1].id, "a-model")


def answered(conversation: Conversation, text: str) -> Conversation:
    """Its last answer has come to its end."""
    return conversation.set_answer(conversation.nodes[-1].id, Answer("a-model", text=text, finish="stop"))
