"""A user's session: a screen with a window manager, a session bus, a screen reader, and HOME, all its own."""

import select
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

from PIL import Image, ImageGrab

from desktop.domain.settings import Settings, from_json, to_json
from tests.support.background import running
from tests.support.display import display
from tests.support.drag_source import PLACE
from tests.support.hand import Hand, Place
from tests.support.running_app import RunningApp
from tests.support.screen_reader import screen_reader
from tests.support.scripts import CHECKOUT
from tests.support.secret_service import SecretService, bare_environ, secret_service
from tests.support.session_bus import screen_reader_bus, session_bus
from tests.support.waiting import PATIENCE, wait_for

KeyringState = Literal["unlocked", "locked"]
_CARRIES_KEYS = ("DASHSCOPE_", "OPENAI_")


class DesktopSession:
    """A running session. `environ` is what its programs get, `hand` is the user's.

    `secrets` is its Secret Service, None where it has none.
    """

    def __init__(self, home: Path, environ: Mapping[str, str], secrets: SecretService | None) -> None:
        self.home = home
        self.environ = dict(environ)
        self.secrets = secrets
        self.hand = Hand(environ)

    # ── the app ─────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def app(
        self,
        *arguments: str | Path,
        environ: Mapping[str, str] | None = None,
        module: str = "desktop",
        inside: Sequence[str] = (),
        bundle: Path | None = None,
    ) -> Iterator[RunningApp]:
        """Run `python -m desktop`, or a `module` that runs it in its own process. The block must end it.

        `inside` is the beginning of a command line, of a program that becomes the app; `bundle` is the folder
        of one to run instead.
        """
        mine = self.environ if environ is None else environ
        program = [str(bundle / "viewfinder")] if bundle else [sys.executable, "-m", module]
        command = [*inside, *program, *map(str, arguments)]
        errors = self.home / "stderr"
        log = self.home / ".local" / "state" / "viewfinder" / "log" / "viewfinder.log"
        with (
            errors.open("wb") as stderr,
            running(command, mine, cwd=CHECKOUT, stderr=stderr) as process,
            screen_reader(process.pid, self.environ) as reader,
        ):
            app = RunningApp(process, reader, self.hand, [errors, log])
            app.wait_for("Prompt")
            yield app
            assert process.poll() is not None, "the block must end the app"

    @property
    def settings_file(self) -> Path:
        return self.home / ".config" / "viewfinder" / "settings.json"

    @property
    def data_folder(self) -> Path:
        """Where the app keeps conversations."""
        return self.home / ".local" / "share" / "viewfinder"

    def settings(self) -> Settings:
        """What the app has kept."""
        return from_json(self.settings_file.read_text(encoding="utf-8"))

    def configure(self, settings: Settings) -> None:
        """Let the app find `settings` when it starts."""
        self.settings_file.parent.mkdir(parents=True, exist_ok=True)
        self.settings_file.write_text(to_json(settings), encoding="utf-8")

    # ── other programs ──────────────────────────────────────────────────────────────────────────

    def drag(self, place: Place, *offer: str | Path) -> str:
        """Drag `offer` (options of `drag_source`) from another program, and drop it at `place`.

        Returns `taken` or `refused`.
        """
        with self._python("tests.support.drag_source", *offer) as source:
            self.wait_for_window("Another program")
            self.hand.press_and_drag((PLACE.center().x(), PLACE.center().y()))
            assert _line(source) == "dragging"
            self.hand.move(place)
            assert _line(source) == "accepted"
            self.hand.release()
            return _line(source)

    @contextmanager
    def copied(self, *offer: str | Path) -> Iterator[None]:
        """Another program has copied `offer` (options of `clipboard_owner`)."""
        with self._python("tests.support.clipboard_owner", *offer) as owner:
            assert _line(owner) == "copied"
            yield

    @contextmanager
    def copied_by_xclip(self, media_type: str, file: Path) -> Iterator[None]:
        """`xclip` owns the clipboard, with one file's bytes."""
        xclip = ["xclip", "-selection", "clipboard"]
        with running([*xclip, "-quiet", "-t", media_type, "-i", str(file)], self.environ):
            targets = [*xclip, "-o", "-t", "TARGETS"]
            wait_for(f"{media_type} in the clipboard", lambda: media_type in self._output(targets))
            yield

    # ── the screen ──────────────────────────────────────────────────────────────────────────────

    def wait_for_window(self, title: str) -> int:
        """The id of the window whose title begins like this, once it is there."""
        search = ("search", "--onlyvisible", "--name", f"^{title}")
        return int(wait_for(f"the window “{title}”", lambda: self.hand.do(*search)).split()[0])

    def windows(self) -> set[int]:
        """The ids of all windows of all programs that can be seen, menus among them."""
        return {int(line) for line in self.hand.do("search", "--onlyvisible", "--name", "").split()}

    def place_of(self, window: int) -> tuple[int, int, int, int]:
        """Where `window` is, without its frame: x, y, width, height, in px."""
        # xdotool counts the frame twice.
        told = self._output(["xwininfo", "-id", str(window)])
        lines = dict(line.strip().split(":", 1) for line in told.splitlines() if line.count(":") == 1)
        x, y = (int(lines[f"Absolute upper-left {axis}"]) for axis in "XY")
        return x, y, int(lines["Width"]), int(lines["Height"])

    def picture(self) -> Image.Image:
        """What is on the screen now."""
        return ImageGrab.grab(xdisplay=self.environ["DISPLAY"])

    def save_picture(self, name: str) -> None:
        """Keep what is on the screen, to be looked at."""
        folder = CHECKOUT / "build" / "screens" / "process"
        folder.mkdir(parents=True, exist_ok=True)
        self.picture().save(folder / f"{name}.png")

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def _python(self, module: str, *options: str | Path) -> "Iterator[subprocess.Popen[bytes]]":
        command = [sys.executable, "-m", module, *map(str, options)]
        with running(command, self.environ, cwd=CHECKOUT, stdout=subprocess.PIPE, bufsize=0) as process:
            yield process

    def _output(self, command: list[str]) -> str:
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True, check=False)
        return done.stdout


