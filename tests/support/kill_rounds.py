"""Rounds in which the real app is killed, and looked at: its files then, its window when it starts again."""

import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image

from desktop.domain.conversation import Answer
from desktop.domain.request import GO_ON
from tests.support.background import running
from tests.support.desktop_session import DesktopSession
from tests.support.killing import (
    CHECKPOINT,
    MARGIN,
    Loss,
    answer_of,
    images_of,
    kill,
    loss,
    node_of,
    slowest_flush,
)
from tests.support.raw_history import Found, RawHistory
from tests.support.running_app import RunningApp
from tests.support.scripts import CHECKOUT
from tests.support.streaming_server import StreamedAnswer, StreamingServer
from tests.support.waiting import wait_for


class KillRounds:
    """Rounds over one home; each start of the app is also the one after the last kill.

    What is older than `allowance`, in seconds, must be on the disk. `losses` are those of all answers, `told`
    is a line a round. `too_early` are the questions that were not on the disk when the server heard them.
    """

    def __init__(self, desk: DesktopSession, server: StreamingServer, seed: int) -> None:
        self.desk = desk
        self.server = server
        self.random = random.Random(seed)
        self.allowance = CHECKPOINT + MARGIN + 2 * slowest_flush(desk.home)
        self.losses: list[Loss] = []
        self.told: list[str] = []
        self.too_early: list[str] = []
        self._history = RawHistory(desk.data_folder)
        self._last = Found()
        self._number = 0
        self._asked: dict[str, float] = {}
        self._deleting: set[str] = set()
        self._gone: set[str] = set()
        server.on_question = self._look_on_the_disk

    def run(self, moment: "Moment", pictures: int = 0) -> None:
        """A round: start, with as many images attached, be killed at `moment`, be looked at."""
        self._number += 1
        self._asked, self._deleting = {}, set()
        answers_before, losses_before = len(self.server.answers), len(self.losses)
        with self.desk.app(*self._pictures(pictures)) as app:
            if self._number > 1:
                self._check_window(app)
            killed = moment(self, app)
            assert not app.complaints(), app.complaints()
        self._check_files(killed, answers_before)
        losses = "; ".join(map(str, self.losses[losses_before:]))
        kept = len(self._last.conversations)
        self.told.append(f"{self._number:3} {moment.__name__:27} {kept:3} kept, lost: {losses or '–'}")

    def kill_a_start(self) -> None:
        """Start, be killed at any moment of that, be looked at."""
        self._asked, self._deleting = {}, set()
        command = [sys.executable, "-m", "desktop"]
        with running(command, self.desk.environ, cwd=CHECKOUT) as process:
            killed = kill(process, self.random.uniform(0.2, 1.2))
        self._check_files(killed, len(self.server.answers))

    def kill_going_on(self) -> None:
        """Start, let the answer that was cut short go on, be killed again, be looked at."""
        with self.desk.app() as app:
            cut_short = self._check_window(app)
            assert cut_short is not None
            rest = self.go_on(app)
            killed = kill(app.process, self.random.uniform(0.1, 0.6))
        found, conversation = self.found(), self._last.opened.cut_off[0]
        assert found.opened.cut_off == (conversation,)
        answer = found.conversations[conversation].nodes[-1].answer
        assert answer is not None
        assert answer.text.startswith(cut_short.text)
        self.losses.append(loss(rest, answer.text.removeprefix(cut_short.text), killed))
        self.told.append(f"    goes on, lost: {self.losses[-1]}")
        self._last = found

    @contextmanager
    def last_start(self) -> Iterator[tuple[RunningApp, Answer]]:
        """The start after the last round, which cut this answer short; the block ends the app."""
        with self.desk.app() as app:
            cut_short = self._check_window(app)
            assert cut_short is not None
            yield app, cut_short

    def found(self) -> Found:
        """What lies in the files now; the app does not run."""
        with self._history.copied() as copy:
            assert copy.check() == "ok"
            assert not copy.images_without_file()
            return copy.found()

    # ── what is done in the window ──────────────────────────────────────────────────────────────

    def begin(self, app: RunningApp) -> None:
        """Show an empty conversation."""
        app.click("Prompt")
        app.wait_for_focus("Prompt")
        self.desk.hand.key("ctrl+n")
        app.wait_until_gone("Transcript")

    def write(self, app: RunningApp, words: str) -> None:
        """Write a question, ready to be sent."""
        question = f"#{self._number}.{len(self._asked)} {words}"
        assert app.reader.write("Prompt", question)
        app.wait_for_words("Prompt", question)
        self._asked[question] = time.monotonic()

    def send(self) -> None:
        self.desk.hand.key("Return")

    def go_on(self, app: RunningApp) -> StreamedAnswer:
        """Let the answer that was cut short go on; what comes of it."""
        count = len(self.server.answers) + 1
        app.click("Continue")
        return self.server.wait_for_question(count)

    def delete(self) -> None:
        """Delete the conversation that is shown, in which the last question was asked."""
        self._deleting |= self._asked.keys()
        self.desk.hand.key("ctrl+shift+Delete")

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _look_on_the_disk(self, asked: StreamedAnswer) -> None:
        if asked.question != GO_ON and not self._history.database_holds(asked.question):
            self.too_early.append(asked.question)

    def _pictures(self, count: int) -> list[Path]:
        """No two alike, and large enough to take a while to be written."""
        folder = self.desk.home / "pictures"
        folder.mkdir(exist_ok=True)
        paths = [folder / f"{self._number}-{each}.png" for each in range(count)]
        for path in paths:
            noise = np.frombuffer(self.random.randbytes(900 * 500 * 3), np.uint8).reshape(500, 900, 3)
            Image.fromarray(noise).save(path, compress_level=0)
        return paths

    def _check_window(self, app: RunningApp) -> Answer | None:
        """No file is left over, and the answer that was cut short, which is returned, can go on."""
        wait_for("no file without a row", lambda: not self._history.files_without_image())
        wait_for("no trace", lambda: not any(map(self._history.holding, self._gone)))
        if not self._last.opened.cut_off:
            return None
        newest = self._last.conversations[self._last.opened.cut_off[0]]
        answer = newest.nodes[-1].answer
        assert answer is not None
        app.wait_for_words("Transcript", "Cut short before its end.")
        app.wait_for("Continue" if answer.text else "Answer again")
        if answer.text:  # what is empty is no text, and is not told
            app.wait_for_answer(answer.text)
        return answer

    def _check_files(self, killed: float, answers_before: int) -> None:
        found = self.found()
        self._check_conversations(found)
        for question, written in self._asked.items():
            is_there = question in found.opened.draft.text or node_of(found, question)
            is_due = question not in self._deleting and killed - written > self.allowance
            assert is_there or not is_due, f"“{question}” is lost"
        for streamed in self.server.answers[answers_before:]:
            if node_of(found, streamed.question) or streamed.question not in self._deleting:
                assert images_of(found, streamed.question) == streamed.images
                self.losses.append(loss(streamed, answer_of(found, streamed.question).text, killed))
        self._gone |= {each for each in self._deleting if not node_of(found, each)}
        self._last = found

    def _check_conversations(self, found: Found) -> None:
        """All that was there before is there as it was."""
        for each, before in self._last.conversations.items():
            assert found.conversations[each] == before
        assert not any(node_of(found, each) for each in self._gone)


Moment = Callable[[KillRounds, RunningApp], float]
"""Brings a running app somewhere, kills it there, and returns when that was, of `time.monotonic`."""
