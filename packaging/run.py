#!/usr/bin/env python3
"""Set Viewfinder up in this checkout, unless it is, and start it: `python3 packaging/run.py [ARGUMENTS]`."""

from __future__ import annotations

import os
import subprocess
import sys

from environment import clean
from set_up import prepare_app


def main() -> int:
    """Become the app, with this script's arguments."""
    command = [str(prepare_app()), "-P", "-m", "desktop", *sys.argv[1:]]
    env = clean(os.environ)
    if os.name != "nt":
        os.execve(command[0], command, env)  # noqa: S606 - no shell is wanted
    # on Windows the shell would not wait for the program that we become
    return subprocess.run(command, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
