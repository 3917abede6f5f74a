"""The end of a conversation out of the database: what a window shows first, however long it is."""

import sqlite3
from collections.abc import Mapping

from desktop.domain.conversation import MessageId
from desktop.domain.history import ConversationId, End
from desktop.domain.history_errors import ConversationGone
from desktop.storage import soundness
from desktop.storage.loading import PART_COLUMNS, nodes_of
from desktop.storage.rows import MESSAGE

# From the leaf up, so that it costs what is read, and not what there is.
_PATH = """
WITH RECURSIVE path(id, number, parent, step) AS (
  SELECT message.id, number, parent, 1 FROM conversation
  JOIN message ON conversation = conversation.id AND number = leaf WHERE conversation.id = :conversation
  UNION ALL
  SELECT message.id, message.number, message.parent, step + 1 FROM path
  JOIN message ON conversation = :conversation AND message.number = path.parent WHERE step < :count
)
"""

_COLUMNS = ", ".join(f"message.{name}" for name in MESSAGE)

_MESSAGES = f"""{_PATH}
SELECT {_COLUMNS} FROM path JOIN message USING (id) ORDER BY step DESC
"""  # noqa: S608 - names of columns

_PARTS = f"""{_PATH}
SELECT number, {PART_COLUMNS}
FROM path JOIN part ON part.message = path.id LEFT JOIN image ON image.digest = part.image
ORDER BY step DESC, place
"""  # noqa: S608 - names of columns

# No index knows the children of a message, but they were made after it.
_MADE_AFTER = "SELECT number, parent FROM message WHERE conversation = ? AND number > ? ORDER BY number"

_FOUND = "SELECT 1 FROM conversation WHERE id = ? AND deleted = 0"


def load_end(db: sqlite3.Connection, conversation: ConversationId, count: int) -> End:
    """See `HistoryStore.load_end`."""
    if db.execute(_FOUND, (conversation,)).fetchone() is None:
        raise ConversationGone
    wanted = {"conversation": conversation, "count": count}
    nodes = nodes_of(db, conversation, db.execute(_MESSAGES, wanted), db.execute(_PARTS, wanted))
    soundness.check_path(nodes)
    places = _places(db, conversation, nodes[0].parent) if nodes else {}
    return End(nodes, tuple([places[node.id] for node in nodes]))


def _places(
    db: sqlite3.Connection, conversation: ConversationId, above: MessageId | None
) -> Mapping[MessageId, tuple[int, int]]:
    """As `Conversation.places` tells them, of the messages made after `above`."""
    siblings: dict[MessageId | None, list[MessageId]] = {}
    for number, parent in db.execute(_MADE_AFTER, (conversation, -1 if above is None else above)):
        siblings.setdefault(parent, []).append(number)
    return {each: (place, len(ids)) for ids in siblings.values() for place, each in enumerate(ids)}
