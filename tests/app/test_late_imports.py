"""What is imported late is imported in a thread: the window's own is free."""

import json
import subprocess
import sys

from pytestqt.qtbot import QtBot

from desktop.markdown.blocks import CodeBlock
from desktop.ui.transcript.code_box import CodeBox
from desktop.ui.transcript.highlighting import Highlighter
from tests.support.import_threads import import_threads
from tests.support.painted import laid_out, look
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
    box, highlighter = laid_out(CodeBox(CodeBlock("lua", "local a = 1"), look())), Highlighter()

    with import_threads() as imports, qtbot.waitCallback() as colored:
        highlighter.follow(box, colored)

    assert box.colors[0]
    assert "pygments.lexers.scripting" in imports.threads
    assert not [name for name in imports.on_main() if name.startswith("pygments")]
