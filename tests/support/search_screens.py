"""States of the window that are about searching all conversations."""

import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.domain.conversation import Conversation
from desktop.domain.history import HITS, ConversationId
from desktop.ui.history_search import HistorySearch
from desktop.ui.window import SMALLEST
from tests.support.qt import child, first
from tests.support.stage import Stage, State
from tests.support.transcripts import conversation_of

_DAY = 86400.0
_MANY = "🎉" * 20
_LONG = "https://example.org/a/long/and/unbroken/address/that/nobody/can/wrap/and/that/leads/to/the/export?"
_TALKS = (
    (0.01, "What went wrong here?", "The dialog reports that the **export was refused**: the disk is full."),
    (
        1,
        "这里出了什么问题？",
        "对话框提示导出失败，原因是磁盘空间不足。先清理空间，或把导出目录换到别处，然后重新 export 即可。",
    ),
    (2, "Read the chart: how did the export of goods change?", "It grew by 4 % in a year, to 96 billions."),
    (
        3,
        "ما معنى رسالة export هذه؟",
        "لا يمكن export البيانات لأن القرص ممتلئ؛ حرّر بعض المساحة ثم حاول مرة أخرى 导出。",
    ),
    (
        8,
        "👩‍👩‍👧‍👦 Who is in the picture?",
        f"👩‍👩‍👧‍👦 and 🇨🇳🇩🇪: “Export your family tree” {_MANY} (导出家谱)",
    ),
    (40, "Transcribe the log", f"{_LONG}with=parameters&and=more_of_them_without_any_end#导出"),
    (400, "Which function is it?", f"`exporting_{'all_the_things_in_one_identifier_' * 2}`, 导出函数"),
)
"""Days ago, question, answer."""


async def searched(stage: Stage) -> None:
    """The first hit was opened, and one may look at the next one."""
    await _fill(stage)
    await _search(stage, stage.say("export", "导出"))
    shown = first(stage.session.library.message_found)
    pane = child(stage.shell.window, HistorySearch)
    field = child(pane, QLineEdit)
    QTest.keyClick(field, Qt.Key.Key_Return)
    await shown


async def searched_closely(stage: Stage) -> None:
    """In the narrowest window."""
    stage.shell.window.resize(SMALLEST)
    await searched(stage)


async def searched_in_vain(stage: Stage) -> None:
    await _fill(stage)
    await _search(stage, stage.say("nobody-ever-wrote-this-anywhere", "谁也没有写过这句话，哪儿都找不到"))


async def searched_for_much(stage: Stage) -> None:
    """More hits than are shown."""
    conversation = conversation_of([stage.say("What is this?", "这是什么？"), stage.answer] * HITS)
    await _keep(stage, 1, 0.0, conversation)
    await _search(stage, stage.say("what", "什么"))


STATES: tuple[State, ...] = (searched, searched_closely, searched_in_vain, searched_for_much)


async def _fill(stage: Stage) -> None:
    for number, (days, question, answer) in enumerate(reversed(_TALKS), 1):
        await _keep(stage, number, days, conversation_of([question, answer]))


async def _keep(stage: Stage, number: int, days: float, conversation: Conversation) -> None:
    conversation_id = ConversationId(number)
    stage.session.keeper.keep(conversation_id, conversation, time.time() - days * _DAY)
    await stage.session.keeper.settled(conversation_id)


async def _search(stage: Stage, words: str) -> None:
    stage.session.settings.change(side_list=True)
    pane = child(stage.shell.window, HistorySearch)
    pane.open()
    found = first(stage.session.search.found)
    child(pane, QLineEdit).setText(words)
    await found
