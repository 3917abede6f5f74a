"""What is selected with the real pointer, copied, and pasted into other programs."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desktop.domain.settings import Endpoint, Settings
from desktop.ui.theme import READING_WIDTH
from tests.support.desktop_session import DesktopSession
from tests.support.hand import Place
from tests.support.ink import Band, bands
from tests.support.paste_target import clipboard, paste_elsewhere
from tests.support.running_app import RunningApp
from tests.support.server import Gate, ScriptedServer, events
from tests.support.server_scripts import chat_events, chat_script
from tests.support.waiting import wait_for

pytestmark = pytest.mark.real

FIRST = """\
## Two findings 两处

The **export** stops, as *you* saw:

- its folder is full 🎉
- nobody is **told**
"""
SECOND = """\
Here is 中文 👩‍💻 the table:

| Step | Owner | State |
|:-----|:-----:|------:|
| Build | 王小明 | **done** |
| Test | Ana | 97 % |

```python
print(6 * 7)
```

The **rest** is a plain end of it.
"""
PLAIN = """\
{first}

The export stops, as you saw:

• its folder is full 🎉
• nobody is told

And the steps?

Here is 中文 👩‍💻 the table:

Step\tOwner\tState
Build\t王小明\tdone
Test\tAna\t97 %

print(6 * 7)

{last}"""
TABLE = [["Step", "Owner", "State"], ["Build", "王小明", "done"], ["Test", "Ana", "97 %"]]


class Page:
    """The conversation on the screen: where some of what stands on its left half is, named from above."""

    def __init__(self, desk: DesktopSession, app: RunningApp) -> None:
        self._desk = desk
        x, top, width, height = app.wait_for("Transcript").box
        left = x + (width - READING_WIDTH) // 2
        # The left half of the column: questions and buttons stand on the right.
        edges = (left - 4, top, left + READING_WIDTH // 2, top + height)
        found = wait_for("all that stands there", lambda: _all(bands(desk.picture(), *edges)))
        self.heading, self.prose, *_, self.table, _code, self.end, _facts = found

    def select_middle_to_middle(self) -> None:
        """From within the heading of the first answer to within the last paragraph of the second."""
        self._desk.hand.sweep(self.heading.at(0.45), self.end.at(0.6))

    def select_rows(self) -> None:
        """From within the second row of the table to within its third."""
        self._desk.hand.sweep(self.table.at(0.1, 0.5), self.table.at(0.9, 0.85))


def _all(found: list[Band]) -> list[Band] | None:
    return found if len(found) == 10 else None


@contextmanager
def conversation(desk: DesktopSession) -> Iterator[tuple[RunningApp, Page]]:
    """The app, with two questions answered, all of it to be seen."""
    gates = [Gate(), Gate()]
    answers = [events(*chat_events(text), gate) for text, gate in zip((FIRST, SECOND), gates, strict=True)]
    with ScriptedServer(chat_script(*answers)) as server:
        desk.configure(Settings(Endpoint("openai_compatible", base_url=server.url), "local-vision-7b"))
        with desk.app() as app:
            desk.hand.do("windowsize", "--sync", desk.wait_for_window("Viewfinder"), 1100, 760)
            for question, gate in zip(("What is wrong here?", "And the steps?"), gates, strict=True):
                app.ask(question)
                app.wait_for("Stop")
                gate.open()
                app.wait_for("Send")
            yield app, Page(desk, app)
            app.quit()


def copied(desk: DesktopSession, *words: str) -> str:
    """What another program gets as plain text, once all `words` are in it."""

    def look() -> str | None:
        text = clipboard(desk.environ).decode()
        return text if all(word in text for word in words) else None

    return wait_for(f"{words} in the clipboard", look)


def targets(desk: DesktopSession) -> set[str]:
    """As what the clipboard is offered."""
    return set(clipboard(desk.environ, "TARGETS").decode().split())


def choose(desk: DesktopSession, place: Place, entry: float) -> None:
    """Open the menu at `place`, and choose what stands `entry`, 0 to 1, from its upper edge."""
    before = desk.windows()
    desk.hand.do("mousemove", *place, "click", 3)
    (menu,) = wait_for("the menu", lambda: desk.windows() - before)
    desk.save_picture("copy-2-menu")
    # A screen reader's list of windows has no menus that pop up.
    x, y, width, height = desk.place_of(menu)
    desk.hand.click((x + width // 2, round(y + entry * height)))
    wait_for("no menu", lambda: desk.windows() == before)


def test_middle_to_middle_arrives_as_rich_text(desk: DesktopSession) -> None:
    with conversation(desk) as (_, page):
        page.select_middle_to_middle()
        desk.save_picture("copy-1-middle-to-middle")
        desk.hand.key("ctrl+c")
        plain = copied(desk, "97 %")
        assert {"text/html", "text/markdown", "text/plain", "UTF8_STRING"} <= targets(desk)
        html = clipboard(desk.environ, "text/html").decode()
        pasted = paste_elsewhere(desk.environ)

    first, last = plain.splitlines()[0], plain.splitlines()[-1]
    assert 0 < len(first) < len("Two findings 两处")
    assert 0 < len(last) < len("The rest is a plain end of it.")
    assert plain == PLAIN.format(first=first, last=last)
    assert "<strong>export</strong> stops, as <em>you</em>" in html
    assert pasted.headings == [first]
    assert pasted.bold == ["export", "told", "rest"]
    assert pasted.items == ["its folder is full 🎉", "nobody is told"]
    assert pasted.tables == [TABLE]
    assert pasted.text.startswith(f"{first}\nThe export stops")
    assert pasted.text.endswith(f"print(6 * 7)\n{last}")


def test_the_menu_copies_markdown(desk: DesktopSession) -> None:
    with conversation(desk) as (_, page):
        page.select_middle_to_middle()
        choose(desk, page.prose.at(0.5), 0.5)
        source = copied(desk, "97 %")
        assert "text/html" not in targets(desk)
        pasted = paste_elsewhere(desk.environ)
    assert pasted.text == source.rstrip("\n")
    assert source.startswith("## ")
    assert "The **export** stops, as *you* saw:\n\n- its folder is full 🎉\n" in source
    assert "\n\nAnd the steps?\n\nHere is 中文 👩‍💻 the table:\n\n| Step" in source
    assert "```python\nprint(6 * 7)\n```\n\nThe **rest** is" in source


def test_cells_arrive_as_cells(desk: DesktopSession) -> None:
    with conversation(desk) as (_, page):
        page.select_rows()
        desk.save_picture("copy-3-cells")
        desk.hand.key("ctrl+c")
        assert copied(desk, "97 %") == "Build\t王小明\tdone\nTest\tAna\t97 %\n"
        assert paste_elsewhere(desk.environ).tables == [TABLE[1:]]


def test_the_clipboard_is_served_as_long_as_the_app_runs(desk: DesktopSession) -> None:
    """X11 has no clipboard but the program that copied: what is to stay is a clipboard manager's work."""
    with conversation(desk) as (app, page):
        page.select_middle_to_middle()
        desk.hand.key("ctrl+c")
        first = copied(desk, "97 %")
        app.click("Prompt")
        desk.hand.type("And now?")
        app.wait_for_words("Prompt", "And now?")
        assert copied(desk) == first
    assert not targets(desk)
