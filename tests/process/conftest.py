"""The session, or the terminal, that a test's programs run in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desktop_session import DesktopSession, desktop_session
from tests.support.seed import CURL_STREAM
from tests.support.server import ScriptedServer, events
from tests.support.terminal import Terminal


@pytest.fixture
def desk() -> Iterator[DesktopSession]:
    """A session without a Secret Service."""
    with desktop_session() as session:
        yield session


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal with nothing in its folder but `a.png`, and a server that answers."""
    with ScriptedServer(lambda _: events(CURL_STREAM)) as server:
        yield Terminal(tmp_path, server)
