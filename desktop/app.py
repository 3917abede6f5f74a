"""The window's way: builds everything, runs it, and closes it in order."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtCore import QLocale, QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop import __version__
from desktop.connection import Connection, load_catalog, settings_file
from desktop.diagnosis.bugs import Bugs
from desktop.diagnosis.crashes import watch_for_crashes
from desktop.diagnosis.hooks import loop_handler
from desktop.diagnosis.report import report
from desktop.domain.conversation import Answer
from desktop.domain.errors import SettingsError
from desktop.domain.messages import LinkPart
from desktop.domain.named import named_image
from desktop.domain.settings import Settings
from desktop.instance.message import Handover
from desktop.instance.receiver import Receiver
from desktop.paths import data_dir, log_dir, resource
from desktop.runtime.garbage import keep_all
from desktop.runtime.idle import in_slices
from desktop.runtime.loop import qt_loop
from desktop.runtime.qt_messages import log_qt_messages
from desktop.runtime.tasks import TaskOwner
from desktop.storage.history import SqliteHistory
from desktop.storage.secrets import keyring_name
from desktop.ui.appearance import Appearance
from desktop.ui.application import Application
from desktop.ui.caret import RestingCaret
from desktop.ui.foreground import bring_to_front
from desktop.ui.shell import Shell
from desktop.ui.transcript.footer import AnswerFooter
from desktop.ui.transcript.text import markdown_text
from desktop.ui.wording import notice
from desktop.viewmodels.composer import ComposerViewModel
from desktop.viewmodels.diagnosis import Diagnosis, Reporter
from desktop.viewmodels.picker import PickerViewModel
from desktop.viewmodels.session import SessionViewModel
from desktop.viewmodels.settings import SettingsViewModel

IDLE_SECONDS = 0.15
"""How long after the window is shown the work begins that nobody waits for."""


def run(handover: Handover, address: str, keys: Mapping[str, str], bugs: Bugs) -> int:
    """Open the window with what `handover` names; return the exit status at its end.

    Later starts hand over to it at `address`. `keys` are those of the environment, by their variables.
    """
    log_qt_messages()
    app = make_application()
    with qt_loop(app) as loop:
        loop.set_exception_handler(loop_handler(bugs))
        return loop.run_until_complete(_live(app, handover, address, keys, bugs))


def make_application() -> Application:
    """The application object, known to the desktop by its name and its icon."""
    QApplication.setApplicationName("viewfinder")
    QApplication.setApplicationDisplayName("Viewfinder")
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName("viewfinder")
    QApplication.setStyle("Fusion")
    app = Application(sys.argv[:1])
    app.setWindowIcon(QIcon(str(resource("icons", "viewfinder.svg"))))
    # The window's close event ends the app; Qt ending its loop first would strand what still runs.
    app.setQuitOnLastWindowClosed(False)
    return app


async def _live(
    app: Application, handover: Handover, address: str, keys: Mapping[str, str], bugs: Bugs
) -> int:
    has_crashed = watch_for_crashes(log_dir())
    store = settings_file(QLocale.system().uiLanguages())
    settings, problem = store.load()
    tasks, receiver = TaskOwner(bugs.note), Receiver()
    connection = Connection(keys, words=notice, network=settings.network)
    ended = asyncio.Event()
    _end_by_signal(ended)
    session = make_session(
        SettingsViewModel(settings, store, connection, tasks), connection, tasks, data_dir()
    )
    diagnosis = Diagnosis(bugs, _reporter(session.settings), tasks, has_crashed=has_crashed)
    try:
        window = Window(app, session, ended, diagnosis)
        window.open(problem)
        session.open()
        window.take(handover)
        _let_in(receiver, address, app, window)
        tasks.start(_warm_up(session, connection), "warm up")
        await ended.wait()
    finally:
        # First: who starts now waits for the end of this one, and becomes the next.
        receiver.close()
        diagnosis.close()
        session.quit()
        await tasks.aclose()
        await session.aclose()
        await connection.aclose()
    return 0


def _reporter(settings: SettingsViewModel) -> Reporter:
    def reporter(seen: Mapping[str, str]) -> str:
        # The descriptions of installed packages cost 20 ms, for what is hardly ever asked for.
        from desktop.diagnosis.facts import settings_facts, system_facts  # noqa: PLC0415

        facts = {"Keyring": keyring_name()} | settings_facts(settings.settings)
        return report({**seen, **system_facts(os.environ, data_dir()), **facts}, log_dir())

    return reporter


def _let_in(receiver: Receiver, address: str, app: Application, window: "Window") -> None:
    """From now on other starts, and the system, bring to `window` what is to be opened."""
    receiver.handed_over.connect(window.take_over)
    receiver.listen(address)
    app.opened.connect(window.take_files)
    app.tell_opened()


def _attach(composer: ComposerViewModel, images: Sequence[str]) -> None:
    named = [named_image(image) for image in images]
    composer.add([each for each in named if not isinstance(each, LinkPart)])
    composer.add_links([each.url for each in named if isinstance(each, LinkPart)])


def _end_by_signal(ended: asyncio.Event) -> None:
    """Close in order, also when the terminal says Ctrl+C or the system is shut down."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: closing the console's window ends the app there
            loop.add_signal_handler(number, ended.set)


