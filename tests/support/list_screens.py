"""States of the window that are about the list of conversations."""

import time
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QModelIndex

from desktop.domain.events import Finished, TextDelta
from desktop.domain.history import ConversationId, Summary
from desktop.ui.conversation_menu import ConversationMenu
from desktop.ui.conversation_view import ConversationView
from desktop.ui.window import SMALLEST
from tests.support.qt import child
from tests.support.stage import Stage, State

_HOUR = 3600.0
_TITLES = (
    ("Compare these two invoices and list what differs", "比较这两张发票，列出不同之处"),
    ("What does this stack trace mean", "这段堆栈信息是什么意思"),
    ("Receipt", "收据"),
    ("ما معنى رسالة الخطأ هذه في لقطة الشاشة التي أرسلتها", "שלום עולם"),
    ("Read the chart: quarterly revenue by region", "读图：各地区季度营收与同比增长率，按区域列表"),
    ("Whiteboard → Markdown", "白板转 Markdown"),
    ("<b>Not bold</b> & other surprises", "图片转文字"),
)
_COUNT = 40
_PINNED, _UNKEPT, _CUT_OFF, _BUSY = {3, 9}, {1}, {2, 6}, {1, 4}


async def conversations(stage: Stage) -> None:
    """All marks, and one that is shown."""
    stage.session.settings.change(side_list=True)
    rows = stage.session.library.rows
    rows.extend([_summary(stage, number) for number in range(1, _COUNT)], is_all=True)
    for number in _BUSY:
        rows.put(
            replace(_summary(stage, number), title=stage.say("Which font is this?", "这是什么字体？")),
            is_busy=True,
        )
    stage.backend.answer_with(TextDelta(stage.answer), Finished("stop"))
    await stage.asked()
    _list(stage).scrollToTop()


async def conversations_selected(stage: Stage) -> None:
    """Several are, as by Ctrl and clicks."""
    await conversations(stage)
    view = _list(stage)
    view.setFocus()
    for number in (2, 4, 5):
        view.selectionModel().setCurrentIndex(_index(stage, number), QItemSelectionModel.SelectionFlag.Select)


async def conversations_menu(stage: Stage) -> None:
    await conversations_selected(stage)
    _list(stage).open_menu(_index(stage, 5))
    stage.picture = child(stage.shell.window, ConversationMenu)


async def conversation_renamed(stage: Stage) -> None:
    await conversations(stage)
    _list(stage).edit(_index(stage, 5))


async def conversations_narrow(stage: Stage) -> None:
    """As narrow as the window may be."""
    await conversations(stage)
    stage.shell.window.resize(SMALLEST)


STATES: tuple[State, ...] = (
    conversations,
    conversations_selected,
    conversations_menu,
    conversation_renamed,
    conversations_narrow,
)


def _summary(stage: Stage, number: int) -> Summary:
    return Summary(
        ConversationId(number),
        stage.say(*_TITLES[number % len(_TITLES)]),
        time.time() - number * number * 3 * _HOUR,
        is_pinned=number in _PINNED,
        is_kept=number not in _UNKEPT,
        is_cut_off=number in _CUT_OFF,
    )


def _list(stage: Stage) -> ConversationView:
    return child(stage.shell.window, ConversationView)


def _index(stage: Stage, number: int) -> QModelIndex:
    return _list(stage).index_of(ConversationId(number))
