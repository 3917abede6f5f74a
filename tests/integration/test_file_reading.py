"""Many files read at once: real files that change, vanish, or never were any."""

import asyncio
import gc
import os
import resource
import socket
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from desktop.domain import image_errors
from desktop.domain.images import ImageBytes, ImageFile, ImageSource
from desktop.imaging import reading
from desktop.imaging.file import open_file
from desktop.imaging.reading import LIMIT, THREAD, read_all
from tests.conftest import Run
from tests.support.waiting import wait_for


def files(folder: Path, count: int) -> list[ImageFile]:
    """Each holds its own number."""
    made = [folder / f"{number}.png" for number in range(count)]
    for number, path in enumerate(made):
        path.write_bytes(str(number).encode())
    return [ImageFile(path) for path in made]


def open_files(folder: Path) -> int:
    """How many of `folder`'s files this process has open, deleted ones too."""
    found = 0
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the descriptor of this very listing
            found += entry.readlink().parent == folder
    return found


Scenario = Callable[[], Coroutine[Any, Any, None]]
Live = Callable[[Scenario], None]


@pytest.fixture
def live() -> Iterator[Live]:
    """Runs a scenario; nothing may be complained about, and nobody may read on, afterwards."""
    complaints: list[dict[str, Any]] = []

    async def whole(scenario: Scenario) -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, complaint: complaints.append(complaint))
        await scenario()

    yield lambda scenario: asyncio.run(whole(scenario))
    gc.collect()
    end_of_work()
    assert not complaints


def end_of_work() -> None:
    """Wait until all has been done that may be done now."""
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join()


async def settled() -> None:
    """The same, while the loop turns."""
    await asyncio.to_thread(end_of_work)


