"""The log file: small, private, and without a word of anybody's."""

import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop.diagnosis.log import LOG, MAX_BYTES, OLDER_FILES, LogFile, PlacesOnly, log_to
from tests.support.diagnosing import SECRET, caught
from tests.support.scripts import CHECKOUT


@pytest.fixture(autouse=True)
def _logging_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(logging, "raiseExceptions", True)
    root = logging.getLogger()
    level, before = root.level, list(root.handlers)
    yield
    root.setLevel(level)
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()


def written(folder: Path) -> str:
    return (folder / LOG).read_text(encoding="utf-8")


def test_our_own_words_are_written_and_of_others_only_where_they_spoke(tmp_path: Path) -> None:
    log_to(tmp_path)
    logging.getLogger("desktop.storage").warning("the history could not be tidied up")
    logging.getLogger("httpx").error("HTTP Request: POST %s", SECRET)
    logging.getLogger("desktopish").error(SECRET)

    ours, theirs, alike = written(tmp_path).splitlines()

    assert ours.endswith(f"WARNING [{os.getpid()}] desktop.storage: the history could not be tidied up")
    assert "] httpx: (tests/integration/test_log.py:" in theirs
    assert "] desktopish: (tests/integration/test_log.py:" in alike


@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO])
def test_chatter_is_not_written(level: int, tmp_path: Path) -> None:
    log_to(tmp_path)
    logging.getLogger().setLevel(logging.DEBUG)
    logging.getLogger("desktop").log(level, "a word")
    logging.getLogger("httpcore.http11").log(level, "Authorization: Bearer %s", SECRET)

    assert not (tmp_path / LOG).exists()


@pytest.mark.parametrize("name", ["desktop", "keyring"])
def test_an_exception_is_written_as_its_class_and_frames(name: str, tmp_path: Path) -> None:
    log_to(tmp_path)
    logging.getLogger(name).error("failed", exc_info=caught(), stack_info=True)

    text = written(tmp_path)
    assert "\n  RuntimeError\n    tests/support/diagnosing.py:" in text
    assert text.count("\n") == 4
    assert SECRET not in text


def test_no_name_makes_a_line_of_its_own(tmp_path: Path) -> None:
    log_to(tmp_path)
    forged = "x\n2026-01-01 00:00:00,000 ERROR [1] desktop: forged\x1b[2J\u202e\udcff"
    # To the file alone: pytest's own log cannot hold half a character.
    (file,) = (each for each in logging.getLogger().handlers if isinstance(each, LogFile))
    for name, words in (("desktop", forged), (f"other{forged}", "")):
        file.handle(logging.makeLogRecord({"name": name, "levelno": logging.ERROR, "msg": words}))

    assert written(tmp_path).count("\n") == 2
    assert all(line.isprintable() for line in written(tmp_path).splitlines())


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "log"
    before = os.umask(0)
    try:
        log_to(folder)
        for _ in range(3 * MAX_BYTES // 200):
            logging.getLogger("desktop").error("x" * 300)
    finally:
        os.umask(before)

    files = list(folder.iterdir())
    assert len(files) == OLDER_FILES + 1
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert sum(file.stat().st_size for file in files) <= MAX_BYTES * (OLDER_FILES + 1)


def test_a_log_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / LOG).write_text("")
    (tmp_path / LOG).chmod(0o666)
    log_to(tmp_path)
    logging.getLogger("desktop").error("failed")

    assert stat.S_IMODE((tmp_path / LOG).stat().st_mode) == 0o600


@pytest.mark.parametrize("place", ["a file", "a file/log"])
def test_where_nothing_can_be_written_nothing_is_said(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a file").write_text("")
    log_to(tmp_path / place)
    logging.getLogger("httpx").error(SECRET)
    logging.getLogger("desktop").error("%d", "no number")

    assert capsys.readouterr() == ("", "")


def test_a_full_disk_is_no_reason_to_say_anything(tmp_path: Path) -> None:
    script = (
        "import logging, resource, sys, pathlib;"
        "from desktop.diagnosis.log import log_to;"
        "log_to(pathlib.Path(sys.argv[1]));"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100));"
        "[logging.getLogger('desktop').error('the disk is full') for _ in range(100)]"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], cwd=CHECKOUT, stderr=subprocess.PIPE
    ) as process:
        assert process.communicate()[1] == b""
    assert process.returncode == 0


def test_several_processes_write_and_rotate_the_same_file(tmp_path: Path) -> None:
    logs = [LogFile(tmp_path / LOG) for _ in range(4)]
    record = logging.makeLogRecord({"name": "desktop", "msg": "x" * 300, "levelno": 40})
    for log in logs:
        log.setFormatter(PlacesOnly())
    with ThreadPoolExecutor(len(logs)) as pool:
        list(pool.map(lambda log: [log.emit(record) for _ in range(1500)], logs))
    for log in logs:
        log.close()

    lines = [line for file in tmp_path.iterdir() for line in file.read_text("utf-8").splitlines()]
    assert all(line.endswith(": " + "x" * 300) for line in lines)
    assert {file.name for file in tmp_path.iterdir()} <= {LOG, f"{LOG}.1", f"{LOG}.2"}


def test_it_goes_on_in_the_new_file_when_another_process_has_rotated_it(tmp_path: Path) -> None:
    log = LogFile(tmp_path / LOG)
    record = logging.makeLogRecord({"msg": "a line"})
    log.emit(record)
    (tmp_path / LOG).rename(tmp_path / f"{LOG}.1")
    log.emit(record)
    log.close()

    assert (tmp_path / LOG).read_text() == (tmp_path / f"{LOG}.1").read_text() == "a line\n"
