"""What the checks of `viewfinder --selftest` say, and of what."""

import asyncio
import io
import json
import re
import signal
import ssl
import sys
from pathlib import Path

import pytest
import truststore
from PySide6.QtGui import QImage

from desktop.cli import main
from desktop.paths import resource
from desktop.providers.trust import trusted
from desktop.selftest.catalog import CHECKS
from desktop.selftest.checks import history, images, input_methods, keyring, plugins, tls, window
from desktop.selftest.checks.handshake import server_context, shake_hands
from desktop.selftest.finding import CheckFailed, Finding, failed, note, ok
from desktop.selftest.report import Report
from desktop.worker.process import WorkerProcess
from tests.support.scripts import CHECKOUT

KILLED = [sys.executable, "-c", f"import os; os.kill(os.getpid(), {signal.SIGKILL:d})"]


def test_a_finding_comes_back_as_it_was_sent() -> None:
    for finding in (ok("48×32 px"), note("没有"), failed("It does not work.")):
        assert Finding.from_json(finding.to_json()) == finding


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "7", "{}", '{"outcome": "well", "words": ""}', '{"outcome": "ok"}', "Loading model"],
)
def test_what_is_no_finding_is_none(text: str) -> None:
    with pytest.raises((TypeError, ValueError)):
        Finding.from_json(text)


def test_what_libraries_say_is_one_line_that_moves_no_cursor() -> None:
    assert failed("a\n\n  b\t\x1b[2J c").words == "a b [2J c"
    long = failed("first " + "x" * 9999 + " last").words
    assert len(long) < 500
    assert long.startswith("first")
    assert long.endswith("last")


# ── the report ──────────────────────────────────────────────────────────────────────────────────


def reported(*findings: Finding, as_json: bool = False) -> tuple[list[str], bool]:
    out = io.StringIO()
    report = Report(out, CHECKS, as_json=as_json)
    report.begin()
    for check, finding in zip(CHECKS, findings, strict=False):
        report.tell(check.name, finding)
    report.end()
    return out.getvalue().splitlines(), report.is_well


def test_the_report_has_a_line_for_each_check() -> None:
    (head, *lines), is_well = reported(ok("painted"), note("Something lacks."))
    assert head.startswith("Viewfinder ")
    assert [line.split(maxsplit=2) for line in lines[:-1]] == [
        ["ok", "window", "painted"],
        ["note", "plugins", "Something lacks."],
    ]
    assert is_well
    assert lines[-1] == "Viewfinder works here. A note tells what this machine lacks."


def test_the_report_of_a_machine_that_lacks_nothing_says_so() -> None:
    lines, is_well = reported(ok("painted"), ok("loaded"))
    assert (lines[-1], is_well) == ("All is well.", True)


def test_the_report_counts_what_failed() -> None:
    lines, is_well = reported(ok("painted"), failed("No."), failed("No."))
    assert (lines[-1], is_well) == ("2 of 3 checks failed.", False)


def test_the_report_for_machines_is_json_alone() -> None:
    lines, is_well = reported(failed("没有"), as_json=True)
    about, told = map(json.loads, lines)
    assert {"version", "installed as", "python", "system", "machine"} == set(about)
    assert told == {"check": "window", "outcome": "failed", "words": "没有"}
    assert not is_well


