"""What must hold of the app wherever it is installed: nothing missing, all parts well, the sample read."""

from __future__ import annotations

import re
import shutil

from set_up import CHECKOUT

from proofs.journal import Failed
from proofs.system import System

SAMPLE = CHECKOUT / "resources" / "samples" / "receipt.png"
ON_THE_RECEIPT = ("MAPLE", "33.46", "谢谢惠顾")
"""Words of the sample, in their order."""

# The loader looks where the program has its libraries, as the frozen program tells it to.
_LDD = """
export LD_LIBRARY_PATH="$1/_internal"
find "$1/" -type f '(' -name '*.so' -o -name '*.so.*' -o -name viewfinder ')' -exec ldd '{}' '+'
"""


def expect_libraries(system: System, folder: str) -> None:
    """The loader finds all that the programs and libraries in `folder` need and do not bring along.

    Raises:
        Failed: It misses one.
    """
    said = system.as_user("libraries", "sh", "-c", _LDD, "sh", folder)
    # A wheel's own libraries are found by who loads them, not by each other.
    brought = {file.name for file in (system.root / folder.lstrip("/")).rglob("*.so*")}
    missing = {*re.findall(r"^\s*(\S+) => not found", said, re.MULTILINE)} - brought
    system.journal.expect("missing-libraries", sorted(missing))


def expect_self_test(system: System, program: str) -> None:
    """`program --selftest` passes for an ordinary user, offline."""
    system.as_user("self-test", program, "--selftest")


def expect_reading(system: System, program: str) -> None:
    """`program` reads the sample in the terminal, for an ordinary user, offline.

    Raises:
        Failed: Lines of the sample are not in the answer.
    """
    sample = system.root / "srv" / SAMPLE.name
    shutil.copy(SAMPLE, sample)
    said = system.as_user("reading", program, "ask", f"/srv/{sample.name}")
    sample.unlink()
    if missing := [line for line in ON_THE_RECEIPT if line not in said]:
        raise Failed(f"reading: the answer lacks {missing}; see {system.journal.folder}")
