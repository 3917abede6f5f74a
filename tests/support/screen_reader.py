"""What a screen reader finds in a running application, through AT-SPI."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from tests.support.background import running

_PROBE = Path(__file__).parent / "atspi_probe.py"


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that can be seen. `box` is (x, y, width, height) on the screen, in px."""

    depth: int
    role: str
    name: str
    description: str
    states: frozenset[str]
    text: str
    box: tuple[int, int, int, int]

    @property
    def center(self) -> tuple[int, int]:
        x, y, width, height = self.box
        return x + width // 2, y + height // 2

    @property
    def words(self) -> str:
        """What is said of it."""
        return "\n".join(filter(None, (self.text or self.name, self.description)))


class ScreenReader:
    """Reads one application. What it finds is what can be seen at that moment."""

    def __init__(self, probe: "subprocess.Popen[bytes]") -> None:
        self._probe = probe

    def nodes(self) -> list[Node]:
        """All that can be seen, in reading order; empty while the application is not there."""
        return [_node(told) for told in self._ask({"do": "tree"}).get("nodes", [])]

    def find(self, name: str) -> Node | None:
        """The thing called `name`: rather a field than the label that bears the same name."""
        named = [node for node in self.nodes() if node.name == name]
        return max(named, key=lambda node: "focusable" in node.states, default=None)

    def texts(self, name: str) -> list[str]:
        """The texts of all things called `name`."""
        return [node.text for node in self.nodes() if node.name == name and node.text]

    def messages(self, kind: str) -> list[str]:
        """What the messages say that can be seen; `kind` is what their names begin with: Question, Answer."""
        items = (node for node in self.nodes() if node.role == "list item" and node.text)
        return [node.text for node in items if node.name.startswith(f"{kind} ")]

    def words_in(self, name: str) -> str:
        """All that is said in the thing called `name` and below it, a line each."""
        nodes = self.nodes()
        place = next((i for i, node in enumerate(nodes) if node.name == name), None)
        if place is None:
            return ""
        depth = nodes[place].depth
        below = takewhile(lambda node: node.depth > depth, nodes[place + 1 :])
        return "\n".join(node.words for node in (nodes[place], *below) if node.words)

    def items(self, name: str) -> list[Node]:
        """All that stands right below the thing called `name`, what cannot be seen at that moment too."""
        return [_node(told) for told in self._ask({"do": "items", "name": name}).get("nodes", [])]

    def press(self, name: str) -> bool:
        """Press the button called `name`; whether there was one."""
        return bool(self._ask({"do": "press", "name": name}).get("done"))

    def write(self, name: str, text: str) -> bool:
        """Make `text` what stands in the entry called `name`; whether there was one."""
        return bool(self._ask({"do": "write", "name": name, "text": text}).get("done"))

    def _ask(self, wish: Mapping[str, str]) -> dict[str, Any]:
        assert self._probe.stdin is not None
        assert self._probe.stdout is not None
        self._probe.stdin.write(json.dumps(wish).encode() + b"\n")
        self._probe.stdin.flush()
        answer: dict[str, Any] = json.loads(self._probe.stdout.readline())
        return answer


@contextmanager
def screen_reader(pid: int, environ: Mapping[str, str]) -> Iterator[ScreenReader]:
    """Read the application of process `pid`. `environ` leads to its session."""
    command = ["/usr/bin/python3", str(_PROBE), str(pid)]
    with running(command, environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as probe:
        yield ScreenReader(probe)


def _node(told: dict[str, Any]) -> Node:
    return Node(**{**told, "states": frozenset(told["states"]), "box": tuple(told["box"] or (0, 0, 0, 0))})
