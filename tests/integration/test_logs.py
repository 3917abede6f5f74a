"""The log file: small, and without the user's words."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.logs import _TALKATIVE, log_to


@pytest.fixture(autouse=True)
def _loggers_as_before() -> Iterator[None]:
    root = logging.getLogger()
    touched = [root, *map(logging.getLogger, _TALKATIVE)]
    before, levels = list(root.handlers), [logger.level for logger in touched]
    yield
    for logger, level in zip(touched, levels, strict=True):
        logger.setLevel(level)
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()


def written(folder: Path) -> str:
    return (folder / "viewfinder.log").read_text(encoding="utf-8")


def test_warnings_are_written_and_chatter_is_not(tmp_path: Path) -> None:
    log_to(tmp_path / "log")
    logging.getLogger().setLevel(logging.DEBUG)
    logging.getLogger("desktop").warning("the disk is %s", "full")
    logging.getLogger("desktop").info("a word of the user")
    logging.getLogger("httpx").info("HTTP Request: POST https://host/secret")
    logging.getLogger("httpcore.http11").debug("Authorization: Bearer sk-secret")

    text = written(tmp_path / "log")

    assert "WARNING desktop: the disk is full" in text
    assert "secret" not in text
    assert "user" not in text


def test_an_exception_is_written_with_its_traceback(tmp_path: Path) -> None:
    log_to(tmp_path)
    try:
        raise RuntimeError("our own mistake")
    except RuntimeError:
        logging.getLogger("desktop").exception("failed")

    assert "test_an_exception_is_written_with_its_traceback" in written(tmp_path)
    assert "RuntimeError: our own mistake" in written(tmp_path)


def test_a_file_name_that_is_no_text_is_written_all_the_same(tmp_path: Path) -> None:
    before = set(logging.getLogger().handlers)
    log_to(tmp_path)
    (handler,) = set(logging.getLogger().handlers) - before
    # Straight to the handler: pytest would pass the record on between processes, which is too much for it.
    handler.handle(logging.makeLogRecord({"msg": "cannot read %s", "args": ("\udcff.png",)}))

    assert "cannot read \\udcff.png" in written(tmp_path)


def test_the_log_stays_small(tmp_path: Path) -> None:
    log_to(tmp_path)
    for _ in range(1200):
        logging.getLogger("desktop").error("x" * 1024)

    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == 3
    assert sum(sizes) <= 768 * 1024


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    before = list(logging.getLogger().handlers)

    log_to(tmp_path / "a file" / "log")

    assert logging.getLogger().handlers == before