async def _warm_up(session: SessionViewModel, connection: Connection) -> None:
    """Do what the first image and the first question would wait for, after the first paint."""
    await asyncio.sleep(IDLE_SECONDS)
    keep_all()
    session.settings.servers.look_for_keys()
    await in_slices(_first_of_a_kind())
    await connection.warm_up(session.settings.model)
    keep_all()


def _first_of_a_kind() -> Iterator[None]:
    """Make what takes much longer the first time, a step each."""
    # PySide makes a class when it is asked for, and all of these at once, in 10 ms, when it is
    # handed some widget of Qt's own, as the first message of a transcript does.
    for name in dir(QtWidgets):
        getattr(QtWidgets, name)
        yield
    text = markdown_text()
    yield
    text.append("Aa")
    text.finish()
    yield
    footer = AnswerFooter()
    yield
    footer.show_answer(Answer("", text="Aa"), 0, 1)
    yield


def make_session(
    settings: SettingsViewModel, connection: Connection, tasks: TaskOwner, folder: Path
) -> SessionViewModel:
    """All that is behind a window; its history lies in `folder`."""
    return SessionViewModel(
        settings,
        PickerViewModel(load_catalog(), connection, tasks),
        ComposerViewModel(connection.images, connection.folders, connection, tasks),
        store=SqliteHistory(folder),
        backend=connection,
        loader=connection.images,
        links=connection,
        tasks=tasks,
    )


class Window(QObject):
    """Keeps one window open over the session; another takes its place when the language changes."""

    def __init__(
        self, app: QApplication, session: SessionViewModel, ended: asyncio.Event, diagnosis: Diagnosis
    ) -> None:
        super().__init__(app)
        self._diagnosis = diagnosis
        self._session = session
        self._ended = ended
        self._appearance = Appearance(app, session.settings.settings)
        self._caret = RestingCaret(app)
        self._shell = Shell(session)
        session.settings.changed.connect(self._on_settings_changed)

    def open(self, problem: SettingsError | None) -> None:
        self._shell.quit_requested.connect(self._ended.set)
        self._shell.tell_of_bugs(self._diagnosis)
        self._shell.show()
        if problem is not None:
            self._shell.show_error(problem)

    def take(self, handover: Handover) -> None:
        """Attach what a start was asked for."""
        _attach(self._session.composer, handover.images)
        if handover.clipboard:
            self._shell.attach_clipboard()

    def take_over(self, handover: Handover) -> None:
        """Come to the front with what another start was asked for."""
        bring_to_front(self._shell.window, handover.token)
        self.take(handover)

    def take_files(self, names: Sequence[str]) -> None:
        """Come to the front with files that the system wants opened."""
        self.take_over(Handover(tuple(names)))

    def _on_settings_changed(self, settings: Settings) -> None:
        if self._appearance.apply(settings):
            # Not now: the signal comes out of a widget of the window that goes.
            QTimer.singleShot(0, self._replace)

    def _replace(self) -> None:
        page = self._shell.settings_page
        self._shell.close()
        self._shell = Shell(self._session)
        self.open(None)
        self._shell.open_settings(page)
