"""What the messages of one conversation add to a process: `python packaging/message_memory.py SIDE MESSAGES`.

It prints in MB what showing them has added, their texts included. The side `transcript` is the app's;
`widgets` makes one QTextBrowser for each message, as most do. Linux with glibc only.
"""

from __future__ import annotations

import ctypes
import gc
import re
import sys
from collections.abc import Callable
from pathlib import Path

from conversation_corpus import conversation, said
from dressed import dressed_app
from frames import Frames
from opened import OpenedTranscript
from PySide6.QtWidgets import QScrollArea, QTextBrowser, QVBoxLayout, QWidget

_libc = ctypes.CDLL(None)

_FEW = 10
"""Messages that are shown before, so that what the first ones load counts for none."""


def main() -> None:
    """Print what the messages add."""
    side, messages = sys.argv[1:]
    with dressed_app():
        print(SIDES[side](int(messages)))


def of_transcript(messages: int) -> float:
    """MB that the app's transcript adds."""
    transcript = OpenedTranscript()

    def show(count: int) -> None:
        transcript.clear()
        transcript.open(conversation(count))
        transcript.settle()

    return _added(show, messages)


def of_widgets(messages: int) -> float:
    """MB that one QTextBrowser for each message adds."""
    area, column = QScrollArea(), QVBoxLayout(content := QWidget())
    area.setWidgetResizable(True)
    area.setWidget(content)
    area.resize(900, 700)
    area.show()
    frames = Frames(area)

    def show(count: int) -> None:
        for number, text in enumerate(said(count)):
            column.addWidget(_browser(text, is_answer=number % 2 == 1))
        frames.settle()

    return _added(show, messages)


SIDES = {"transcript": of_transcript, "widgets": of_widgets}


def _browser(text: str, *, is_answer: bool) -> QTextBrowser:
    browser = QTextBrowser()
    if is_answer:
        browser.setMarkdown(text)
    else:
        browser.setPlainText(text)
    browser.setFixedHeight(round(browser.document().size().height()) + 2)
    return browser


def _added(show: Callable[[int], object], messages: int) -> float:
    show(_FEW)
    before = _private()
    show(messages)
    return _private() - before


def _private() -> float:
    """Memory in MB that this process shares with no other, without what it has let go already."""
    gc.collect()
    _libc.malloc_trim(0)
    fields = Path("/proc/self/smaps_rollup").read_text()
    return sum(int(size) for size in re.findall(r"^Private_\w+:\s+(\d+) kB", fields, re.MULTILINE)) / 1024


if __name__ == "__main__":
    main()