def _line(process: "subprocess.Popen[bytes]") -> str:
    """The next line that it says."""
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
    assert ready, f"{process.args!r} says nothing"
    return process.stdout.readline().decode().strip()


@contextmanager
def new_home() -> Iterator[Path]:
    """An empty HOME. Not below pytest's own folder: sockets lie in it, whose paths may have 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="session-", ignore_cleanup_errors=True) as home:
        yield Path(home)


@contextmanager
def desktop_session(
    *, home: Path | None = None, keyring: KeyringState | None = None
) -> Iterator[DesktopSession]:
    """Run one. `home` may be that of an earlier one; without `keyring` there is no Secret Service."""
    with ExitStack() as stack:
        place = home or stack.enter_context(new_home())
        bare = {
            name: value for name, value in bare_environ(place).items() if not name.startswith(_CARRIES_KEYS)
        }
        environ = stack.enter_context(display({**bare, "LANG": "C.UTF-8"}))
        stack.enter_context(_window_manager(environ))
        secrets = None
        if keyring is None:
            environ |= stack.enter_context(session_bus(environ, bare=place))
        else:
            secrets = stack.enter_context(secret_service(place, locked=keyring == "locked", display=environ))
            environ |= secrets.environ
        stack.enter_context(screen_reader_bus(environ))
        session = DesktopSession(place, environ, secrets)
        try:
            yield session
        except BaseException:
            session.save_picture("failed")
            raise


@contextmanager
def _window_manager(environ: Mapping[str, str]) -> Iterator[None]:
    with running(["openbox"], environ):
        check = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
        # Before that it runs, but does not yet answer to what is asked of it.
        wait_for("a window manager", lambda: b"window id" in subprocess.check_output(check, env=environ))
        # At the first key the server changes keyboards, and openbox lets go of its own keys for a while.
        Hand(environ).key("Shift_L")
        yield
