"""The session that a test's programs run in."""

from collections.abc import Iterator

import pytest

from tests.support.desktop_session import DesktopSession, desktop_session


@pytest.fixture
def desk() -> Iterator[DesktopSession]:
    """A session without a Secret Service."""
    with desktop_session() as session:
        yield session
