"""Print the faults, and what is said about each."""

from collections import Counter

from desktop.domain.errors import AppError
from desktop.domain.provider_errors import ProviderError
from tests.support.faults import FAULTS
from tests.support.faults.fault import Fault


def table() -> list[str]:
    """In Markdown: one fault a line, then the figures."""
    head = [
        "| group | fault | what is said | whose turn | next step | retryable |",
        "|---|---|---|---|---|---|",
    ]
    counts = Counter(fault.group for fault in FAULTS)
    figures = ", ".join(f"{count} {group}" for group, count in counts.items())
    return [
        *head,
        *map(_row, FAULTS),
        "",
        f"{len(FAULTS)} faults ({figures}), {len(kinds_met())} kinds of error",
    ]


def kinds_met() -> set[type[AppError]]:
    """Kinds of error that a fault ends in."""
    return {fault.comes for fault in FAULTS if not isinstance(fault.comes, str)}


def kinds() -> list[type[ProviderError]]:
    """All that a question to a server can end in."""

    def below(kind: type[ProviderError]) -> list[type[ProviderError]]:
        return [kind, *(each for sub in kind.__subclasses__() for each in below(sub))]

    return below(ProviderError)


def _row(fault: Fault) -> str:
    if isinstance(fault.comes, str):
        said = f"(the answer: {fault.comes})"
        return f"| {fault.group} | {fault.name} | {said} | | | |"
    kind = fault.comes
    step = kind.next_step.value if kind.next_step else ""
    retryable = "yes" if kind.retryable else ""
    return f"| {fault.group} | {fault.name} | {kind.sentence} | {kind.turn.value} | {step} | {retryable} |"


if __name__ == "__main__":
    print(*table(), sep="\n")
