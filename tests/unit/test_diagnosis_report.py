"""The report of a bug: what it may depend on, and nothing that names anybody."""

import getpass
import os
import platform
from dataclasses import fields
from pathlib import Path

import pytest

from desktop.diagnosis.crashes import CRASH, KEPT_CRASHES, MAX_BYTES, _keep, kept_crashes
from desktop.diagnosis.facts import settings_facts, system_facts
from desktop.diagnosis.log import LOG
from desktop.diagnosis.report import MOST_LINES, report
from desktop.domain.messages import Parameters
from desktop.domain.settings import Endpoint, Network, Settings
from tests.support.diagnosing import SECRET

RECORD = "2026-01-01 00:00:00,000 ERROR [1] desktop: number"


def test_each_setting_is_told_and_nothing_that_was_typed() -> None:
    typed = Settings(
        endpoint=Endpoint("custom", base_url=f"https://{SECRET}", workspace=SECRET),
        others=(Endpoint("vllm", base_url=SECRET), Endpoint("ollama")),
        model=SECRET,
        parameters=Parameters(instructions=SECRET),
        network=Network("custom", SECRET, SECRET, SECRET),
        geometry=SECRET,
    )
    facts = settings_facts(typed)

    assert SECRET not in str(facts)
    assert {name.partition(".")[0] for name in facts} == {field.name for field in fields(Settings)}
    assert facts["endpoint.provider"] == "custom"
    assert facts["endpoint.base_url"] == facts["model"] == facts["network.proxy_user"] == "set"
    assert facts["network.authorities_file"] == "set"
    assert settings_facts(Settings())["model"] == "empty"
    assert (facts["others"], facts["stream"], facts["text_percent"]) == ("2", "True", "100")


def test_the_system_is_told_and_no_name_of_its_user(tmp_path: Path) -> None:
    environ = {"XDG_SESSION_TYPE": "wayland", "XDG_CURRENT_DESKTOP": "x\ny" + "z" * 100, "USER": SECRET}
    facts = system_facts(environ, tmp_path / "not" / "there")

    assert facts["XDG_SESSION_TYPE"] == "wayland"
    assert facts["XDG_CURRENT_DESKTOP"].startswith("x\\nyz")
    assert len(facts["XDG_CURRENT_DESKTOP"]) < 70
    assert facts["Installed as"] == "checkout"
    assert facts["httpx"][0].isdigit()
    assert "GB" in facts["Free space"]
    assert SECRET not in str(facts)
    assert platform.node() not in str(facts).split()
    assert f"/{getpass.getuser()}" not in str(facts)


def test_the_home_folder_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "somebody"
    (home / "log").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    (home / "log" / LOG).write_text(f"{RECORD} {home}/x.py\n")

    text = report({"Folder": str(home)}, home / "log")

    assert "somebody" not in text
    assert "Folder: ~\n" in text
    assert "~/x.py" in text


def test_the_end_of_the_log_is_told(tmp_path: Path) -> None:
    (tmp_path / f"{LOG}.1").write_text(f"{RECORD} 0\n  RuntimeError\n")
    assert f"Log:\n```\n{RECORD} 0\n  RuntimeError\n```" in report({}, tmp_path)

    (tmp_path / LOG).write_text("".join(f"{RECORD} {n}\n" for n in range(5000)))
    lines = report({}, tmp_path).splitlines()

    assert lines[-2] == f"{RECORD} 4999"
    assert len(lines) == MOST_LINES + 3


def test_what_an_earlier_version_has_written_is_not_told(tmp_path: Path) -> None:
    old = f"2025-01-01 00:00:00,000 ERROR desktop: failed {SECRET}\nTraceback:\n  File x\n    {SECRET}\n"
    (tmp_path / LOG).write_text(f"{old}{RECORD} 1\n  RuntimeError\n{SECRET}\n  {SECRET}\n")

    assert report({}, tmp_path) == f"\n\nLog:\n```\n{RECORD} 1\n  RuntimeError\n```\n".lstrip()


def test_a_log_that_is_no_text_is_told_all_the_same(tmp_path: Path) -> None:
    (tmp_path / LOG).write_bytes(RECORD.encode() + b"\xff\x1b[2J\n")

    assert "number\ufffd\\x1b[2J" in report({}, tmp_path)


@pytest.mark.parametrize("folder", ["none", "a file"])
def test_without_a_log_there_are_the_facts(folder: str, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")

    assert report({"Qt": "6"}, tmp_path / folder) == "Qt: 6\n"


def test_a_crash_is_told_without_where_the_app_lies(tmp_path: Path) -> None:
    frames = 'Fatal Python error: Aborted\n\n  File "/home/USER/app/x.py", line 7 in paint\n'
    (tmp_path / "crash-20260101-000000.txt").write_text(frames)

    assert "Fatal Python error: Aborted\n\n  x.py, line 7 in paint\n```" in report({}, tmp_path)


def test_the_last_crashes_are_kept_and_are_short(tmp_path: Path) -> None:
    for number in range(KEPT_CRASHES + 3):
        left = tmp_path / CRASH
        left.write_bytes(b"x" * 2 * MAX_BYTES)
        os.utime(left, (number * 60, number * 60))
        assert _keep(left)

    kept = kept_crashes(tmp_path)
    assert [file.name[-10:-4] for file in kept] == ["000500", "000400", "000300"]
    assert {file.stat().st_size for file in kept} == {MAX_BYTES}
    assert len(list(tmp_path.iterdir())) == KEPT_CRASHES


def test_a_run_that_left_nothing_has_not_crashed(tmp_path: Path) -> None:
    (tmp_path / CRASH).write_bytes(b"")

    assert not _keep(tmp_path / CRASH)
    assert not _keep(tmp_path / "none")
