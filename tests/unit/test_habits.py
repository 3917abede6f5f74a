from desktop.domain.events import Notice, NoticeRaised
from desktop.providers.habits import Habits
from desktop.providers.remedies import Remedy

NOTICE = NoticeRaised(Notice.SENT_STREAMED)
WITHOUT_SEED = Remedy(NOTICE, ("seed",))
STREAMED = Remedy(NOTICE, added={"stream": True})
SENT = {"model": "m", "seed": 1, "top_p": 0.5}


def learned() -> Habits:
    habits = Habits()
    habits.learn("h", "m", WITHOUT_SEED, SENT)
    habits.learn("h", "m", STREAMED, WITHOUT_SEED.apply(SENT))
    return habits


def test_what_helped_is_done_at_once() -> None:
    assert learned().applied("h", "m", SENT) == {"model": "m", "top_p": 0.5, "stream": True}


def test_other_servers_and_models_are_asked_as_before() -> None:
    assert learned().applied("h", "other", SENT) == SENT
    assert learned().applied("other", "m", SENT) == SENT


def test_another_value_is_worth_asking_for() -> None:
    other = {**SENT, "seed": 2, "stream": True}
    assert learned().applied("h", "m", other) == other
