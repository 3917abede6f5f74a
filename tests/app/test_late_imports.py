"""What is imported late is imported in a thread: the window's own is free."""

import json
import subprocess
import sys

from PySide6.QtGui import QFont, QTextDocument
from pytestqt.qtbot import QtBot

from desktop.markdown.stream import MarkdownStream
from desktop.ui.theme import LIGHT
from desktop.ui.transcript.look import Look
from desktop.ui.transcript.writer import DocumentWriter
from tests.support.documents import blocks, colored
from tests.support.import_threads import import_threads
from tests.support.scripts import CHECKOUT
from tests.support.server import ScriptedServer
from tests.support.server_scripts import seed_stream


def test_a_first_question_imports_nothing_on_the_loops_thread() -> None:
    with ScriptedServer(seed_stream()) as server:
        command = [sys.executable, "-m", "tests.support.first_question", str(server.port)]
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True, timeout=60)
    told = json.loads(done.stdout)

    assert told["words"]
    assert [name for name in told["imported"] if not name.startswith("encodings.")] == []


def test_a_lexer_is_loaded_in_a_thread(qtbot: QtBot) -> None:
    document = QTextDocument()
    document.documentLayout()
    writer = DocumentWriter(document, Look(QFont(), LIGHT))

    with import_threads() as imports:
        writer.apply(MarkdownStream().feed("```lua\nlocal a = 1\n```\n\n"))
        qtbot.waitUntil(lambda: any(colored(block) for block in blocks(document)))

    assert "pygments.lexers.scripting" in imports.threads
    assert not [name for name in imports.on_main() if name.startswith("pygments")]
