"""Tells what a screen reader would find in an application, and acts as one. Needs Debian's own Python (gi).

Reads one JSON object a line, `{"do": VERB, "name": NAME, "text": TEXT}`, and answers each with one:

    tree    all that can be seen: [{"depth", "role", "name", "description", "states", "text", "box"}, …]
    items   all that stands right below the thing called NAME, those that cannot be seen too
    press   do what the button called NAME offers first
    write   make TEXT the text of the entry called NAME

An answer is `{"nodes": […]}`, `{"done": true}`, or `{"error": WORDS}` while there is no such application or
node. Started with the application's process id: `/usr/bin/python3 tests/support/atspi_probe.py PID`.
"""

import json
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
warnings.simplefilter("ignore")  # the library's own deprecations

from gi.repository import Atspi, GLib  # noqa: E402 - the version comes first


class Absent(Exception):
    """The application, or the node, is not there."""


def application(pid: int) -> Any:
    """The accessible of the process `pid`, as it is now."""
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    for index in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(index)
        if child is not None and child.get_process_id() == pid:
            child.clear_cache()
            return child
    raise Absent("application")


def nodes(node: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:
    """`node` and all below it that can be seen, with their depth, in reading order."""
    if node is None or not node.get_state_set().contains(Atspi.StateType.SHOWING):
        return
    yield depth, node
    for index in range(node.get_child_count()):
        yield from nodes(node.get_child_at_index(index), depth + 1)


def described(depth: int, node: Any) -> dict[str, Any]:
    box = node.get_extents(Atspi.CoordType.SCREEN) if node.get_component_iface() else None
    return {
        "depth": depth,
        "role": node.get_role_name(),
        "name": node.get_name() or "",
        "description": node.get_description() or "",
        "states": sorted(state.value_nick for state in node.get_state_set().get_states()),
        "text": text_of(node),
        "box": [box.x, box.y, box.width, box.height] if box else None,
    }


def text_of(node: Any) -> str:
    # Qt answers with nothing when the end lies behind the last character.
    if node.get_text_iface() is None:
        return ""
    text: str = Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))
    return text


def named(root: Any, name: str, interface: Callable[[Any], Any]) -> Any:
    """The node called `name` that has `interface`; a label may bear the same name."""
    for _, node in nodes(root):
        if node.get_name() == name and interface(node) is not None:
            return node
    raise Absent(name)


def answer(pid: int, wish: dict[str, str]) -> dict[str, Any]:
    root = application(pid)
    match wish["do"]:
        case "tree":
            return {"nodes": [described(depth, node) for depth, node in nodes(root)]}
        case "items":
            parent = named(root, wish["name"], lambda node: node)
            children = (parent.get_child_at_index(i) for i in range(parent.get_child_count()))
            return {"nodes": [described(1, child) for child in children]}
        case "press":
            button = named(root, wish["name"], Atspi.Accessible.get_action_iface)
            return {"done": Atspi.Action.do_action(button, 0)}
        case "write":
            entry = named(root, wish["name"], Atspi.Accessible.get_editable_text_iface)
            return {"done": Atspi.EditableText.set_text_contents(entry, wish["text"])}
        case verb:
            raise ValueError(verb)


def main() -> None:
    pid = int(sys.argv[1])
    for line in sys.stdin:
        try:
            said = answer(pid, json.loads(line))
        except (Absent, GLib.Error) as error:
            # Windows and their parts come and go while they are looked at.
            said = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
