"""What of the app can open or load what a text says: few places, each for a reason."""

import re

import pytest

from tests.support.source import modules

MEANS = {
    r"\bopenUrl\b": {
        "desktop/ui/link_opening.py",  # a link that was clicked, after it was judged
        "desktop/ui/settings/opening.py",  # the app's own folder, and pages out of its own table
    },
    r"\bwebbrowser\b|\bstartDetached\b|\bxdg-open\b|\bstartfile\b": set[str](),
    r"\bsetOpenExternalLinks\b|\blinkActivated\b|\bQTextBrowser\b|\bsetMarkdown\b|\bRichText\b": set[str](),
    r"\bsetHtml\b": {"desktop/ui/transcript/copying.py"},  # the clipboard's, made of blocks
    r"\bQtSvg\b": {"desktop/ui/icons.py"},  # the app's own
    r"\bQtWebEngine|\bQtQuick|\bQNetworkAccessManager\b|\bQTextDocument\(": set[str](),
}


@pytest.mark.parametrize("means", MEANS)
def test_nothing_else_opens_or_loads(means: str) -> None:
    found = {str(module.path) for module in modules("desktop") if re.search(means, module.text)}

    assert found == MEANS[means]
