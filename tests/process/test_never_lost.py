"""The real app, killed at random moments: it loses no more than the last quarter of a second."""

import faulthandler
import os
import random

import pytest

from desktop.domain.settings import Endpoint, Settings
from tests.support.desktop_session import DesktopSession
from tests.support.kill_rounds import KillRounds, Moment
from tests.support.killing import kill, kill_during
from tests.support.running_app import RunningApp
from tests.support.streaming_server import StreamingServer

pytestmark = pytest.mark.real

SEED = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(1 << 32))
"""The variable repeats what a run has printed."""

LONG, SHORT = 3_200, 200
"""Characters of an answer: 4 s, and a quarter of one."""

RATE = 100.0
"""Deltas a second."""


def while_it_is_sent(rounds: KillRounds, app: RunningApp) -> float:
    """Before the question is sent, while it is written, or as the answer begins."""
    rounds.begin(app)
    rounds.write(app, "刚刚发送？")
    return kill_during(app.process, rounds.random.uniform(0.0, 0.4), rounds.send)


def while_it_streams(rounds: KillRounds, app: RunningApp) -> float:
    ask(rounds, app, "说得很长？", LONG)
    return kill(app.process, rounds.random.uniform(0.3, 3.0))


def while_two_stream(rounds: KillRounds, app: RunningApp) -> float:
    """One that is shown, and one behind it."""
    ask(rounds, app, "说得很长？", LONG)
    ask(rounds, app, "也说得很长？", LONG)
    return kill(app.process, rounds.random.uniform(0.1, 2.0))


def around_its_end(rounds: KillRounds, app: RunningApp) -> float:
    ask(rounds, app, "说得很短？", SHORT)
    return kill(app.process, rounds.random.uniform(0.0, 0.7))


def during_the_second_question(rounds: KillRounds, app: RunningApp) -> float:
    ask_and_wait(rounds, app, "第一个？")
    rounds.write(app, "第二个？")
    return kill_during(app.process, rounds.random.uniform(0.0, 0.8), rounds.send)


def while_images_are_attached(rounds: KillRounds, app: RunningApp) -> float:
    return kill(app.process, rounds.random.uniform(0.0, 0.8))


def while_images_are_sent(rounds: KillRounds, app: RunningApp) -> float:
    rounds.begin(app)
    app.wait_for_words("Attachments", ".png")
    rounds.write(app, "图片里有什么？")
    return kill_during(app.process, rounds.random.uniform(0.0, 0.6), rounds.send)


def while_one_is_deleted(rounds: KillRounds, app: RunningApp) -> float:
    """The first one goes for good as the second one is deleted."""
    ask_and_wait(rounds, app, "删掉这个？")
    rounds.delete()
    app.wait_until_gone("Transcript")
    ask_and_wait(rounds, app, "也删掉这个？")
    return kill_during(app.process, rounds.random.uniform(0.0, 0.3), rounds.delete)


def ask(rounds: KillRounds, app: RunningApp, words: str, length: int) -> None:
    """Ask in a new conversation, and wait until the server hears of it."""
    rounds.server.length = length
    rounds.begin(app)
    rounds.write(app, words)
    count = len(rounds.server.answers) + 1
    rounds.send()
    rounds.server.wait_for_question(count)


def ask_and_wait(rounds: KillRounds, app: RunningApp, words: str) -> None:
    """The same, and wait for the end of the answer."""
    ask(rounds, app, words, SHORT)
    app.wait_for("Send")


MOMENTS: tuple[tuple[Moment, int], ...] = (
    (while_it_streams, 0),
    (while_it_is_sent, 0),
    (while_images_are_sent, 3),
    (during_the_second_question, 0),
    (while_one_is_deleted, 3),
    (around_its_end, 0),
    (while_images_are_attached, 3),
    (while_two_stream, 0),
)
"""And how many images are attached at the start."""


@pytest.mark.parametrize("count", [5, pytest.param(50, marks=pytest.mark.slow)])
def test_nothing_older_than_a_checkpoint_is_lost(desk: DesktopSession, count: int) -> None:
    faulthandler.cancel_dump_traceback_later()  # the long form takes longer than what has hung
    with StreamingServer(LONG, RATE) as server:
        desk.configure(Settings(Endpoint("custom", base_url=server.url), model="local-vision-7b"))
        rounds = KillRounds(desk, server, SEED)
        print(f"KILL_SEED={SEED}, {1000 * rounds.allowance:.0f} ms allowed")
        try:
            for number in range(count - 1):
                moment, pictures = MOMENTS[number % len(MOMENTS)]
                rounds.run(moment, pictures)
                if moment is while_it_streams:
                    rounds.kill_a_start()
            rounds.run(while_it_streams)
            whole = server.answers[-1].text
            rounds.kill_going_on()
        finally:
            print(*rounds.told, sep="\n")
        assert not rounds.too_early
        goes_on(rounds, whole)
    for each in rounds.losses:
        assert each.age <= rounds.allowance + 2 * each.pause, each


def goes_on(rounds: KillRounds, whole: str) -> None:
    """The answer that was cut short twice streams on to its end, and is kept as a `whole`."""
    rounds.server.rate = 2_000
    with rounds.last_start() as (app, answer):
        assert answer.text + rounds.go_on(app).text == whole
        app.wait_for_answer(whole)
        app.wait_for("Send")
        app.quit()
    nodes = [node for each in rounds.found().conversations.values() for node in each.nodes]
    assert whole in [node.answer.text for node in nodes if node.answer is not None]
