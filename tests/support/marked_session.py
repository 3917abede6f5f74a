"""A session of one user whose secrets can be told; all that the app starts and writes is watched."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.desktop_session import DesktopSession
from tests.support.marked import KEY, MarkedPicture
from tests.support.paste_target import clipboard
from tests.support.running_app import RunningApp
from tests.support.scripts import CHECKOUT
from tests.support.server import Reply, ScriptedServer
from tests.support.server_scripts import chat_script
from tests.support.waiting import wait_for
from tests.support.watched import Started, Watch

MODEL = "local-vision-7b"


_WITH_STDOUT = ("sh", "-c", 'exec "$0" "$@" > "$HOME/stdout"')
"""A desktop keeps what its programs say."""


class MarkedSession:
    """`home` is where the app asks, `elsewhere` a server that it is to tell nothing.

    `logs` is a folder outside of the session's HOME; `said` collects what the app says on stdout and stderr.
    """

    def __init__(
        self, desk: DesktopSession, home: ScriptedServer, elsewhere: ScriptedServer, logs: Path
    ) -> None:
        self.desk = desk
        self.home = home
        self.elsewhere = elsewhere
        self.said = b""
        self._logs = logs
        self._watches: list[Watch] = []
        self._pids: set[int] = set()
        self.app: RunningApp

    @property
    def working_folder(self) -> Path:
        """Where the app runs, and nothing of it is to be left."""
        return self.desk.home / "working"

    @contextmanager
    def running(self, **environ: str) -> Iterator[None]:
        """One start of the app, which the block must end; dumps of memory are allowed by the system."""
        watch = Watch(self._logs / f"{len(self._watches)}")
        self._watches.append(watch)
        mine = self.desk.environ | environ | self._places()
        inside = ["prlimit", "--core=unlimited", *watch.inside, "env", "-C", str(self.working_folder)]
        with self.desk.app(inside=[*inside, *_WITH_STDOUT], environ=mine) as self.app:
            self._pids.add(self.app.process.pid)
            self.app.wait_for_focus("Prompt")
            yield
        watch.wait_for_end()
        self.said += b"".join((self.desk.home / name).read_bytes() for name in ("stdout", "stderr"))

    def started(self) -> list[Started]:
        """All programs that the app has started, and the app itself, as often as it ran."""
        return [each for watch in self._watches for each in watch.started()]

    def children(self) -> list[Started]:
        """The same without the app itself."""
        return [each for each in self.started() if each.pid not in self._pids]

    def told_by_the_system(self) -> bytes:
        """Arguments of the app and its image workers as they run, and the environments of the workers."""
        own, *workers = self.app.process.pid, *self.app.workers()
        assert workers
        told = (Path(f"/proc/{pid}/{what}") for pid in workers for what in ("cmdline", "environ"))
        return b"".join(path.read_bytes() for path in (Path(f"/proc/{own}/cmdline"), *told))

    def written(self) -> set[Path]:
        """All names under which something was written, by the app or what it started."""
        return {path for watch in self._watches for path in watch.written()}

    # ── what the user does ──────────────────────────────────────────────────────────────────────

    def open_settings(self) -> None:
        self.desk.hand.key("ctrl+comma")
        self.app.wait_for("API key")

    def open_key_page(self) -> None:
        """Let the system's browser show where keys are made."""
        self.app.click("Get a key…")
        wait_for("the browser", lambda: any("xdg-open" in each.line for each in self.started()))

    def enter_server(self) -> None:
        """Add the server at home with its key, and forget the one that was there."""
        app, hand = self.app, self.desk.hand
        self.choose_from_menu("Add server", "Up")
        app.wait_for_focus("Base URL")
        hand.type(self.home.url)
        hand.key("Tab")
        app.wait_for_words("Host", f"127.0.0.1:{self.home.port}")
        app.click("API key")
        app.wait_for_focus("API key")
        hand.type(KEY)
        hand.key("Return")
        app.wait_for_words("Key state", "stored in the system keyring")
        app.wait_for_words("Test result", "It works.")
        app.click("Ask this server")
        wait_for(
            "it asked next",
            lambda: any(
                "asked next" in each.name and "127.0.0.1" in each.name for each in app.reader.items("Servers")
            ),
        )
        app.click("Servers")
        hand.key("Home")
        app.wait_for("Get a key…")
        app.click("Remove")
        wait_for("one server", lambda: len(app.reader.items("Servers")) == 1)
        hand.key("Escape")
        app.wait_until_gone("API key")

    def choose_model(self) -> None:
        """Out of the list that the server gives."""
        before = self.desk.windows()
        self.app.click("Model")
        wait_for("the list", lambda: self.desk.windows() - before)
        self.desk.hand.type(MODEL)

        def is_chosen() -> bool:
            if MODEL in self.app.wait_for("Model").description:
                return True
            # Until the list is there, nothing takes it; no screen reader finds what pops up.
            self.desk.hand.key("Return")
            return False

        wait_for("the model", is_chosen)
        self.app.wait_for_focus("Prompt")

    def attach(self, picture: MarkedPicture) -> None:
        """Find it in the dialog for files, folder by folder."""
        hand = self.desk.hand
        self.app.wait_for_focus("Prompt")
        hand.key("ctrl+o")
        self.desk.wait_for_window("Add images")
        self.app.wait_for_focus("File name:")
        hand.type(f"{picture.path.parent}/")
        hand.key("Return")
        wait_for("an empty line", lambda: not self.app.reader.texts("File name:"))
        hand.type(picture.path.name)
        hand.key("Return")
        self.app.wait_for_words("Attachments", picture.path.name)

    def ask(self, question: str, *replies: Reply, words: str) -> None:
        """Ask, with `replies` in turn, and wait until `words` are among what is shown and all is at rest."""
        self.home.script = chat_script(*replies)
        self.app.ask(question)
        self.app.wait_for_words("Transcript", words)
        self.app.wait_for("Send")

    def go_on(self, button: str, *replies: Reply, words: str) -> None:
        """Press the last `button` of those that are called so."""
        self.home.script = chat_script(*replies)
        self.press(button)
        self.app.wait_for_words("Transcript", words)
        self.app.wait_for("Send")

    def press(self, button: str) -> None:
        """The last that is called so."""
        *_, last = wait_for(
            f"“{button}”",
            lambda: [
                each for each in self.app.reader.nodes() if each.name == button and "focusable" in each.states
            ],
        )
        self.desk.hand.click(last.center)

    def copy_in_every_form(self) -> None:
        self.press("Copy")
        for steps in range(1, 4):
            self.choose_from_menu("More", *["Down"] * steps)

    def choose_from_menu(self, button: str, *keys: str) -> None:
        """Open the menu of the last `button`, and take where `keys` lead."""
        before = self.desk.windows()
        self.press(button)
        wait_for("the menu", lambda: self.desk.windows() - before)
        self.desk.hand.key(*keys, "Return")
        wait_for("no menu", lambda: not self.desk.windows() - before)

    def copy_diagnostics(self) -> bytes:
        """By the menu; what is in the clipboard then."""
        self.app.click("Prompt")
        before = self.desk.windows()
        self.desk.hand.key("alt+h")
        wait_for("the menu", lambda: self.desk.windows() - before)
        self.desk.hand.key("c")
        return self.diagnostics()

    def diagnostics(self) -> bytes:
        """What another program gets, once it is what the app tells of itself."""

        def copied() -> bytes:
            text = clipboard(self.desk.environ)
            return text if b"PySide6" in text else b""

        return wait_for("the diagnostics", copied)

    def end(self, number: int) -> None:
        """End the app by a signal."""
        self.app.process.send_signal(number)
        self.app.process.wait()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _places(self) -> dict[str, str]:
        """A browser that opens nothing, and folders of the session's own."""
        for name in ("working", "tmp", "bin"):
            (self.desk.home / name).mkdir(exist_ok=True)
        browser = self.desk.home / "bin" / "xdg-open"
        browser.write_text("#!/bin/sh\n", "ascii")
        browser.chmod(0o755)
        return {
            "PATH": f"{browser.parent}:{self.desk.environ['PATH']}",
            "TMPDIR": str(self.desk.home / "tmp"),
            "PYTHONPATH": str(CHECKOUT),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
