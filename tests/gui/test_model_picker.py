"""The model picker, by keyboard first."""

import asyncio
import gc
import weakref
from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QToolButton
from pytestqt.qtbot import QtBot

from desktop.domain.models import READER_MODEL, Listed
from desktop.domain.ports import FoundServer
from desktop.domain.provider_errors import NothingListens
from desktop.domain.refusals import ServerFailed
from desktop.domain.settings import Endpoint, Settings
from desktop.ui.model_picker import ModelPicker
from desktop.viewmodels.picker_groups import Choice
from tests.conftest import Run
from tests.support.choosing import BEIJING, CUSTOM, OLLAMA, SERVERS, Choosing
from tests.support.qt import child
from tests.support.windows import deleted

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
MANY = tuple(f"model-{number:03}" for number in range(40))


class Opened(Choosing):
    """A picker, its list open."""

    def __init__(self, qtbot: QtBot, settings: Settings = SERVERS, model: str = "qwen3-vl-plus") -> None:
        super().__init__(settings, model)
        self.button = ModelPicker(self.picker)
        self.button.refresh_requested.connect(self.picker.refresh)
        qtbot.addWidget(self.button)
        self.button.show()
        QTest.mouseClick(self.button, Qt.MouseButton.LeftButton)
        self.popup = next(f for f in self.button.findChildren(QFrame) if f.accessibleName() == "Models")
        self.line = child(self.popup, QLineEdit, "Filter models")
        self.list = child(self.popup, QListView, "Model list")

    def type(self, text: str) -> None:
        QTest.keyClicks(self.line, text)

    def press(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.line, key, modifier)

    def click(self, row: int) -> None:
        place = self.list.visualRect(self.list.model().index(row, 0)).center()
        QTest.mouseClick(self.list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def top_of(self, model_id: str, endpoint: Endpoint | None) -> int:
        """Where its row is seen, in px from the top of the list."""
        return self.list.visualRect(self.list.model().index(self.row(model_id, endpoint), 0)).top()

    @property
    def marked(self) -> tuple[Endpoint | None, str] | None:
        index = self.list.currentIndex()
        row = self.picker.rows[index.row()] if index.isValid() else None
        return (row.endpoint, row.model.id) if isinstance(row, Choice) else None

    @property
    def status(self) -> str:
        return next(label.text() for label in self.popup.findChildren(QLabel) if label.isVisible())

    @property
    def spoken(self) -> Sequence[str]:
        rows = QAccessible.queryAccessibleInterface(self.list)
        return [rows.child(row).text(QAccessible.Text.Name) for row in range(self.picker.rows.rowCount())]


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    return Opened(qtbot)


def test_the_list_opens_ready_to_type_at_the_model_that_answers(opened: Opened) -> None:
    assert opened.popup.isVisible()
    assert opened.marked == (BEIJING, "qwen3-vl-plus")
    opened.press(Key.Key_Return)

    assert opened.chosen == [(BEIJING, "qwen3-vl-plus")]
    assert not opened.popup.isVisible()


def test_typing_filters_and_enter_takes_the_first(opened: Opened) -> None:
    opened.type("vl")
    assert opened.marked == (BEIJING, "qwen3-vl-plus")
    opened.type("-max")
    assert opened.marked == (BEIJING, "qwen-vl-max")
    opened.press(Key.Key_Return)

    assert opened.chosen == [(BEIJING, "qwen-vl-max")]


def test_arrows_walk_over_headings_and_stop_at_the_ends(opened: Opened) -> None:
    for key, expected in (
        (Key.Key_Up, (None, READER_MODEL)),
        (Key.Key_Up, (None, READER_MODEL)),
        (Key.Key_Down, (BEIJING, "qwen3-vl-plus")),
        (Key.Key_Down, (BEIJING, "qwen-vl-max")),
        (Key.Key_Down, (BEIJING, "qwen-vl-max")),
        (Key.Key_PageUp, (None, READER_MODEL)),
        (Key.Key_PageDown, (BEIJING, "qwen-vl-max")),
    ):
        opened.press(key)
        assert opened.marked == expected


def test_the_first_models_heading_is_seen_again(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot)
        opened.backend.listed_at = {CUSTOM: MANY}
        await opened.asked()
        for _ in range(60):
            opened.press(Key.Key_Down)
        assert opened.marked == (CUSTOM, MANY[-1])
        assert opened.list.verticalScrollBar().value() > 0
        for _ in range(60):
            opened.press(Key.Key_Up)
        assert opened.list.verticalScrollBar().value() == 0

    run(scenario())


def test_arrows_find_nothing_where_nothing_is(opened: Opened) -> None:
    opened.type("nothing like it")
    opened.press(Key.Key_Down)

    assert opened.marked is None


def test_escape_chooses_nothing(opened: Opened) -> None:
    opened.type("qwen")
    opened.press(Key.Key_Escape)

    assert not opened.popup.isVisible()
    assert not opened.chosen


def test_a_name_that_nobody_lists_can_be_typed(opened: Opened) -> None:
    opened.type("my-own-model:8b")
    assert opened.status == "Enter uses “my-own-model:8b” as it is typed, at DashScope · China (Beijing)"
    opened.press(Key.Key_Return)

    assert opened.chosen == [(BEIJING, "my-own-model:8b")]


def test_so_can_a_name_that_others_begin_with(opened: Opened) -> None:
    opened.type("qwen3-vl")
    assert opened.status == "Shift+Enter uses “qwen3-vl” as it is typed, at DashScope · China (Beijing)"
    opened.press(Key.Key_Return, SHIFT)

    assert opened.chosen == [(BEIJING, "qwen3-vl")]


def test_and_one_that_another_server_has(qtbot: QtBot) -> None:
    opened = Opened(qtbot, SERVERS.at(CUSTOM), READER_MODEL)
    opened.type("qwen-vl-max")
    assert opened.marked == (BEIJING, "qwen-vl-max")
    assert opened.status == "Shift+Enter uses “qwen-vl-max” as it is typed, at models.example"
    opened.press(Key.Key_Return, SHIFT)

    assert opened.chosen == [(CUSTOM, "qwen-vl-max")]


def test_a_name_that_is_typed_whole_is_marked_before_longer_ones(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot)
        opened.backend.listed_at = {OLLAMA: ("llava-large", "llava")}
        await opened.asked()
        opened.type("llava")
        assert opened.list.model().rowCount() == 3
        assert opened.marked == (OLLAMA, "llava")

    run(scenario())


def test_a_click_takes_a_model_and_leaves_a_heading(opened: Opened) -> None:
    opened.click(opened.row("qwen3-vl-plus", BEIJING) - 1)
    assert opened.popup.isVisible()
    assert opened.marked == (BEIJING, "qwen3-vl-plus")
    opened.click(opened.row("qwen-vl-max", BEIJING))

    assert opened.chosen == [(BEIJING, "qwen-vl-max")]


def test_opened_again_it_shows_all(opened: Opened) -> None:
    opened.type("nothing like it")
    opened.press(Key.Key_Escape)
    opened.button.open()

    assert opened.line.text() == ""
    assert opened.list.model().rowCount() == 7
    assert opened.status == ""


def test_the_button_says_which_model_and_whose(opened: Opened) -> None:
    opened.button.show_model("qwen3-vl-plus", "DashScope")
    assert opened.button.text() == "qwen3-vl-plus · DashScope"
    opened.button.show_model(READER_MODEL, "DashScope")
    assert opened.button.text() == "On-device reader"
    assert opened.button.accessibleName() == "Model"


def test_a_name_that_is_wider_than_the_window_widens_nothing(opened: Opened) -> None:
    opened.button.show_model("a/" + "long-" * 40, "models.example")

    assert opened.button.minimumSizeHint().width() < opened.button.sizeHint().width() / 3
    assert opened.button.text() in opened.button.toolTip()


@pytest.mark.parametrize("corner", ["bottomRight", "topLeft", "topRight", "bottomLeft"])
def test_the_list_stays_on_the_screen(opened: Opened, corner: str) -> None:
    screen = opened.button.screen().availableGeometry()
    opened.button.move(getattr(screen, corner)())
    opened.button.open()

    assert screen.contains(opened.popup.geometry())


# ── what servers answer meanwhile ───────────────────────────────────────────────────────────────


def test_refresh_asks_and_cannot_be_pressed_meanwhile(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot, Settings(endpoint=CUSTOM), READER_MODEL)
        button = child(opened.popup, QToolButton, "Refresh models")
        gate = opened.backend.list_gates[CUSTOM] = asyncio.Event()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert not button.isEnabled()
        assert "models.example, asking…" in opened.spoken
        gate.set()
        await opened.tasks_done()
        assert button.isEnabled()
        assert "models.example, 0 models" in opened.spoken

    run(scenario())


def test_what_is_typed_is_marked_when_it_comes(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot)
        opened.backend.listed_at = {OLLAMA: ("local-vision-7b",)}
        opened.type("vision")
        assert opened.marked is None
        await opened.asked()
        assert opened.marked == (OLLAMA, "local-vision-7b")
        assert opened.status.startswith("Shift+Enter uses")

    run(scenario())


def test_what_is_marked_does_not_move_when_rows_come_above_it(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot, SERVERS.at(CUSTOM), "own")
        assert opened.marked == (CUSTOM, "own")
        top = opened.top_of("own", CUSTOM)
        opened.backend.listed_at = {OLLAMA: MANY, CUSTOM: ("later",)}
        await opened.asked()
        assert opened.marked == (CUSTOM, "own")
        assert opened.top_of("own", CUSTOM) == top

    run(scenario())


def test_what_is_read_does_not_move_either(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot)
        opened.backend.listed_at = {CUSTOM: MANY}
        await opened.asked()
        opened.list.scrollToBottom()
        top = opened.top_of(MANY[-1], CUSTOM)
        opened.backend.listed_at = {OLLAMA: MANY, CUSTOM: MANY}
        opened.now = 60
        await opened.asked()
        assert opened.marked == (BEIJING, "qwen3-vl-plus")
        assert opened.top_of(MANY[-1], CUSTOM) == top
        opened.backend.listed_at = {CUSTOM: MANY}
        await opened.asked(anew=True)
        assert opened.top_of(MANY[-1], CUSTOM) == top

    run(scenario())


@pytest.mark.parametrize("held", [("own", CUSTOM), ("qwen3-vl-plus", BEIJING)])
def test_a_pointer_at_rest_holds_no_row(run: Run, qtbot: QtBot, held: tuple[str, Endpoint]) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot, SERVERS.at(CUSTOM), "own")
        QCursor.setPos(opened.list.mapToGlobal(QPoint(9, opened.top_of("qwen3-vl-plus", BEIJING) + 9)))
        opened.button.open()
        opened.list.viewport().setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        QCursor.setPos(QCursor.pos() + QPoint(0 if held[1] == CUSTOM else 3, 0))
        top = opened.top_of(*held)
        opened.backend.listed_at = {OLLAMA: MANY, CUSTOM: MANY}
        await opened.asked()
        assert opened.top_of(*held) == top

    run(scenario())


