"""What is taken out of the files of a bundle: they must load as before."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import cv2
import pytest

from tests.support.scripts import load_script

elf, trim = load_script("installers.elf"), load_script("installers.trim")
isolate = load_script("installers.isolate")

pytestmark = [pytest.mark.slow, pytest.mark.real]

WHEELS = Path(cv2.__file__).parents[1]
LOAD = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
module_from_spec(spec_from_file_location("_ssl", sys.argv[1]))
"""


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    folder = tmp_path / "_internal"
    folder.mkdir()
    return folder


@pytest.fixture
def module(inside: Path) -> Path:
    """A copy of a module of Python's."""
    spec = find_spec("_ssl")
    assert spec is not None
    assert spec.origin is not None
    return Path(shutil.copy(spec.origin, inside))


def test_neither_symbols_nor_places_of_the_machine(inside: Path, module: Path) -> None:
    home = inside.parent / "home" / "python-3.11.7"
    subprocess.run(["patchelf", "--set-rpath", f"{home}/lib:$ORIGIN", module], check=True)
    trim.trim(inside.parent, home)
    assert elf.read(module).runpath == ("$ORIGIN",)
    assert str(home.parent).encode() not in module.read_bytes()
    subprocess.run([sys.executable, "-c", LOAD, module], check=True)
    symbols = subprocess.run(["nm", module], capture_output=True, text=True, check=True)
    assert "no symbols" in symbols.stderr


def test_of_a_place_the_last_name_stays(module: Path) -> None:
    """It may be the end of which another text makes use: a version's number."""
    before = module.read_bytes() + b"\0/opt/somebodys/3.11.7\0"
    module.write_bytes(before)
    trim._forget(module, Path("/opt/somebodys/3.11.7"))
    assert module.read_bytes() == before.replace(b"/opt/somebodys", b"/usr".ljust(14, b"/"))


def test_libraries_that_strip_would_break_stay_as_they_are(inside: Path) -> None:
    folder = inside / "opencv_python_headless.libs"
    folder.mkdir()
    (original,) = (WHEELS / folder.name).glob("libswscale*")
    copy = folder / original.name
    copy.write_bytes(original.read_bytes())
    trim.trim(inside.parent, Path("/nowhere/at/all"))
    assert copy.read_bytes() == original.read_bytes()


def test_libraries_get_names_that_nobody_shares(inside: Path, module: Path) -> None:
    listing = subprocess.run(["ldd", module], capture_output=True, text=True, check=True).stdout
    found = (line.split() for line in listing.splitlines() if "libssl" in line or "libcrypto" in line)
    ours = {words[0]: shutil.copy(words[2], inside / words[0]) for words in found}
    isolate.isolate(inside.parent)
    assert sorted(each.path.name for each in elf.files(inside)) == sorted(
        [module.name, *(f"{name}.viewfinder" for name in ours)]
    )
    environ = {"LD_LIBRARY_PATH": str(inside)}
    loaded = subprocess.run(["ldd", module], env=environ, capture_output=True, text=True, check=True).stdout
    for name in ours:
        assert f"{name}.viewfinder => {inside}/{name}.viewfinder" in loaded
        assert f"{name} =>" not in loaded
    subprocess.run([sys.executable, "-c", LOAD, module], env=environ, check=True)
