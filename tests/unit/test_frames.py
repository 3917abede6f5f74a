"""Where an exception came from, and nothing that it says."""

import sys
from pathlib import Path

import pytest

from desktop.diagnosis.frames import INNERMOST, OUTERMOST, chain_of, one_line, place_of
from tests.support.diagnosing import SECRET, caught, raise_secret


def test_a_chain_is_told_from_its_end_to_its_beginning() -> None:
    lines = []
    try:
        try:
            raise_secret(KeyError)
        except KeyError as error:
            raise OSError(28, SECRET, SECRET) from error
    except OSError as error:
        error.add_note(SECRET)
        lines = chain_of(error)

    assert lines[0] == "OSError [ENOSPC]"
    assert lines[2] == "because of KeyError"
    assert lines[-1].startswith("  tests/support/diagnosing.py:")
    assert SECRET not in "\n".join(lines)


def test_members_of_a_group_are_told() -> None:
    group = ExceptionGroup(SECRET, [caught(KeyError), caught(ValueError)])

    kinds = [line for line in chain_of(group) if not line.startswith(" ")]

    assert kinds == ["ExceptionGroup", "with KeyError", "with ValueError"]


def test_a_chain_that_bites_its_tail_ends() -> None:
    one, other = ValueError(), KeyError()
    one.__context__, other.__context__ = other, one

    assert chain_of(one) == ["ValueError", "while handling KeyError"]


def test_what_was_suppressed_is_not_told() -> None:
    error = ValueError()
    error.__context__, error.__suppress_context__ = KeyError(), True

    assert chain_of(error) == ["ValueError"]


def test_an_endless_recursion_is_told_by_its_ends() -> None:
    def recurse() -> None:
        recurse()

    with pytest.raises(RecursionError) as raised:
        recurse()

    assert len(chain_of(raised.value)) <= OUTERMOST + INNERMOST + 2


def test_thousands_of_causes_are_not_all_told() -> None:
    first = error = ValueError()
    for _ in range(5000):
        error.__context__ = ValueError()
        error = error.__context__

    assert len(chain_of(first)) < 10


@pytest.mark.parametrize(
    ("root", "file", "place"),
    [
        ("/opt/lib", "/opt/lib/httpx/_client.py", "httpx/_client.py"),
        ("/opt", "/opt/lib/httpx.py", "lib/httpx.py"),
        ("/opt/lib", "/somebody/secret/x.py", "x.py"),
        ("/opt/lib", "<frozen runpy>", "<frozen runpy>"),
        ("/opt/lib", "/opt/lib/a\nb.py", "a\\nb.py"),
    ],
)
def test_a_file_is_named_as_imports_find_it(
    root: str, file: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", ["", root])

    assert place_of(file) == place


def test_the_nearest_root_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "lib")])

    assert place_of(str(tmp_path / "lib" / "x.py")) == "x.py"


def test_a_line_is_one_line() -> None:
    assert one_line("a\n\x1b[2J\u202eb\u2028\udcff文") == "a\\n\\x1b[2J\\u202eb\\u2028\\udcff文"
    assert one_line("x" * 1000, 10) == "x" * 10
