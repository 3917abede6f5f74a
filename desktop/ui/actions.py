"""Every action of the window in one table: name, words, keys, menu."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar

from desktop.domain.text import QT_TRANSLATE_NOOP

Key = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One row. `menu` is where it stands; `role` tells macOS where it belongs there."""

    name: str
    menu: str
    text: str
    keys: tuple[QKeySequence.StandardKey | str, ...] = ()
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    checkable: bool = False
    starts_group: bool = field(default=False)


MENUS = (
    QT_TRANSLATE_NOOP("menu", "&File"),
    QT_TRANSLATE_NOOP("menu", "&Edit"),
    QT_TRANSLATE_NOOP("menu", "&View"),
    QT_TRANSLATE_NOOP("menu", "&Conversation"),
    QT_TRANSLATE_NOOP("menu", "&Help"),
)
FILE, EDIT, VIEW, TALK, HELP = MENUS

TABLE = (
    ActionSpec("new", FILE, QT_TRANSLATE_NOOP("menu", "&New conversation"), (Key.New,)),
    ActionSpec(
        "new_unkept",
        FILE,
        QT_TRANSLATE_NOOP("menu", "New conversation that is not &kept"),
        ("Ctrl+Shift+N",),
    ),
    ActionSpec("add_images", FILE, QT_TRANSLATE_NOOP("menu", "&Add images…"), (Key.Open,)),
    ActionSpec("add_link", FILE, QT_TRANSLATE_NOOP("menu", "Add &web address…"), ("Ctrl+L",)),
    ActionSpec(
        "settings",
        FILE,
        QT_TRANSLATE_NOOP("menu", "&Settings…"),
        ("Ctrl+,",),
        QAction.MenuRole.PreferencesRole,
        starts_group=True,
    ),
    ActionSpec(
        "close",
        FILE,
        QT_TRANSLATE_NOOP("menu", "&Close window"),
        (Key.Close,),
        starts_group=True,
    ),
    ActionSpec("quit", FILE, QT_TRANSLATE_NOOP("menu", "&Quit"), ("Ctrl+Q",), QAction.MenuRole.QuitRole),
    ActionSpec("paste", EDIT, QT_TRANSLATE_NOOP("menu", "&Paste"), (Key.Paste,)),
    ActionSpec(
        "paste_other",
        EDIT,
        QT_TRANSLATE_NOOP("menu", "Paste the p&icture instead of the text"),
        ("Ctrl+Shift+V",),
    ),
    ActionSpec(
        "find", EDIT, QT_TRANSLATE_NOOP("menu", "&Find in conversation…"), (Key.Find,), starts_group=True
    ),
    ActionSpec("find_next", EDIT, QT_TRANSLATE_NOOP("menu", "Find &next"), (Key.FindNext,)),
    ActionSpec("find_previous", EDIT, QT_TRANSLATE_NOOP("menu", "Find pre&vious"), (Key.FindPrevious,)),
    ActionSpec("search", EDIT, QT_TRANSLATE_NOOP("menu", "&Search all conversations…"), ("Ctrl+Shift+F",)),
    ActionSpec("side_list", VIEW, QT_TRANSLATE_NOOP("menu", "&Conversation list"), ("F9",), checkable=True),
    ActionSpec(
        "text_larger",
        VIEW,
        QT_TRANSLATE_NOOP("menu", "&Larger text"),
        (Key.ZoomIn, "Ctrl+="),
        starts_group=True,
    ),
    ActionSpec("text_smaller", VIEW, QT_TRANSLATE_NOOP("menu", "&Smaller text"), (Key.ZoomOut,)),
    ActionSpec("text_normal", VIEW, QT_TRANSLATE_NOOP("menu", "&Normal text size"), ("Ctrl+0",)),
    ActionSpec("choose_model", TALK, QT_TRANSLATE_NOOP("menu", "Choose a &model…"), ("Ctrl+K",)),
    ActionSpec("stop", TALK, QT_TRANSLATE_NOOP("menu", "&Stop the answer"), ("Esc",)),
    ActionSpec("regenerate", TALK, QT_TRANSLATE_NOOP("menu", "Ask &again"), ("Ctrl+R",)),
    ActionSpec("rename", TALK, QT_TRANSLATE_NOOP("menu", "&Rename…"), starts_group=True),
    ActionSpec("pin", TALK, QT_TRANSLATE_NOOP("menu", "P&in"), checkable=True),
    ActionSpec("delete", TALK, QT_TRANSLATE_NOOP("menu", "&Delete"), ("Ctrl+Shift+Del",)),
    ActionSpec(
        "previous_message",
        TALK,
        QT_TRANSLATE_NOOP("menu", "&Previous message"),
        ("Alt+Up",),
        starts_group=True,
    ),
    ActionSpec("next_message", TALK, QT_TRANSLATE_NOOP("menu", "&Next message"), ("Alt+Down",)),
    ActionSpec("copy_diagnostics", HELP, QT_TRANSLATE_NOOP("menu", "&Copy diagnostics")),
    ActionSpec(
        "about",
        HELP,
        QT_TRANSLATE_NOOP("menu", "&About Viewfinder"),
        role=QAction.MenuRole.AboutRole,
    ),
)


class Actions(QObject):
    """The table's rows as `QAction`s, by name."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = {spec.name: self._action(spec) for spec in TABLE}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._actions.values())

    def fill(self, bar: QMenuBar) -> None:
        """Give `bar` its menus."""
        menus = {title: bar.addMenu(QCoreApplication.translate("menu", title)) for title in MENUS}
        for spec in TABLE:
            if spec.starts_group:
                menus[spec.menu].addSeparator()
            menus[spec.menu].addAction(self._actions[spec.name])

    def _action(self, spec: ActionSpec) -> QAction:
        action = QAction(QCoreApplication.translate("menu", spec.text), self)
        action.setObjectName(spec.name)
        action.setMenuRole(spec.role)
        action.setCheckable(spec.checkable)
        action.setShortcuts([sequence for key in spec.keys for sequence in _sequences(key)])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        return action


def _sequences(key: QKeySequence.StandardKey | str) -> list[QKeySequence]:
    return [QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key)
