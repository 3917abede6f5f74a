"""Chinese, typed through a real input method."""

import pytest

from tests.support.desktop_session import DesktopSession
from tests.support.input_method import pinyin

pytestmark = pytest.mark.real


def test_pinyin_is_composed_and_enter_sends_only_what_is_decided(desk: DesktopSession) -> None:
    with pinyin(desk.environ) as environ, desk.app(environ=environ) as app:
        app.wait_for_focus("Prompt")
        desk.hand.type("ni3")
        desk.save_picture("input-method-1-composing")
        desk.hand.key("Return")
        app.wait_for_words("Prompt", "你")

        desk.hand.type("hao3")
        desk.hand.key("space")
        app.wait_for_words("Prompt", "你好")
        desk.hand.rest()
        desk.hand.key("Return")
        # As one question: the first Enter decided a word, and sent nothing.
        app.wait_for_words("Transcript", "你好")
        app.quit()
