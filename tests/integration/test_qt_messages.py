"""Qt's own words in the log, without what they quote."""

import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import qCritical, qDebug, qInstallMessageHandler, qWarning

from desktop.runtime.qt_messages import log_qt_messages, without_quotes
from tests.support.diagnosing import SECRET


@pytest.fixture
def _listening() -> Iterator[None]:
    before = qInstallMessageHandler(None)
    log_qt_messages()
    yield
    qInstallMessageHandler(before)


@pytest.mark.usefixtures("_listening")
def test_from_any_thread_they_are_logged_at_their_level(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    def say() -> None:
        qDebug("chatter")
        qWarning(f'QFile::open: "{SECRET}": not open')
        qCritical("a failure")

    thread = threading.Thread(target=say)
    thread.start()
    thread.join()

    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [
        (logging.WARNING, 'default: QFile::open: "...": not open'),
        (logging.ERROR, "default: a failure"),
    ]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("QPainter::begin: Paint device returned engine == 0, type: 3", None),
        ("QObject::connect(A, B): invalid nullptr parameter", None),
        ("Cannot open /media/disk/my secret file.png", "Cannot open ..."),
        (r"Cannot open C:\Users\somebody\secret file.png: denied", "Cannot open ..."),
        ("Cannot open secret.png or another file", "Cannot open ..."),
        ("No such host: user@secret", "No such host: ..."),
        ("Cannot load https://secret/path for it", "Cannot load ..."),
        ("Unknown word 密码 here", "Unknown word ..."),
        ("Could not parse 'a secret' as “another", 'Could not parse "..." as ...'),
        ("Could not parse “a secret” here", "Could not parse ..."),
        ('It says "it\'s a secret" and ends', 'It says "..." and ends'),
        ('It says "a "secret" in it' + " or two" * 99 + '" and ends', 'It says "..." and ends'),
        ('an open quote: "a secret', 'an open quote: "..."'),
        ("word " * 1000, ("word " * 40)),
    ],
)
def test_neither_quotes_nor_places_are_kept(message: str, words: str | None) -> None:
    assert without_quotes(message) == (message if words is None else words)
