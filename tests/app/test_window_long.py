"""A long conversation out of the history, in the whole window, and a hand that is faster than the disk."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.domain.conversation import Conversation
from desktop.domain.events import Finished, TextDelta
from desktop.domain.history import END, change_between
from desktop.domain.settings import Settings
from desktop.ui.transcript.view import TranscriptView
from tests.conftest import Run
from tests.support.histories import ID, opened
from tests.support.qt import child, first
from tests.support.transcripts import conversation_of
from tests.support.windows import open_window

SETTINGS = Settings(model="qwen3-vl-plus", language="en", theme="light")
LONG = conversation_of(f"Text {number}" for number in range(3 * END))


def test_a_question_asked_too_early_stays_where_it_was_written(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with opened(tmp_path / "history") as store:
            await store.write(change_between(ID, Conversation(), LONG, 1.0))
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            library, view = window.session.library, child(window.window, TranscriptView)
            shown, whole = first(library.current_changed), first(window.session.chat.transcript.prepended)
            library.show(ID)
            await shown
            assert view.isVisible()
            assert len(view.column) == END
            assert window.action("delete").isEnabled()
            window.type("And now?")
            window.enter()
            assert window.prompt.toPlainText() == "And now?"
            await whole
            assert len(view.column) == 3 * END
            assert view.scrolled == view.verticalScrollBar().maximum()
            window.backend.answer_with(TextDelta("Now."), Finished("stop"))
            window.enter()
            await window.answered()
            assert window.prompt.toPlainText() == ""
            assert library.current.conversation.nodes[: 3 * END] == LONG.nodes
            assert window.painted.endswith("And now?\nNow.")

    run(scenario())
