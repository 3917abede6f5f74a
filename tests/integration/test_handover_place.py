import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.instance.lock import locked
from desktop.instance.place import MeetingPlace, meeting_place


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not below pytest's own: a socket's path may have 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="place-") as name:
        yield Path(name)


@pytest.fixture
def runtime(folder: Path) -> Path:
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    return runtime


def met(data: Path, runtime: Path) -> MeetingPlace:
    return meeting_place(data, {"XDG_RUNTIME_DIR": str(runtime)})


def folder_of(place: MeetingPlace) -> Path:
    return Path(place.address).parent


def test_each_data_folder_has_an_app_of_its_own(folder: Path, runtime: Path) -> None:
    (folder / "link").symlink_to(folder / "one")
    one, link, two = (met(folder / name, runtime).address for name in ("one", "link", "two"))

    assert one == link
    assert one != two
    assert folder_of(met(folder / "one", runtime)) == runtime


def test_the_socket_lies_where_nobody_else_can_enter(
    folder: Path, runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    own = folder / f"viewfinder-{os.getuid()}"
    runtime.chmod(0o755)

    assert folder_of(met(folder, runtime)) == own
    assert own.stat().st_mode & 0o777 == 0o700
    assert folder_of(meeting_place(folder, {})) == own


def test_a_relative_folder_is_not_used(folder: Path, runtime: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be another one for each start."""
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.chdir(folder)

    assert folder_of(met(folder, Path(runtime.name))) == folder / f"viewfinder-{os.getuid()}"


def test_a_folder_that_somebody_prepared_is_not_used(
    folder: Path, runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    (folder / f"viewfinder-{os.getuid()}").symlink_to(runtime)

    place = meeting_place(folder, {})

    assert place.address == ""
    assert place.locks == (folder,)


def test_an_address_is_never_longer_than_a_socket_can_have(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = folder / ("deep" * 25)
    deep.mkdir(mode=0o700)
    monkeypatch.setattr(tempfile, "tempdir", "/tmp")

    assert folder_of(met(folder, deep)) == Path(f"/tmp/viewfinder-{os.getuid()}")


def test_a_lock_is_had_once_and_again_after_its_release(folder: Path) -> None:
    lock = locked([folder])
    assert lock is not None

    with lock:
        assert locked([folder]) is None
    again = locked([folder])
    assert again is not None
    again.release()


def test_where_nothing_can_be_written_the_next_folder_holds_the_lock(folder: Path) -> None:
    unusable = folder / "file"
    unusable.touch()

    with locked([unusable / "data", folder / "other"]) or pytest.fail("it was free"):
        assert (folder / "other" / "viewfinder.lock").exists()
        assert locked([unusable / "data", folder / "other"]) is None


def test_without_any_folder_nobody_is_kept_out(folder: Path) -> None:
    unusable = folder / "file"
    unusable.touch()

    assert locked([unusable / "data"]) is not None
    assert locked([unusable / "data"]) is not None


def test_the_lock_and_its_folder_are_the_users_own(folder: Path) -> None:
    with locked([folder / "data"]) or pytest.fail("it was free"):
        assert (folder / "data").stat().st_mode & 0o777 == 0o700
        assert (folder / "data" / "viewfinder.lock").stat().st_mode & 0o777 == 0o600
