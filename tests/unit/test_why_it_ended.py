"""What is said where the app could not go on."""

from desktop.cli import why_it_ended


def test_a_library_that_the_system_lacks_is_named_and_is_no_bug() -> None:
    lacking = ImportError("libGL.so.1: cannot open shared object file: No such file or directory")

    assert why_it_ended(lacking).startswith("Viewfinder needs libGL.so.1, which this system lacks")


def test_whatever_else_happens_is_not_quoted() -> None:
    for error in (ImportError("secret"), OSError("libGL.so.1: cannot open shared object file")):
        assert "a bug of its own" in why_it_ended(error)
        assert "secret" not in why_it_ended(error)
