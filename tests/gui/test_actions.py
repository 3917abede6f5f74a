"""The table of actions: each has words, a place in a menu, and keys of its own."""

from collections import Counter

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QMenuBar

from desktop.ui.actions import MENUS, TABLE, Actions, ActionSpec


@pytest.fixture
def actions(qapp: QObject) -> Actions:
    return Actions(qapp)


def test_every_action_has_words(actions: Actions) -> None:
    assert all(action.text().replace("&", "").strip() for action in actions)


def test_names_are_used_once() -> None:
    assert not [name for name, count in Counter(spec.name for spec in TABLE).items() if count > 1]


def test_no_two_actions_share_a_key(actions: Actions) -> None:
    keys = [{key.toString() for key in action.shortcuts()} for action in actions]

    assert not [key for key, count in Counter(key for each in keys for key in each).items() if count > 1]
    assert "" not in set().union(*keys)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("new", "Ctrl+N"),
        ("add_images", "Ctrl+O"),
        ("add_link", "Ctrl+L"),
        ("settings", "Ctrl+,"),
        ("close", "Ctrl+W"),
        ("quit", "Ctrl+Q"),
        ("paste", "Ctrl+V"),
        ("paste_other", "Ctrl+Shift+V"),
        ("find", "Ctrl+F"),
        ("find_next", "F3"),
        ("find_previous", "Shift+F3"),
        ("search", "Ctrl+Shift+F"),
        ("text_larger", "Ctrl++"),
        ("text_smaller", "Ctrl+-"),
        ("text_normal", "Ctrl+0"),
        ("choose_model", "Ctrl+K"),
        ("stop", "Esc"),
        ("previous_message", "Alt+Up"),
        ("next_message", "Alt+Down"),
    ],
)
def test_keys_are_those_that_users_know(actions: Actions, name: str, key: str) -> None:
    assert key in {sequence.toString() for sequence in actions[name].shortcuts()}


@pytest.mark.parametrize("menu", MENUS)
def test_the_letters_of_a_menu_are_used_once(menu: str) -> None:
    letters = [letter_of(spec) for spec in TABLE if spec.menu == menu]

    assert len(set(letters)) == len(letters)


def letter_of(spec: ActionSpec) -> str:
    return spec.text[spec.text.index("&") + 1].lower()


def test_every_action_stands_in_its_menu(actions: Actions) -> None:
    bar = QMenuBar()
    actions.fill(bar)
    menus = {action.text(): action.menu() for action in bar.actions()}

    assert tuple(menus) == MENUS
    for spec in TABLE:
        menu = menus[spec.menu]
        assert isinstance(menu, QMenu)
        assert actions[spec.name] in menu.actions()