class HeldUp:
    """A drive that does not answer until the test lets it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.reached, self.goes_on = threading.Event(), threading.Event()
        patch.setattr(reading, "open_file", self._open)

    def _open(self, source: ImageFile) -> int:
        self.reached.set()
        self.goes_on.wait()
        return open_file(source)


async def outcomes(reads: list[Awaitable[ImageBytes]]) -> list[bytes | str]:
    """The bytes, or the kind of what went wrong."""
    return [await outcome(read) for read in reads]


async def outcome(read: Awaitable[ImageBytes]) -> bytes | str:
    try:
        return (await read).data
    except image_errors.ImageError as error:
        return error.kind


def test_all_are_read_in_their_order_and_closed(live: Live, tmp_path: Path) -> None:
    async def scenario() -> None:
        sources: list[ImageSource] = [*files(tmp_path, 60), ImageBytes("pasted", b"pixels")]
        read = await outcomes(read_all(sources))

        assert read == [*(str(number).encode() for number in range(60)), b"pixels"]
        assert open_files(tmp_path) == 0

    live(scenario)


def test_what_becomes_of_files_after_the_call_does_not_matter(live: Live, tmp_path: Path) -> None:
    async def scenario() -> None:
        sources = files(tmp_path, 40)
        reads = read_all(sources)
        end_of_work()  # all is opened and read; the loop has not turned
        for source in sources[::2]:
            source.path.unlink()
        for source in sources[1::2]:
            source.path.write_bytes(b"changed")

        assert await outcomes(reads) == [str(number).encode() for number in range(40)]

    live(scenario)


def test_a_file_that_was_opened_may_go_before_it_is_read(live: Live, tmp_path: Path) -> None:
    async def scenario() -> None:
        sources = files(tmp_path, 3)
        reads = read_all(sources, ahead=LIMIT)  # one byte in hand, and nothing more is read ahead
        await settled()
        assert open_files(tmp_path) == 2
        for source in sources:
            source.path.unlink()

        assert await outcomes(reads) == [b"0", b"1", b"2"]
        assert open_files(tmp_path) == 0

    live(scenario)


def test_no_more_is_read_ahead_than_is_allowed(live: Live, tmp_path: Path) -> None:
    async def scenario() -> None:
        sources = files(tmp_path, 6)
        reads = read_all(sources, ahead=LIMIT + 1)
        await settled()
        assert open_files(tmp_path) == 4, "two of one byte were read"

        assert await outcome(reads[0]) == b"0"
        await settled()
        assert open_files(tmp_path) == 3, "one was taken, so one more was read"

        assert await outcome(reads[5]) == b"5", "whoever waits does not wait for others to be taken"
        assert await outcomes(reads[1:5]) == [b"1", b"2", b"3", b"4"]

    live(scenario)


def test_so_many_are_open_at_a_time(live: Live, tmp_path: Path) -> None:
    async def scenario() -> None:
        reads = read_all(files(tmp_path, 9), ahead=LIMIT, descriptors=3)
        await settled()

        assert open_files(tmp_path) <= 3
        assert await outcomes(reads) == [str(number).encode() for number in range(9)]
        assert open_files(tmp_path) == 0

    live(scenario)


def test_a_process_without_descriptors_reads_them_in_turn(live: Live, tmp_path: Path) -> None:
    sources = files(tmp_path, 30)
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)

    async def scenario() -> None:
        await settled()
        spare = os.open(os.devnull, os.O_RDONLY)
        resource.setrlimit(resource.RLIMIT_NOFILE, (spare + 5, limits[1]))
        os.close(spare)
        try:
            read = await outcomes(read_all(sources))
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        assert read == [str(number).encode() for number in range(30)]

    live(scenario)


def test_what_nobody_awaits_leaves_nothing_behind(live: Live, tmp_path: Path) -> None:
    async def scenario() -> None:
        sources = [*files(tmp_path, 5), ImageFile(tmp_path / "missing.png")]
        reads = read_all(sources, ahead=LIMIT)
        await settled()
        assert open_files(tmp_path) == 4
        reads.clear()
        await settled()
        assert open_files(tmp_path) == 0

    live(scenario)


def test_what_is_let_go_while_a_drive_is_silent_is_not_opened(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        drive = HeldUp(monkeypatch)
        reads = read_all(files(tmp_path, 3))
        drive.reached.wait()
        reads.clear()
        drive.goes_on.set()
        await settled()
        assert open_files(tmp_path) == 0

    live(scenario)


def test_a_cancelled_wait_takes_only_its_own_file_along(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        drive = HeldUp(monkeypatch)
        tasks = [asyncio.ensure_future(outcome(read)) for read in read_all(files(tmp_path, 3), ahead=LIMIT)]
        await asyncio.sleep(0)
        tasks[1].cancel()
        await asyncio.wait(tasks[1:2])
        drive.goes_on.set()

        assert [await tasks[0], await tasks[2]] == [b"0", b"2"]
        assert tasks[1].cancelled()
        await settled()
        assert open_files(tmp_path) == 0

    live(scenario)


def test_a_silent_drive_holds_up_neither_other_work_nor_the_end(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = HeldUp(monkeypatch)

    async def scenario() -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        waiting = asyncio.ensure_future(outcome(read_all(files(tmp_path, 1))[0]))
        drive.reached.wait()
        assert await asyncio.to_thread(int) == 0
        waiting.cancel()

    live(scenario)
    drive.goes_on.set()
    end_of_work()
    assert open_files(tmp_path) == 0


def test_bytes_are_handed_over_once(live: Live, tmp_path: Path) -> None:
    async def scenario() -> None:
        (read,) = read_all(files(tmp_path, 1))
        await read
        with pytest.raises(RuntimeError, match="once"):
            await read

    live(scenario)


def test_each_that_is_no_image_file_is_told_apart(live: Live, tmp_path: Path) -> None:
    async def scenario() -> None:
        (tmp_path / "folder").mkdir()
        (tmp_path / "empty").touch()
        os.mkfifo(tmp_path / "fifo")
        (tmp_path / "loop").symlink_to(tmp_path / "loop")
        (tmp_path / "good").write_bytes(b"good")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(tmp_path / "socket"))
            names = ["folder", "empty", "fifo", "loop", "socket", "missing", "good/below", "nul\0", "good"]
            read = await outcomes(read_all([ImageFile(tmp_path / name) for name in names]))

        assert read == [
            "is_a_folder",
            "empty_file",
            "not_a_file",
            "file_unreadable",
            "not_a_file",
            "file_vanished",
            "file_vanished",
            "file_vanished",
            b"good",
        ]
        assert await outcome(read_all([ImageFile(Path("/dev/zero"))])[0]) == "not_a_file"

    live(scenario)


def test_a_file_that_grows_is_read_to_the_limit(live: Live, tmp_path: Path) -> None:
    async def scenario() -> None:
        (source,) = files(tmp_path, 1)
        (first,) = read_all([source], ahead=0)
        await settled()
        os.truncate(source.path, LIMIT)
        assert len((await first).data) == LIMIT, "what came since it was opened belongs to it"
        os.truncate(source.path, LIMIT + 1)
        (second,) = read_all([source])
        assert await outcome(second) == "file_too_big"

    live(scenario)


def test_the_windows_loop_reads_and_lets_go_too(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        first, *others = read_all(files(tmp_path, 20), ahead=LIMIT)
        assert await outcome(first) == b"0"
        others.clear()
        await asyncio.to_thread(wait_for, "closed files", lambda: not open_files(tmp_path))

    run(scenario())
