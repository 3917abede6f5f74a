"""The proofs that need a screen, as `session` runs them: `python -m proofs.steps ROOT STEP…`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from console import say

from proofs import ibus, kept, keyring, main_job
from proofs.installed_app import Installed
from proofs.session import ENTRY, PICTURES

_STEPS: Mapping[str, Callable[[Installed], None]] = {
    "main-job": main_job.prove,
    "kept": kept.prove,
    "input-method": ibus.prove,
    "keyring": keyring.prove,
}


def main() -> None:
    """Say how long each step took; what is not so is raised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("steps", nargs="+", choices=_STEPS)
    parser.add_argument("--entry", default=ENTRY, help="the desktop entry in that system")
    parser.add_argument("--home", default="", help="the user's home in that system; default: one of its own")
    parser.add_argument("--pictures", type=Path, default=PICTURES, help="the folder where pictures are kept")
    options = parser.parse_args()
    app = Installed(options.root, options.entry, options.home, options.pictures)
    for name in options.steps:
        began = time.monotonic()
        _STEPS[name](app)
        say(f"proved {time.monotonic() - began:6.1f} s  {name}")


if __name__ == "__main__":
    main()
