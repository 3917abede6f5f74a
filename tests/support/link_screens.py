"""States of the window that are about links which may not lead where they seem to."""

from desktop.domain.link_targets import link_with_words
from desktop.ui.doubtful_link_dialog import DoubtfulLinkDialog
from tests.support.stage import Stage, State

_LONG = f"http://{'a-long-name-' * 4}a.{'b' * 60}.example.local/{'a' * 2_000}"


async def doubtful_link(stage: Stage) -> None:
    _ask(stage, "https://paypal.com@xn--80ak6aa92e.com/login?next=%2Fhome", "paypal.com")


async def doubtful_long_link(stage: Stage) -> None:
    _ask(stage, _LONG, stage.say("Details", "详情"))


def _ask(stage: Stage, href: str, words: str) -> None:
    target = link_with_words(href, words)
    assert target is not None
    dialog = DoubtfulLinkDialog(target, stage.shell.window)
    dialog.open()
    stage.picture = dialog


STATES: tuple[State, ...] = (doubtful_link, doubtful_long_link)
