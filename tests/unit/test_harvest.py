"""What of PyInstaller's harvest goes into the bundle."""

import sys
from pathlib import Path

import PySide6
import pytest

from tests.support.scripts import load_script

harvest = load_script("installers.harvest")

QT = Path(PySide6.__file__).parent / "Qt"


def library(name: str) -> tuple[str, str, str]:
    return f"PySide6/Qt/lib/{name}", str(QT / "lib" / name), "BINARY"


def plugin(name: str) -> tuple[str, str, str]:
    return f"PySide6/Qt/plugins/{name}", str(QT / "plugins" / name), "BINARY"


def destinations(*entries: tuple[str, str, str]) -> set[str]:
    return {entry.destination for entry in harvest.kept(entries)}


def test_libraries_come_with_what_needs_them_and_not_alone() -> None:
    xcb, gl = plugin("platforms/libqxcb.so"), plugin("platforms/libqeglfs.so")
    needed = [library(f"libQt6{name}.so.6") for name in ("XcbQpa", "Gui", "Core", "DBus")]
    forlorn = [library(f"libQt6{name}.so.6") for name in ("EglFSDeviceIntegration", "WaylandClient")]
    assert destinations(xcb, gl, *needed, *forlorn) == {xcb[0], *(entry[0] for entry in needed)}


@pytest.mark.parametrize(
    "name",
    [
        *("platforms/libqwayland.so", "platforms/libqoffscreen.so", "iconengines/libqsvgicon.so"),
        *("platforminputcontexts/libibusplatforminputcontextplugin.so", "imageformats/libqwebp.so"),
        *("platforminputcontexts/libcomposeplatforminputcontextplugin.so", "imageformats/libqjpeg.so"),
        *("platformthemes/libqxdgdesktopportal.so", "wayland-shell-integration/libxdg-shell.so"),
    ],
)
def test_plugins_that_the_app_loads(name: str) -> None:
    assert destinations(plugin(name)) == {f"PySide6/Qt/plugins/{name}"}


@pytest.mark.parametrize(
    "name",
    [
        *("platformthemes/libqgtk3.so", "tls/libqopensslbackend.so", "imageformats/libqpdf.so"),
        *("platforminputcontexts/libqtvirtualkeyboardplugin.so", "sqldrivers/libqsqlite.so"),
        *("platforms/libqvnc.so", "egldeviceintegrations/libqeglfs-x11-integration.so"),
    ],
)
def test_plugins_that_it_does_not(name: str) -> None:
    assert destinations(plugin(name)) == set()


def test_the_systems_libraries_stay_with_the_system(tmp_path: Path) -> None:
    there = Path(sys.base_prefix, "lib", "module.so")
    names = ("libssl.so.3", "libX11.so.6", "libstdc++.so.6", "libxcb.so.1")
    entries = [harvest.Entry(name, str(tmp_path / name), "BINARY") for name in names]
    wanted = [entry.destination for entry in entries if harvest._is_wanted(entry)]
    assert wanted == ["libssl.so.3"]
    assert harvest._is_wanted(harvest.Entry("anything.so", str(there), "BINARY"))


def test_of_data_only_what_is_asked_for() -> None:
    names = {
        "PySide6/Qt/translations/qtbase_zh_CN.qm": True,
        "PySide6/Qt/translations/qtbase_fr.qm": False,
        "PySide6/Qt/translations/qt_help_zh_CN.qm": False,
        "keyring-25.7.0.dist-info/entry_points.txt": True,
        "keyring-25.7.0.dist-info/METADATA": True,
        "keyring-25.7.0.dist-info/RECORD": False,
        "resources/icons/viewfinder.svg": True,
    }
    found = destinations(*((name, f"/wherever/{name}", "DATA") for name in names))
    assert found == {name for name, is_kept in names.items() if is_kept}


def test_modules_that_need_a_terminal_are_left() -> None:
    names = ("readline", "_curses", "_uuid", "_ssl", "_sqlite3")
    entries = [(f"python3.11/lib-dynload/{name}.so", __file__, "EXTENSION") for name in names]
    assert destinations(*entries) == {entry[0] for entry in entries[3:]}


def test_links_beside_the_program_are_not_needed() -> None:
    link = ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK")
    assert destinations(link) == set()


def test_what_is_run_and_imported() -> None:
    assert [
        name for name in ("pyiboot01_bootstrap", "pyi_rth_pyside6", "__main__") if harvest.is_run(name)
    ] == [
        "pyiboot01_bootstrap",
        "__main__",
    ]
    assert harvest.is_kept_module("sysconfig")
    assert not harvest.is_kept_module("_sysconfigdata__linux_x86_64-linux-gnu")
