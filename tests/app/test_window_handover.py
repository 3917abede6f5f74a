"""What another start hands over is attached, and nothing more: nothing is sent, fetched or changed."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.domain.settings import Settings
from desktop.instance.message import decoded
from tests.conftest import Run
from tests.support.mime import data_url
from tests.support.pictures import png
from tests.support.windows import open_window

SETTINGS = Settings(model="qwen3-vl-plus", language="en")
MESSAGE = {"viewfinder": 1, "clipboard": False, "token": ""}
ORDERS = {"prompt": "send this", "send": True, "settings": {"model": "theirs"}, "command": ["touch", "x"]}


def test_nothing_is_sent_fetched_or_changed(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    address = "https://127.0.0.1:9/a.png"
    images = ["/shots/a.png", data_url(png()), address, "file://server/share/b.png", "--model=theirs", "-"]
    handover = decoded(json.dumps(MESSAGE | ORDERS | {"images": images}).encode())
    assert handover is not None

    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            before, conversation = window.session.settings.settings, window.session.chat.conversation
            window.keeper.take_over(handover)
            await window.loaded()

            composer = window.session.composer
            assert {card.name for card in composer.images} >= {"a.png", "data:image/png"}
            assert window.prompt.toPlainText() == ""
            assert window.session.settings.settings == before
            assert window.links.fetched == []
            assert window.backend.script.requests == []
            assert window.session.chat.conversation is conversation

    run(scenario())


@pytest.mark.parametrize("images", [["a\0b"], [""], [1], [["/a"]], "a", None, {"a": 1}, ["\ud800"]])
def test_what_is_no_name_is_refused(images: object) -> None:
    assert decoded(json.dumps(MESSAGE | {"images": images}).encode()) is None
