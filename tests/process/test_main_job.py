"""The main job as a new user does it: no key, no network, an empty HOME."""

import pytest

from desktop.paths import resource
from tests.support.desktop_session import DesktopSession

pytestmark = pytest.mark.real

RECEIPT = resource("samples", "receipt.png")
NAMES = ("Prompt", "Send", "Model", "Add images", "Settings", "New conversation")


def test_a_dropped_screenshot_is_read_on_this_device(desk: DesktopSession) -> None:
    with desk.app() as app:
        for name in NAMES:
            app.wait_for(name)
        assert desk.drag(app.wait_for("Prompt").center, "--file", RECEIPT) == "taken"
        app.wait_for_words("Attachments", "receipt.png")
        desk.save_picture("main-job-1-dropped")

        app.wait_for_focus("Prompt")
        desk.hand.key("Return")
        app.wait_for("Stop")
        text = app.wait_for_words("Transcript", "MAPLE", "33.46", "谢谢惠顾")
        app.wait_for("Send")
        assert text.index("MAPLE") < text.index("33.46") < text.index("谢谢惠顾")
        desk.save_picture("main-job-2-read")

        app.quit()


def test_what_is_named_on_the_command_line_is_attached(desk: DesktopSession) -> None:
    with desk.app(RECEIPT, "https://example.com/pictures/dog.png?size=2") as app:
        app.wait_for_words("Attachments", "receipt.png", "dog.png")
        app.quit()