def test_where_the_marked_model_goes_another_is_marked(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot)
        opened.backend.listed_at = {OLLAMA: ("a", "b")}
        await opened.asked()
        opened.press(Key.Key_PageDown)
        assert opened.marked == (OLLAMA, "b")
        opened.backend.listed_at = {OLLAMA: ("a",)}
        await opened.asked(anew=True)
        assert opened.marked in ((OLLAMA, "a"), (BEIJING, "qwen3-vl-plus"))
        opened.press(Key.Key_Return)
        assert len(opened.chosen) == 1

    run(scenario())


# ── what rows say ───────────────────────────────────────────────────────────────────────────────


def test_every_row_is_spoken_with_its_server(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot, replace(SERVERS, others=(OLLAMA, CUSTOM, Endpoint("openai"))))
        await opened.give_key(BEIJING)
        opened.backend.listed_at = {
            BEIJING: ("qwen9",),
            OLLAMA: NothingListens(host="localhost:11434"),
            CUSTOM: ServerFailed(host="models.example", status=500),
        }
        opened.backend.found = (FoundServer(Endpoint("lmstudio"), (Listed("words", 32768, sees=False),)),)
        await opened.asked()
        assert opened.spoken == [
            "On this device",
            "On-device reader, On this device, Reads text on this device · no key, no network",
            "LM Studio · found on this computer, 1 model",
            "words, LM Studio, no images · context 32 K",
            "DashScope · China (Beijing), 3 models",
            "qwen3-vl-plus, DashScope · China (Beijing), Current models, ¥1 / ¥10 per M tokens",
            "qwen-vl-max, DashScope · China (Beijing), Qwen",
            "qwen9, DashScope · China (Beijing), Listed by the server",
            "OpenAI, needs a key",
            "Ollama, not reachable, Nothing answers at localhost:11434. Is the server running?",
            "models.example, no list, models.example failed to answer (status 500).",
        ]

    run(scenario())


