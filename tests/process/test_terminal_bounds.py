"""Answers without end in the terminal: they end by themselves, or when their reader wants it."""

import signal

import pytest

from desktop.providers.chunks import LONGEST_ANSWER
from tests.support.terminal import Terminal, lines
from tests.support.torrents import TORRENTS
from tests.support.waiting import PATIENCE


def test_an_answer_without_end_is_printed_as_far_as_it_is_taken(terminal: Terminal) -> None:
    terminal.answer_with(TORRENTS["one word"].reply(0)[1])
    done = terminal.ask(str(terminal.picture), "--json")
    told = lines(done.stdout)
    assert done.returncode
    assert sum(len(entry.get("text", "")) for entry in told) == LONGEST_ANSWER
    assert [entry["kind"] for entry in told if entry["type"] == "error"] == ["answer_too_long"]
    assert terminal.server.hung_up.wait(PATIENCE)


@pytest.mark.parametrize("name", [name for name, kind in TORRENTS.items() if not kind.end])
def test_an_interrupt_ends_what_only_its_reader_can_end(terminal: Terminal, name: str) -> None:
    torrent, reply = TORRENTS[name].reply(500_000)
    terminal.answer_with(reply)
    process = terminal.start(str(terminal.picture))
    try:
        assert torrent.enough.wait(PATIENCE)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE)
        assert terminal.server.hung_up.wait(PATIENCE)
    finally:
        process.kill()
        process.communicate()
