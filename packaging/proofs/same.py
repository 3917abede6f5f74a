"""Whether all packages lay down the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from proofs.journal import Journal
from proofs.parity import differences, of_deb, of_rpm, of_run


def prove_same(path: Callable[[str], Path], journal: Journal) -> None:
    """Paths, kinds, modes, owners, link targets and digests of the .rpm and the .run are those of the .deb.

    `path` knows where the package of a kind is.
    """
    with journal.proof("the .rpm and the .run lay down what the .deb does"):
        deb = of_deb(path("deb"))
        journal.expect("rpm", differences(deb, of_rpm(path("rpm"))))
        journal.expect("run", differences(deb, of_run(path("run"))))
