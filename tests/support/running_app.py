"""The app in a process of its own, as its user and a screen reader meet it."""

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop.worker.command import WORKER_ARGUMENT
from tests.support.hand import Hand
from tests.support.screen_reader import Node, ScreenReader
from tests.support.waiting import PATIENCE, wait_for

_QT_HAS_NONE = "AtSpiAdaptor::applicationInterface does not implement"
"""What Qt says of every question after an address that the screen reader's library asks."""


class RunningApp:
    """One process of the app. `process` and `reader` are open for what is not said here."""

    def __init__(
        self,
        process: "subprocess.Popen[bytes]",
        reader: ScreenReader,
        hand: Hand,
        complaints: Sequence[Path],
    ) -> None:
        self.process = process
        self.reader = reader
        self._hand = hand
        self._complaints = complaints

    # ── what is there ───────────────────────────────────────────────────────────────────────────

    def wait_for(self, name: str) -> Node:
        """The thing called `name`, once it can be seen."""
        return wait_for(f"“{name}”", lambda: self._find(name))

    def wait_until_gone(self, name: str) -> None:
        """Until nothing called `name` can be seen."""
        wait_for(f"no “{name}”", lambda: self._find(name) is None)

    def wait_for_focus(self, name: str) -> None:
        """Until what is typed goes to the thing called `name`."""

        def has_focus() -> bool:
            node = self._find(name)
            return node is not None and "focused" in node.states

        wait_for(f"the focus on “{name}”", has_focus)

    def wait_for_words(self, place: str, *words: str) -> str:
        """What is said in the thing called `place`, once all `words` are among it."""
        heard = ""

        def look() -> str | None:
            nonlocal heard
            self.check_alive()
            heard = self.reader.words_in(place)
            return heard if all(word in heard for word in words) else None

        try:
            return wait_for(f"{words} in “{place}”", look)
        except AssertionError as error:
            raise AssertionError(f"{error}; there is: {heard!r}") from None

    def wait_for_answer(self, text: str) -> None:
        """Until the last answer that can be seen says all of `text`; how it is laid out does not count."""
        words = text.split()
        wait_for("the answer", lambda: "".join(self.reader.messages("Answer")[-1:]).split() == words)

    def workers(self) -> list[int]:
        """The ids of its image workers; libraries of its own start other programs for a moment."""
        listed = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        children = [int(pid) for file in listed for pid in file.read_text("ascii").split()]
        return [pid for pid in children if _is_worker(pid)]

    # ── what the user does ──────────────────────────────────────────────────────────────────────

    def click(self, name: str) -> None:
        """Click on the thing called `name`."""
        self._hand.click(self.wait_for(name).center)

    def ask(self, question: str) -> None:
        """Type into the prompt, and press Enter once all of it stands there."""
        self.click("Prompt")
        self.wait_for_focus("Prompt")
        self._hand.type(question)
        self.wait_for_words("Prompt", question)
        self._hand.key("Return")

    def quit(self) -> None:
        """Close the window as its frame does."""
        self.click("Prompt")
        self.wait_for_focus("Prompt")
        self._hand.key("alt+F4")
        self.check_end()

    # ── how it ends ─────────────────────────────────────────────────────────────────────────────

    def check_alive(self) -> None:
        """Fail if it has ended, with what it said."""
        status = self.process.poll()
        assert status is None, f"it ended with {status}: {self.complaints()}"

    def check_end(self) -> None:
        """Fail unless it ends now, and well: without a word on stderr or in its log."""
        assert self.process.wait(PATIENCE) == 0, self.complaints()
        assert not self.complaints(), self.complaints()

    def complaints(self) -> list[str]:
        """All lines of stderr and of the log."""
        return [line for line in _lines(self._complaints) if _QT_HAS_NONE not in line]

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _find(self, name: str) -> Node | None:
        self.check_alive()
        return self.reader.find(name)


def _lines(files: Iterable[Path]) -> list[str]:
    return [line for file in files if file.exists() for line in file.read_text("utf-8").splitlines()]


def _is_worker(pid: int) -> bool:
    try:
        return WORKER_ARGUMENT.encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:  # it has ended meanwhile
        return False
