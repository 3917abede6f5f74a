"""Which keyring is used, as a report of a bug tells it."""

import threading

import pytest

from desktop.storage import secrets
from desktop.storage.secrets import keyring_name


class Drawer:
    """Stands for a keyring."""


@pytest.mark.parametrize(("backend", "name"), [(None, "none"), (Drawer(), f"{__name__}.Drawer")])
def test_it_is_the_class_of_the_keyring(backend: object, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "_backend", lambda: backend)

    assert keyring_name() == name


def test_a_keyring_that_does_not_answer_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Event()
    monkeypatch.setattr(secrets, "_backend", asked.wait)

    assert keyring_name(0.01) == "no answer"
    asked.set()


def test_the_system_s_own_is_looked_for() -> None:
    assert keyring_name(20).startswith(("none", "keyring.backends."))
