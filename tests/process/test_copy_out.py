"""What is selected with the real pointer, copied, and pasted into other programs."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desktop.domain.settings import Endpoint, Settings
from desktop.ui.theme import READING_WIDTH
from tests.support.desktop_session import DesktopSession, desktop_session
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
_FRAME = 3
"""Around a menu, in px."""

TABLE = [["Step", "Owner", "State"], ["Build", "王小明", "done"], ["Test", "Ana", "97 %"]]


class Conversation:
    """Two answered questions on the screen, and where some of what stands on its left half is, from above."""

    def __init__(self, desk: DesktopSession, app: RunningApp) -> None:
        self.desk = desk
        self.app = app
        x, top, width, height = app.wait_for("Transcript").box
        left = x + (width - READING_WIDTH) // 2
        # The left half of the column: questions and buttons stand on the right.
        edges = (left - 4, top, left + READING_WIDTH // 2, top + height)
        found = wait_for("all that stands there", lambda: _all(bands(desk.picture(), *edges)))
        self.heading, self.prose, *_, self.table, _code, self.end, _facts = found

    def select_middle_to_middle(self) -> None:
        """From within the heading of the first answer to within the last paragraph of the second."""
        self.desk.hand.sweep(self.heading.at(0.45), self.end.at(0.6))

    def select_rows(self) -> None:
        """From within the second row of the table to within its third."""
        self.desk.hand.sweep(self.table.at(0.1, 0.5), self.table.at(0.9, 0.85))

    def choose(self, place: Place, entry: int) -> None:
        """Open the menu at `place`, and click on one of its entries, counted from above."""
        before = self.desk.windows()
        self.desk.hand.do("mousemove", *place, "click", 3)
        (menu,) = wait_for("the menu", lambda: self.desk.windows() - before)
        # Told from pixels: no screen reader finds menus that pop up among the windows.
        x, y, width, height = self.desk.place_of(menu)
        edges = (x + _FRAME, y + _FRAME, x + width - _FRAME, y + height - _FRAME)
        place = wait_for("its entries", lambda: _middle(bands(self.desk.picture(), *edges), entry))
        self.desk.save_picture("copy-menu")
        self.desk.hand.click(place)
        wait_for("no menu", lambda: self.desk.windows() == before)

    def copied(self, words: str) -> str:
        """What another program gets as plain text, once `words` are in it."""
        return wait_for(f"“{words}” in the clipboard", lambda: _with(words, clipboard(self.desk.environ)))

    def targets(self) -> set[str]:
        """As what the clipboard is offered."""
        return set(clipboard(self.desk.environ, "TARGETS").decode().split())


def _all(found: list[Band]) -> list[Band] | None:
    return found if len(found) == 10 else None


def _middle(found: list[Band], number: int) -> Place | None:
    return found[number].at(0.5) if len(found) > number else None


def _with(words: str, copied: bytes) -> str | None:
    text = copied.decode()
    return text if words in text else None


@contextmanager
def conversation(desk: DesktopSession) -> Iterator[Conversation]:
    """The app, with two questions answered, all of it to be seen. It is quit at the end."""
    gates = [Gate(), Gate()]
    answers = [events(*chat_events(text), gate) for text, gate in zip((FIRST, SECOND), gates, strict=True)]
    with ScriptedServer(chat_script(*answers)) as server:
        desk.configure(Settings(Endpoint("custom", base_url=server.url), model="local-vision-7b"))
        with desk.app() as app:
            desk.hand.do("windowsize", "--sync", desk.wait_for_window("Viewfinder"), 1100, 760)
            for question, gate in zip(("What is wrong here?", "And the steps?"), gates, strict=True):
                app.ask(question)
                app.wait_for("Stop")
                gate.open()
                app.wait_for("Send")
            yield Conversation(desk, app)
            app.quit()


@pytest.fixture(scope="module")
def shown() -> Iterator[Conversation]:
    """One for all that only copy from it, and look for what no other of them copies."""
    with desktop_session() as desk, conversation(desk) as made:
        yield made


def test_middle_to_middle_arrives_as_rich_text(shown: Conversation) -> None:
    shown.select_middle_to_middle()
    shown.desk.save_picture("copy-middle-to-middle")
    shown.desk.hand.key("ctrl+c")
    plain = shown.copied("• its folder")
    assert {"text/html", "text/markdown", "text/plain", "UTF8_STRING"} <= shown.targets()
    html = clipboard(shown.desk.environ, "text/html").decode()
    pasted = paste_elsewhere(shown.desk.environ)

    first, last = plain.splitlines()[0], plain.splitlines()[-1]
    assert 0 < len(first) < len("Two findings 两处")
    assert 0 < len(last) < len("The rest is a plain end of it.")
    assert plain == PLAIN.format(first=first, last=last)
    assert "<strong>export</strong> stops, as <em>you</em>" in html
    assert "<div><span>And the steps?</span></div>" in html
    assert pasted.headings == [first]
    assert pasted.bold == ["export", "told", "rest"]
    assert pasted.items == ["its folder is full 🎉", "nobody is told"]
    assert pasted.tables == [TABLE]
    assert pasted.text.startswith(f"{first}\nThe export stops")
    assert pasted.text.endswith(f"print(6 * 7)\n{last}")


def test_the_menu_copies_markdown(shown: Conversation) -> None:
    shown.select_middle_to_middle()
    shown.choose(shown.prose.at(0.5), 1)
    source = shown.copied("**export**")
    assert "text/html" not in shown.targets()
    assert paste_elsewhere(shown.desk.environ).text == source.rstrip("\n")
    assert source.startswith("## ")
    assert "The **export** stops, as *you* saw:\n\n- its folder is full 🎉\n" in source
    assert "\n\nAnd the steps?\n\nHere is 中文 👩‍💻 the table:\n\n| Step" in source
    assert "```python\nprint(6 * 7)\n```\n\nThe **rest** is" in source


def test_cells_arrive_as_cells(shown: Conversation) -> None:
    shown.select_rows()
    shown.desk.hand.key("ctrl+c")
    rows = "Build\t王小明\tdone\nTest\tAna\t97 %\n"
    wait_for("the rows alone", lambda: clipboard(shown.desk.environ).decode() == rows)
    assert paste_elsewhere(shown.desk.environ).tables == [TABLE[1:]]


def test_the_clipboard_is_served_as_long_as_the_app_runs(desk: DesktopSession) -> None:
    """X11 has no clipboard but the program that copied: what is to stay is a clipboard manager's work."""
    with conversation(desk) as shown:
        shown.select_middle_to_middle()
        desk.hand.key("ctrl+c")
        first = shown.copied("• its folder")
        shown.app.click("Prompt")
        desk.hand.type("And now?")
        shown.app.wait_for_words("Prompt", "And now?")
        assert shown.copied("") == first
    assert not shown.targets()