# ── the command line ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "arguments", [["--selftest", "a.png"], ["a.png", "--selftest"], ["--clipboard", "--selftest"]]
)
def test_it_stands_alone(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
    assert "--selftest" in capsys.readouterr().err


def test_the_help_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "--selftest" in capsys.readouterr().out


# ── what is checked ─────────────────────────────────────────────────────────────────────────────


def test_there_is_a_sample_of_every_format_that_is_promised() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    promised = re.search(r"^## What can be attached\n(.+?):", readme, re.DOTALL | re.MULTILINE)
    assert promised is not None
    assert re.split(r", | and ", promised[1].replace("\n", " ")) == list(images.FORMATS)
    assert all(resource("selftest", f"sample.{suffix}").is_file() for suffix in images.FORMATS.values())


def test_a_worker_that_is_killed_fails_the_images() -> None:
    with pytest.raises(CheckFailed, match=r"PNG, JPEG, .*PSD: the worker left"):
        asyncio.run(images.decode(WorkerProcess(KILLED)))


def test_a_picture_of_other_colours_is_told_from_the_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "QUARTERS", ((200, 40, 30), (40, 160, 60), (30, 60, 190), (230, 220, 180)))
    monkeypatch.setattr(images, "FORMATS", {"PNG": "png", "JPEG": "jpg"})
    with pytest.raises(CheckFailed, match="PNG, JPEG: its colours came out wrong"):
        asyncio.run(images.decode(WorkerProcess()))


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("none", "note"), ("no answer", "note"), ("keyring.backends.SecretService.Keyring", "ok")],
)
def test_a_machine_without_a_keyring_is_no_broken_installation(name: str, outcome: str) -> None:
    assert keyring.told("SecretService", name).outcome == outcome


def test_a_certificate_is_judged_by_its_authority_and_its_name() -> None:
    companys = trusted(str(resource("selftest", "authority.pem")))
    known = server_context(resource("selftest", "localhost.pem"))
    assert shake_hands(companys, known, "localhost") == "TLSv1.3"
    for client, server, name in (
        (companys, "localhost.pem", "other.localhost"),
        (companys, "stranger.pem", "localhost"),
        (trusted(), "localhost.pem", "localhost"),
    ):
        with pytest.raises(ssl.SSLCertVerificationError):
            shake_hands(client, server_context(resource("selftest", server)), name)


def test_a_context_that_believes_everybody_is_found_out() -> None:
    companys = trusted(str(resource("selftest", "authority.pem")))
    known = server_context(resource("selftest", "localhost.pem"))
    with pytest.raises(CheckFailed, match="was accepted"):
        tls.refuse(companys, known, "localhost", "an authority that nobody knows")


def test_authorities_count_whether_they_are_loaded_or_lie_in_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    (tmp_path / "README").touch()
    assert tls.authorities(context) == 0
    (tmp_path / "a1b2c3d4.0").touch()
    assert tls.authorities(context) == 1
    context.load_verify_locations(resource("selftest", "authority.pem"))
    monkeypatch.delenv("SSL_CERT_DIR")
    assert tls.authorities(context) == 1


def test_authorities_count_where_openssl_was_built_for_another_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = ssl.get_default_verify_paths()._replace(cafile="", capath="")
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: nowhere)
    assert isinstance(trusted(), truststore.SSLContext)
    assert tls.check(tmp_path).outcome == "ok"


def test_a_history_that_cannot_be_kept_fails(tmp_path: Path) -> None:
    (tmp_path / "history").write_text("a file where a folder should be")
    with pytest.raises(CheckFailed):
        history.check(tmp_path)


def test_a_plugin_that_is_not_there_is_named(qapp: object) -> None:
    with pytest.raises(CheckFailed, match="platforms/qnowhere is not in this installation"):
        plugins.load_all(["platforms/qoffscreen", "platforms/qnowhere"])


@pytest.mark.parametrize(
    ("module", "words"),
    [("ibus", "ibus and compose load"), ("fcitx5", "ibus and compose load; fcitx5 is spoken to as ibus")],
)
def test_users_of_fcitx_hear_how_they_are_understood(
    module: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_IM_MODULE", module)
    assert input_methods.check(tmp_path) == ok(words)


def test_a_blank_window_is_told_from_one_that_shows_something() -> None:
    blank = QImage(96, 96, QImage.Format.Format_RGB32)
    blank.fill(0x123456)
    assert len(window.colours(blank)) == 1
    drawn = QImage(str(resource("samples", "receipt.png")))
    assert len(window.colours(drawn)) > 5
