"""What is known of a question when it is asked."""

from dataclasses import dataclass

from desktop.domain.events import NoticeRaised
from desktop.domain.manner import USUAL, Manner
from desktop.domain.messages import Message
from desktop.domain.models import READER_MODEL, Catalog, Model
from desktop.domain.settings import Settings


@dataclass(frozen=True, slots=True)
class Asking:
    """How a question is asked: what the settings say at that moment."""

    settings: Settings
    catalog: Catalog
    model: str = READER_MODEL

    def named(self, model: str) -> Model:
        return self.catalog.find(model)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on its way: `said` ends with it, and `model` answers.

    `stated`: the notices that stand with the answer already.
    """

    model: str
    said: tuple[Message, ...]
    asking: Asking
    manner: Manner = USUAL
    stated: tuple[NoticeRaised, ...] = ()
