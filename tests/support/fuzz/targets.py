"""All that hostile input is given to."""

from collections.abc import Mapping

from tests.support.fuzz.engine import Target
from tests.support.fuzz.errors import Refusals
from tests.support.fuzz.histories import Histories
from tests.support.fuzz.kept import Handovers, SettingsFiles
from tests.support.fuzz.lists import ModelLists
from tests.support.fuzz.names import Names
from tests.support.fuzz.pictures import Images
from tests.support.fuzz.printing import Printed
from tests.support.fuzz.sse import Answers, Events
from tests.support.fuzz.strangers import Servers, Workers
from tests.support.fuzz.windows import Drops, Transcripts
from tests.support.fuzz.words import Markdown

_ALL: tuple[type[Target], ...] = (
    Events,
    Answers,
    Refusals,
    ModelLists,
    Names,
    SettingsFiles,
    Handovers,
    Printed,
    Markdown,
    Images,
    Workers,
    Servers,
    Histories,
    Drops,
    Transcripts,
)

TARGETS: Mapping[str, type[Target]] = {target.name: target for target in _ALL}
"""By name."""
