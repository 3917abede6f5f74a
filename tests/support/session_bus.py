"""A session bus of its own, and on it what assistive programs need."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.support.background import running

_BARE_BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
_LAUNCHER = ["/usr/libexec/at-spi-bus-launcher", "--launch-immediately", "--screen-reader=1"]


@contextmanager
def session_bus(environ: Mapping[str, str], bare: Path | None = None) -> Iterator[dict[str, str]]:
    """Run one; yields what programs need to find it.

    It starts the services that are installed when somebody calls them, as any session's does; with `bare`,
    a folder for its configuration, it starts none: nobody keeps secrets then, and nobody asks for a password.
    """
    setting = "--session"
    if bare is not None:
        (bare / "bus.conf").write_text(_BARE_BUS, encoding="utf-8")
        setting = f"--config-file={bare / 'bus.conf'}"
    command = ["dbus-daemon", setting, "--nofork", "--print-address=1"]
    with running(command, environ, stdout=subprocess.PIPE) as bus:
        assert bus.stdout is not None
        yield {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().decode().strip()}


@contextmanager
def screen_reader_bus(environ: Mapping[str, str]) -> Iterator[None]:
    """Let programs on the session bus of `environ` tell what they show, as when a screen reader runs."""
    with running(_LAUNCHER, environ):
        wait = ["gdbus", "wait", "--session", "--timeout", "20", "org.a11y.Bus"]
        subprocess.run(wait, env=environ, check=True, timeout=30)
        yield


def without_bus(environ: Mapping[str, str]) -> dict[str, str]:
    """`environ` for programs that are to find no session bus, and yet are read by the screen reader."""
    ask = ["--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus", "--method", "org.a11y.Bus.GetAddress"]
    told = subprocess.check_output(["gdbus", "call", "--session", *ask], env=environ, text=True, timeout=30)
    bare = {name: value for name, value in environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    return bare | {"AT_SPI_BUS_ADDRESS": told.split("'")[1], "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
