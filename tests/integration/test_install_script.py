"""What the .run does once it is unpacked: installs for one user, upgrades, and goes without a trace."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.own_install import AS_THE_USER, OwnInstall, own_install

AS_ROOT = [] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user"]


@pytest.fixture
def install() -> Iterator[OwnInstall]:
    with own_install() as it:
        yield it


def said(result: "subprocess.CompletedProcess[str]", *, status: int = 0) -> str:
    assert result.returncode == status, result.stdout
    return result.stdout


def version(install: OwnInstall) -> str:
    return said(install.run([install.program, "ask"])).strip()


def trees(install: OwnInstall) -> list[Path]:
    return sorted((install.home / ".local" / "opt" / "viewfinder").glob("app.*"))


def upgrade(install: OwnInstall) -> None:
    install.set_program('#!/bin/sh\necho "Viewfinder 2 $*"\n')
    install.lay_setup()


# ── in ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_starts_from_where_it_is_said_to_be(install: OwnInstall) -> None:
    output = said(install.install())

    assert told(output, "In a terminal: ") == install.program
    assert "is not in PATH" in output
    assert "missing" not in output
    assert version(install) == "Viewfinder 1 ask"


def test_what_is_said_of_uninstalling_can_be_typed(install: OwnInstall) -> None:
    before = install.laid_down()
    uninstaller = told(said(install.install()), "To uninstall it: ")

    said(install.run([uninstaller]))

    assert install.laid_down() == before


def told(output: str, before: str) -> Path:
    """The path that stands after the words `before`, as a shell takes it."""
    words = output.partition(before)[2].splitlines()[0].partition(" (")[0]
    (path,) = shlex.split(words)
    return Path(path)


def test_a_path_that_has_it_is_not_complained_about(install: OwnInstall) -> None:
    install.environ["PATH"] += f":{install.program.parent}"

    assert "PATH" not in said(install.install())


def test_the_data_home_is_where_the_user_wants_it(install: OwnInstall) -> None:
    install.environ["XDG_DATA_HOME"] = str(install.home / "data here")

    said(install.install())

    assert (install.home / "data here" / "applications" / "viewfinder.desktop").is_file()
    assert not (install.home / ".local" / "share").exists()


def test_a_prefix_takes_everything(install: OwnInstall) -> None:
    install.environ["USER_PWD"] = str(install.home)  # where makeself was started

    said(install.install("--prefix", "apps"))

    assert {path.name for path in install.home.iterdir()} == {"apps"}
    assert {path.name for path in (install.home / "apps").iterdir()} == {"bin", "opt", "share"}
    said(install.install("--uninstall", f"--prefix={install.home / 'apps'}"))
    assert list(install.home.iterdir()) == []


def test_a_prefix_is_the_same_however_it_is_written(install: OwnInstall) -> None:
    said(install.install(f"--prefix={install.home}/apps//"))

    said(install.install(f"--prefix={install.home}/apps"))

    said(install.install("--uninstall", f"--prefix={install.home}/apps/"))
    assert list(install.home.iterdir()) == []


def test_it_starts_where_the_folder_of_programs_lies_elsewhere(install: OwnInstall) -> None:
    install.give("kept/programs/mine", "mine")
    install.give(".local/note", "mine")
    (install.home / ".local" / "bin").symlink_to("../kept/programs")
    before = install.laid_down()

    said(install.install())

    assert version(install) == "Viewfinder 1 ask"
    said(install.install("--uninstall"))
    assert install.laid_down() == before


def test_folders_that_cd_searches_lead_nowhere_else(install: OwnInstall) -> None:
    install.environ["CDPATH"] = str(install.setup.parent)

    said(install.run(["env", "-C", install.setup.parent, "sh", f"{install.setup.name}/install.sh"]))

    opt = install.home / ".local" / "opt"
    install.environ["CDPATH"] = str(opt)
    said(install.run(["env", "-C", opt, "sh", "viewfinder/uninstall.sh"]))
    assert list(install.home.iterdir()) == []


@pytest.mark.parametrize("options", [("--prefix",), ("--all",), ("now",)])
def test_an_option_that_it_does_not_know_does_nothing(install: OwnInstall, options: tuple[str, ...]) -> None:
    assert install.install(*options).returncode in {1, 2}
    assert list(install.home.iterdir()) == []


def test_libraries_that_the_system_lacks_are_named(install: OwnInstall) -> None:
    library = install.tree / "usr" / "lib" / "viewfinder" / "_internal" / "libone.so"
    library.write_bytes(Path("/bin/cat").read_bytes().replace(b"libc.so.6", b"libq.so.6"))
    install.lay_setup()

    assert "libq.so.6" in said(install.install()).splitlines()[-1]


def test_where_no_terminal_is_the_desktop_says_how_it_went(install: OwnInstall) -> None:
    notifier = install.give(
        "bin/notify-send", '#!/bin/sh\nfor last; do :; done\necho "$last" > "$HOME/shown"\n'
    )
    notifier.chmod(0o755)
    install.environ["PATH"] += f":{notifier.parent}"

    said(install.install())

    assert "is installed" in (install.home / "shown").read_text()
    said(install.install("--prefix"), status=1)
    assert "needs a folder" in (install.home / "shown").read_text()


@pytest.mark.real
def test_the_menu_starts_it_wherever_home_is(install: OwnInstall) -> None:
    said(install.install())
    entry = install.home / ".local" / "share" / "applications" / "viewfinder.desktop"

    # what the program says comes through to the end of the pipe, which is the program's end
    assert (
        said(install.run(["gio", "launch", entry, "/100 % & more.png"])) == "Viewfinder 1 /100 % & more.png\n"
    )


# ── not in ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("known", "sentence"),
    [("glibc=99.1", "needs the GNU C library 99.1"), ("kib=999999999999", "too little room")],
)
def test_a_system_that_cannot_have_it_is_told_why(install: OwnInstall, known: str, sentence: str) -> None:
    with (install.setup / "release.sh").open("a") as release:
        release.write(f"{known}\n")

    assert sentence in said(install.install(), status=1)
    assert list(install.home.iterdir()) == []


def test_root_is_sent_to_the_packages(install: OwnInstall) -> None:
    command = [*AS_ROOT, "sh", str(install.setup / "install.sh")]
    result = subprocess.run(command, env=install.environ, capture_output=True, text=True, check=False)

    assert result.returncode == 1
    assert "not as root" in result.stderr
    assert list(install.home.iterdir()) == []


def test_another_program_of_that_name_is_left_alone(install: OwnInstall) -> None:
    install.give(".local/bin/viewfinder", "another")
    before = install.laid_down()

    assert "another program" in said(install.install(), status=1)
    assert install.laid_down() == before


def test_a_program_that_took_the_place_of_ours_is_left_alone(install: OwnInstall) -> None:
    said(install.install())
    install.program.unlink()
    install.give(".local/bin/viewfinder", "another")

    assert "another program" in said(install.install(), status=1)
    said(install.install("--uninstall"))
    assert install.laid_down() == {
        ".local": "",
        ".local/bin": "",
        ".local/bin/viewfinder": b"another",
    }


def test_what_was_cut_off_before_is_cleared_away(install: OwnInstall) -> None:
    staged = install.give(".local/share/viewfinder.part.viewfinder-new", "half of it")
    listed = f"{staged.with_suffix('')}\n"
    install.give(".local/opt/viewfinder/new.Vd73aB/files", listed)
    install.give(".local/opt/viewfinder/new.Vd73aB/usr/lib/viewfinder/viewfinder", "half of it")

    said(install.install())

    assert not staged.exists()
    assert not list((install.home / ".local" / "opt" / "viewfinder").glob("new.*"))


def test_two_at_once_do_not_disturb_each_other(install: OwnInstall) -> None:
    lock = install.give(".local/opt/viewfinder/lock", "")
    before = install.laid_down()

    assert "already" in said(install.install(before=("flock", str(lock))), status=1)
    assert install.laid_down() == before


# ── anew ────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_upgrade_leaves_nothing_of_the_older_one(install: OwnInstall) -> None:
    gone = install.write("usr/share/icons/hicolor/32x32/apps/viewfinder.png", "icon")
    install.lay_setup()
    said(install.install())
    gone.unlink()
    upgrade(install)

    said(install.install())

    assert version(install) == "Viewfinder 2 ask"
    assert len(trees(install)) == 1
    assert not [name for name in install.laid_down() if name.endswith("32x32/apps/viewfinder.png")]


def test_a_program_that_runs_keeps_its_files(install: OwnInstall) -> None:
    shutil.copy("/bin/cat", install.tree / "usr" / "lib" / "viewfinder" / "viewfinder")
    install.lay_setup()
    said(install.install())
    (running,) = trees(install)
    with subprocess.Popen([*AS_THE_USER, install.program], stdin=subprocess.PIPE):
        upgrade(install)
        assert "start it again" in said(install.install())
        assert running in trees(install)
        assert version(install) == "Viewfinder 2 ask"

    assert "start it again" not in said(install.install())

    assert running not in trees(install)


def leave_it(setup: Path) -> None:
    """The program that is packed does not start."""


def cut_off(setup: Path) -> None:
    os.truncate(setup / "payload.tar.gz", 300)


def lose(setup: Path) -> None:
    (setup / "payload.tar.gz").unlink()


@pytest.mark.parametrize("harm", [leave_it, cut_off, lose])
@pytest.mark.parametrize("is_upgrade", [False, True])
def test_what_fails_leaves_all_as_it_was(
    install: OwnInstall, harm: Callable[[Path], None], is_upgrade: bool
) -> None:
    if is_upgrade:
        said(install.install())
    before = install.laid_down()
    install.set_program("#!/bin/sh\necho of no use >&2\nexit 3\n")
    install.lay_setup()
    harm(install.setup)

    assert "Nothing was installed" in said(install.install(), status=1)
    assert install.laid_down() == before


@pytest.mark.parametrize("is_upgrade", [False, True])
@pytest.mark.parametrize("too_large", ["usr/lib/viewfinder/library", "usr/share/doc/viewfinder/book"])
def test_a_disk_that_takes_no_more_leaves_all_as_it_was(
    install: OwnInstall, too_large: str, is_upgrade: bool
) -> None:
    if is_upgrade:
        said(install.install())
    before = install.laid_down()
    install.write(too_large, "x" * 3_000_000)
    install.lay_setup()

    # half of it can be written
    result = install.install(before=("prlimit", "--fsize=1500000"))

    assert "Nothing was installed" in said(result, status=1)
    assert install.laid_down() == before


# ── out ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("by", ["the .run", "its own command"])
def test_nothing_stays_but_the_users_own(install: OwnInstall, by: str) -> None:
    install.give(".local/share/viewfinder/history.db", "mine")
    install.give(".local/share/icons/hicolor/16x16/apps/other.png", "other")
    before = install.laid_down()
    said(install.install())
    assert install.laid_down() != before

    command = install.home / ".local" / "opt" / "viewfinder" / "uninstall.sh"
    output = said(install.install("--uninstall") if by == "the .run" else install.run([command]))

    assert str(install.home / ".local" / "share" / "viewfinder") in output
    assert install.laid_down() == before


def test_what_is_not_there_cannot_be_uninstalled(install: OwnInstall) -> None:
    assert "is not installed" in said(install.install("--uninstall"), status=1)
    assert list(install.home.iterdir()) == []
