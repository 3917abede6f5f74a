"""What is printed: a line for each check, and what it comes to."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from desktop import __version__
from desktop.diagnosis.facts import system_facts
from desktop.selftest.catalog import Check
from desktop.selftest.finding import Finding

_ABOUT = ("Installed as", "Python", "System", "Machine")


class Report:
    """Lines on `out` for people; `as_json`: one JSON object a line."""

    def __init__(self, out: TextIO, checks: Sequence[Check], *, as_json: bool) -> None:
        self._out = out
        self._width = max(len(check.name) for check in checks)
        self._as_json = as_json
        self._findings: list[Finding] = []

    @property
    def is_well(self) -> bool:
        return all(finding.outcome != "failed" for finding in self._findings)

    def begin(self) -> None:
        facts = system_facts(os.environ, Path())
        about = {name.lower(): facts[name] for name in _ABOUT}
        if self._as_json:
            self._write(json.dumps({"version": __version__, **about}))
        else:
            kind, python, *machine = about.values()
            self._write(f"Viewfinder {__version__}: {', '.join((kind, f'Python {python}', *machine))}")

    def tell(self, name: str, finding: Finding) -> None:
        self._findings.append(finding)
        if self._as_json:
            self._write(json.dumps({"check": name, **asdict(finding)}))
        else:
            self._write(f"{finding.outcome:<6}  {name:<{self._width}}  {finding.words}")

    def end(self) -> None:
        """Say what it comes to, for people."""
        if not self._as_json:
            self._write(self._sum())

    def _sum(self) -> str:
        outcomes = [finding.outcome for finding in self._findings]
        if bad := outcomes.count("failed"):
            return f"{bad} of {len(outcomes)} checks failed."
        if "note" in outcomes:
            return "Viewfinder works here. A note tells what this machine lacks."
        return "All is well."

    def _write(self, line: str) -> None:
        # At once: what comes next may take seconds, and whoever looks wants to see which it is.
        self._out.write(f"{line}\n")
        self._out.flush()
