"""What keeps a bundle from being handed to users."""

import shutil
from pathlib import Path

import PySide6
import pytest

from tests.support.scripts import load_script

faults = load_script("installers.faults")

QT = Path(PySide6.__file__).parent / "Qt" / "lib"
CORE = ("libQt6Core.so.6", "libicuuc.so.73", "libicui18n.so.73", "libicudata.so.73")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    inside = tmp_path / "_internal"
    inside.mkdir()
    for name in CORE:
        shutil.copy(QT / name, inside)
    return tmp_path


def test_a_sound_one_has_none(bundle: Path) -> None:
    assert faults.faults(bundle) == []


def test_newer_than_the_oldest_system(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(faults.FLOORS, "GLIBC", (2, 17))
    (fault,) = faults.faults(bundle)
    assert fault.startswith("It needs GLIBC 2.")
    assert fault.endswith(", newer than 2.17.")


def test_too_large(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "LARGEST", 1_000_000)
    (fault,) = faults.faults(bundle)
    assert fault.endswith(" MB, more than 1 MB.")


def test_what_is_not_found_where_it_is_looked_for(bundle: Path) -> None:
    place = bundle / "_internal" / "elsewhere"
    place.mkdir()
    (bundle / "_internal" / "libicudata.so.73").rename(place / "libicudata.so.73")
    assert "libicuuc.so.73 does not find libicudata.so.73." in faults.faults(bundle)


@pytest.mark.parametrize(
    "name",
    [
        *("libX11.so.6", "libX11-xcb.so.1", "libxcb.so.1", "libxcb-randr.so.0", "libxcb-render.so.0"),
        *("libxcb-glx.so.0", "libxcb-shm.so.0", "libxcb-sync.so.1", "libxcb-xfixes.so.0", "libGL.so.1"),
        *("libglib-2.0.so.0", "libgtk-3.so.0", "libstdc++.so.6", "libgcc_s.so.1", "libwayland-client.so.0"),
        *("libfontconfig.so.1", "libfreetype.so.6", "libdbus-1.so.3", "libz.so.1", "libcrypto.so.3"),
    ],
)
def test_the_systems_libraries(bundle: Path, name: str) -> None:
    shutil.copy(bundle / "_internal" / "libicudata.so.73", bundle / "_internal" / name)
    assert f"{name} is the system's." in faults.faults(bundle)


@pytest.mark.parametrize(
    "name",
    [
        *("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-image.so.0", "libxcb-keysyms.so.1"),
        *("libxcb-render-util.so.0", "libxcb-util.so.1", "libxcb-xkb.so.1", "libxkbcommon.so.0"),
        *(
            "libxkbcommon-x11.so.0",
            "libssl.so.3.viewfinder",
            "libffi.so.8",
            "pillow.libs/libxcb-9065bb12.so.1.1.0",
        ),
    ],
)
def test_those_that_come_along(bundle: Path, name: str) -> None:
    place = bundle / "_internal" / name
    place.parent.mkdir(exist_ok=True)
    shutil.copy(bundle / "_internal" / "libicudata.so.73", place)
    assert faults.faults(bundle) == []
