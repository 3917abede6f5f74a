"""Which characters this machine has letters for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.selftest.child import check_command
from desktop.selftest.finding import Finding
from desktop.ui.letters import can_write


def test_a_font_that_lacks_a_character_is_found_out(qapp: QApplication) -> None:
    assert can_write("Viewfinder", qapp.font())
    assert not can_write("Viewfinder \U0010fffd", qapp.font())


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have fonts")
def test_the_self_test_of_a_machine_without_any_font_says_so(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>", encoding="utf-8")
    env = {**os.environ, "FONTCONFIG_FILE": str(config)}

    said = subprocess.run(
        check_command("fonts", str(tmp_path)), env=env, check=True, capture_output=True
    ).stdout

    finding = Finding.from_json(said.decode())
    assert finding.outcome == "failed"
    assert "no font" in finding.words
