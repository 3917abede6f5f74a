"""A conversation that is not kept: it has a history at hand, and never touches it."""

import itertools
from pathlib import Path

from desktop.domain.conversation import Conversation
from desktop.domain.history import ConversationId
from desktop.domain.ports import Backend, ImageLoader, LinkFetcher
from desktop.runtime.tasks import TaskOwner
from desktop.storage.history import SqliteHistory
from desktop.viewmodels.keeping import Keeper
from desktop.viewmodels.outgoing import Outgoing
from desktop.viewmodels.talk import Talk
from tests.support.pictures import ScriptedLinks, ScriptedLoader

_ids = itertools.count(1)
_NOWHERE = Path("/dev/null/history")


def unkept_talk(
    backend: Backend,
    tasks: TaskOwner,
    conversation: Conversation | None = None,
    *,
    loader: ImageLoader | None = None,
    links: LinkFetcher | None = None,
) -> Talk:
    """A talk over `backend`, empty unless a `conversation` is given."""
    keeper = Keeper(SqliteHistory(_NOWHERE), tasks)
    outgoing = Outgoing(backend, keeper, loader or ScriptedLoader(), links or ScriptedLinks())
    return Talk(
        ConversationId(next(_ids)), conversation or Conversation(), outgoing, keeper, tasks, is_kept=False
    )
