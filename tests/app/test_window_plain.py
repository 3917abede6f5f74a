"""The whole window full of words that want to be more than words: each is shown as it is written."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.domain.events import Notice, NoticeRaised, TextDelta
from desktop.domain.image_errors import BrokenImage, LinkNotAnImage
from desktop.domain.images import ImageFile
from desktop.domain.messages import LinkPart
from desktop.domain.models import Listed
from desktop.domain.ports import FoundServer
from desktop.domain.provider_errors import NothingListens
from desktop.domain.refusals import RequestRejected
from desktop.domain.settings import Endpoint, Settings
from desktop.ui.settings.appearance import AppearancePage
from desktop.ui.settings.dialog import SettingsPage
from desktop.viewmodels.picker_groups import row_id
from tests.conftest import Run
from tests.support.pictures import image
from tests.support.plain_judge import HOSTILE, LETTERS, offences, said
from tests.support.qt import first
from tests.support.stage import until
from tests.support.windows import OpenWindow, deleted, open_window

CUSTOM = Endpoint("custom", base_url=f"http://a.example/{HOSTILE}")
LOCAL = Endpoint("lmstudio", base_url="http://<b>R&D\u202e.example:1234/v1")
SETTINGS = Settings(
    endpoint=CUSTOM,
    others=(LOCAL, Endpoint(workspace=HOSTILE), Endpoint("ollama", base_url=HOSTILE)),
    model=HOSTILE,
    language="en",
    side_list=True,
)
LINK = "https://a.example/%E2%80%AEgnp%0A%3Cimg%20src=%27file:///dev/zero%27%3E.exe"


async def ask_and_fail(window: OpenWindow) -> None:
    """A question with images and a link, an answer with a notice, and an error with details."""
    notice = NoticeRaised(Notice.IMAGES_LEFT_OUT, {"limit": "1", "names": HOSTILE})
    error = RequestRejected(host=HOSTILE, status=400, reason=HOSTILE, detail=HOSTILE)
    window.backend.answer_with(notice, TextDelta(HOSTILE), error)
    pictures = [image(f"{HOSTILE}{number}.png") for number in range(12)]
    window.session.composer.put(HOSTILE, [*pictures, LinkPart(LINK)])
    window.session.send("")
    await window.answered()


async def attach(window: OpenWindow) -> None:
    """Cards, a link and its offer, and what cannot be used."""
    window.session.composer.add([ImageFile(Path("/tmp") / HOSTILE.replace("/", "_"))])
    window.session.composer.add_links([LINK])
    await window.loaded()
    window.shell.show_error(BrokenImage(name=HOSTILE, detail=HOSTILE))
    window.shell.show_error(LinkNotAnImage(name=HOSTILE, detail=HOSTILE))


async def choose_models(window: OpenWindow) -> None:
    window.backend.listed_at = {CUSTOM: (Listed(f"vision {LETTERS}"),), LOCAL: NothingListens(host=HOSTILE)}
    found = Endpoint("vllm", base_url=f"http://127.0.0.1:8000/{HOSTILE}")
    window.backend.found = (FoundServer(found, (Listed(LETTERS),)),)
    window.action("choose_model").trigger()
    rows = window.session.picker.rows
    await until(rows.rowsInserted, lambda: rows.row_of(row_id(CUSTOM, f"vision {LETTERS}")) >= 0)


async def type_a_model(window: OpenWindow) -> None:
    await choose_models(window)
    line = next(each for each in QApplication.allWidgets() if each.accessibleName() == "Filter models")
    assert isinstance(line, QLineEdit)
    line.setText(f"{LETTERS}\u202ex")


async def open_all_settings(window: OpenWindow) -> None:
    for page in SettingsPage:
        window.shell.open_settings(page)
    while not window.window.findChildren(AppearancePage):  # the last one made
        await deleted()


async def search(window: OpenWindow) -> None:
    await ask_and_fail(window)
    await window.session.keeper.settled(window.session.library.current.id)
    found = first(window.session.search.found)
    window.action("search").trigger()
    window.session.search.set_needle("R&D")
    await found


FILLED = {
    ask_and_fail: f"the oldest were left out: {LETTERS}",
    attach: "end” is damaged or cut short.",
    choose_models: f"vision {LETTERS}",
    type_a_model: f"uses “{LETTERS}x” as it is typed, at",
    open_all_settings: "Text size",
    search: f"Answer: {LETTERS}",
}
"""How the window comes to hold hostile words, and some of what it says then."""


@pytest.mark.parametrize(("fill", "words"), FILLED.items(), ids=[fill.__name__ for fill in FILLED])
def test_no_words_do_more_than_to_be_shown(
    fill: Callable[[OpenWindow], Awaitable[None]],
    words: str,
    run: Run,
    undressed: QApplication,
    tmp_path: Path,
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            await fill(window)
            assert LETTERS in said()
            assert words in said()
            assert offences() == []

    run(scenario())
