"""What long conversations and an idle window cost: `python packaging/bench_conversation.py OUT.json`.

conversation_open_2k_over_100: CPU from `ChatViewModel.open` until the end of the conversation is painted,
2 000 messages by 100; from memory.
conversation_rss_1k_vs_widgets: private memory that 1 000 messages add to a process, one QTextBrowser for each
by the app's transcript.
idle_cpu: of the app itself, started without a question, and of its children, from its 5th to its 15th second.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from conversation_corpus import conversation
from cpu_time import cpu_of
from dressed import dressed_app
from figure import Figure, write
from line_process import line_process
from opened import OpenedTranscript

from desktop.domain.conversation import Conversation

MANY, FEW, _OPENINGS = 2_000, 100, 5
MESSAGES, _ROUNDS = 1_000, 3
_IDLE = (5.0, 15.0)
"""Seconds after the start."""


def main() -> int:
    """Measure, and write the figures to the path that is given."""
    with dressed_app():
        opening = opening_figure(MANY, FEW, _OPENINGS)
    write(Path(sys.argv[1]), [opening, memory_figure(MESSAGES, _ROUNDS), idle_figure(*_IDLE)])
    return 0


def opening_figure(many: int, few: int, rounds: int) -> Figure:
    """What it costs to open `many` messages, by what a `few` cost."""
    transcript, talks = OpenedTranscript(), {many: conversation(many), few: conversation(few)}
    found = [{size: _open(transcript, talk) for size, talk in talks.items()} for _ in range(rounds + 1)][1:]
    for size in talks:
        print(f"{size} messages: {1000 * median(each[size] for each in found):.1f} ms of CPU", flush=True)
    ratio = median(each[many] / each[few] for each in found)
    words = f"{few} messages, until their end is painted; from memory"
    return Figure("conversation_open_2k_over_100", ratio, "ratio", 1.5, words)


def _open(transcript: OpenedTranscript, talk: Conversation) -> float:
    spent = transcript.open(talk)
    transcript.clear()
    return spent


def memory_figure(messages: int, rounds: int) -> Figure:
    """What `messages` add in widgets, by what they add in the app's transcript."""
    found = {side: [memory_of(side, messages) for _ in range(rounds)] for side in ("widgets", "transcript")}
    theirs, ours = (median(each) for each in found.values())
    print(f"{messages} messages: {ours:.1f} MB, as widgets {theirs:.1f} MB", flush=True)
    words = f"one QTextBrowser for each of {messages} messages: {theirs:.0f} MB"
    return Figure("conversation_rss_1k_vs_widgets", theirs / ours, "ratio", 8.0, words, "higher")


def memory_of(side: str, messages: int) -> float:
    """MB that so many messages add to a process of their own."""
    with line_process("message_memory", side, str(messages)) as process:
        return float(process.read())


def idle_figure(begin: float, end: float) -> Figure:
    """How busy the app is between two moments, in seconds after its start, when nothing happens."""
    with subprocess.Popen([sys.executable, "-m", "desktop"]) as process:
        try:
            time.sleep(begin)
            before = _cpu_of_all(process.pid)
            time.sleep(end - begin)
            spent = _cpu_of_all(process.pid) - before
        finally:
            process.terminate()
    words = f"one core, from second {begin:.0f} to {end:.0f} after the start"
    return Figure("idle_cpu", 100 * spent / (end - begin), "%", 0.1, words)


def _cpu_of_all(pid: int) -> float:
    return cpu_of(pid) + sum(map(cpu_of, _children(pid)))


def _children(pid: int) -> Iterator[int]:
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        yield from map(int, file.read_text().split())


if __name__ == "__main__":
    raise SystemExit(main())
