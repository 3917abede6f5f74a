"""What programs inherit that a bundle starts."""

import sys

import pytest

from desktop.bundled import restore

OWN = {"HOME": "/home/lin", "QT_PLUGIN_PATH": "/usr/lib/qt6/plugins"}
LOADERS = {"_PYI_APPLICATION_HOME_DIR": "/usr/lib/viewfinder/_internal", "_PYI_PARENT_PROCESS_LEVEL": "0"}


@pytest.mark.parametrize("libraries", [{}, {"LD_LIBRARY_PATH": ""}, {"LD_LIBRARY_PATH": "/opt/lib"}])
def test_the_user_gets_back_what_was_there(
    monkeypatch: pytest.MonkeyPatch, libraries: dict[str, str]
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    changed = {"LD_LIBRARY_PATH": "/usr/lib/viewfinder/_internal", **LOADERS}
    set_aside = {f"{name}_ORIG": value for name, value in libraries.items()}
    environ = OWN | changed | set_aside
    restore(environ)
    assert environ == OWN | libraries


def test_a_checkout_touches_nothing() -> None:
    environ = OWN | {"LD_LIBRARY_PATH": "/opt/lib", "LD_LIBRARY_PATH_ORIG": "theirs"}
    before = dict(environ)
    restore(environ)
    assert environ == before
