"""What SECURITY.md says is held by tests that there are."""

import re
from pathlib import Path

_CHECKOUT = Path(__file__).parents[2]


def test_every_promise_names_tests_that_exist() -> None:
    text = (_CHECKOUT / "SECURITY.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:\w+/)?test_\w+\.py", text))
    assert len(named) > 30
    there = {path.relative_to(_CHECKOUT / "tests").as_posix() for path in _CHECKOUT.glob("tests/*/test_*.py")}
    there |= {Path(name).name for name in there}
    assert not {name[1:] for name in named} - there


def test_every_row_of_a_promise_names_one() -> None:
    lines = (_CHECKOUT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    first = lines.index("## The key")
    rows = [line for line in lines[first:] if line.startswith("| ") and not line.startswith("| promise")]
    assert len(rows) > 15
    assert not [row for row in rows if not re.search(r"test_\w+\.py", row)]