def test_the_model_to_which_arrows_lead_is_announced(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[QAccessibleEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", heard.append)
    opened.press(Key.Key_Down)

    announced = [event for event in heard if isinstance(event, QAccessibleAnnouncementEvent)]
    assert [event.message() for event in announced] == ["qwen-vl-max, DashScope · China (Beijing), Qwen"]


def test_a_picker_that_is_gone_hears_nothing_more(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot)
        gone = weakref.ref(opened.popup)
        opened.button.deleteLater()
        await deleted()
        del opened.button, opened.popup, opened.line, opened.list
        gc.collect()
        assert gone() is None
        opened.backend.listed_at = {OLLAMA: ("llava",)}
        await opened.asked()
        opened.picker.choose(opened.row("llava", OLLAMA))
        assert opened.chosen == [(OLLAMA, "llava")]

    run(scenario())


def test_a_tool_tip_has_what_may_not_fit(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot)
        opened.backend.listed_at = {OLLAMA: NothingListens(host="localhost:11434")}
        await opened.asked()
        tips = [
            opened.list.model().index(row, 0).data(Qt.ItemDataRole.ToolTipRole)
            for row in range(opened.picker.rows.rowCount())
        ]
        assert tips[3] == "qwen3-vl-plus"
        assert tips[5] == "Nothing answers at localhost:11434. Is the server running?"
        assert not tips[6]

    run(scenario())


def test_rows_are_painted(opened: Opened) -> None:
    picture = opened.list.grab().toImage()
    colors = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(60)}

    assert len(colors) > 2
