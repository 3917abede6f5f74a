"""The language of the running app: which one it is, and that every word is found in it."""

import ast
import importlib
import os
import re
import string
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit

from desktop.connection import load_catalog
from desktop.domain.dashscope import REGIONS
from desktop.domain.errors import AppError, NextStep
from desktop.domain.events import Notice, NoticeRaised
from desktop.domain.image_errors import BrokenImage, EmptyFile, refused_together, too_many
from desktop.domain.models import GROUP_NAMES, READER_MODEL
from desktop.domain.settings import Language, Settings
from desktop.ui.actions import MENUS, TABLE, Actions
from desktop.ui.appearance import Appearance, spoken_locale
from desktop.ui.endpoint_words import region_name
from desktop.ui.model_words import facts_of, group_name, model_name
from desktop.ui.wording import detail, notice, sentence, step_words
from tests.support.scripts import load_script
from tests.support.source import modules

translations = load_script("translations")
CHINESE = translations.messages(translations.CATALOGUES / "viewfinder_zh_CN.ts")

HAN = re.compile(r"[\u4e00-\u9fff]")

Speak = Callable[[Language], Appearance]


def subclasses(base: type[AppError]) -> Iterator[type[AppError]]:
    for subclass in base.__subclasses__():
        yield subclass
        yield from subclasses(subclass)


ERRORS = [AppError, *subclasses(AppError)]


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Speak]:
    """Dress the application as the app does; what it wore before comes back."""
    font, locale, made = qapp.font(), QLocale(), []

    def speak(language: Language) -> Appearance:
        made.append(Appearance(qapp, Settings(language=language)))
        return made[-1]

    yield speak
    for appearance in made:
        appearance.apply(Settings(language="en"))
        appearance.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")
    qapp.setPalette(QPalette())
    qapp.setFont(font)
    QLocale.setDefault(locale)


@pytest.fixture
def chinese(speak: Speak) -> Appearance:
    return speak("zh_CN")


@pytest.mark.parametrize(
    ("wanted", "system", "spoken"),
    [
        ("system", ["zh-Hant-TW", "zh-TW", "zh-Hant", "zh"], "zh_CN"),
        ("system", ["zh-Hant-HK", "zh-HK"], "zh_CN"),
        ("system", ["zh_Hant_TW"], "zh_CN"),
        ("system", ["zh-Hans-SG"], "zh_CN"),
        ("system", ["en-Latn-GB", "en-GB", "en"], "en_GB"),
        ("system", ["fr-Latn-FR", "fr-FR", "fr"], "en_US"),
        ("system", ["fr-FR", "zh-Hant-TW", "en-US"], "zh_CN"),
        ("system", ["C"], "en_US"),
        ("system", [], "en_US"),
        ("en", ["zh-CN"], "en_US"),
        ("zh_CN", ["fr-FR"], "zh_CN"),
    ],
)
def test_the_first_language_that_the_app_speaks_is_spoken(
    wanted: Language, system: Sequence[str], spoken: str
) -> None:
    assert spoken_locale(wanted, system).name() == spoken


@pytest.mark.parametrize(
    ("variables", "menu"),
    [
        ({"LANG": "zh_TW.UTF-8"}, "文件(&F)"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_HK:en"}, "文件(&F)"),
        ({"LANG": "fr_FR.UTF-8"}, "&File"),
        ({"LC_ALL": "C"}, "&File"),
    ],
    ids=str,
)
def test_the_system_says_which_language(variables: dict[str, str], menu: str) -> None:
    assert first_menu(variables) == menu


@pytest.mark.parametrize(("chosen", "menu"), [("system", "&File"), ("zh_CN", "文件(&F)")])
def test_no_chinese_is_spoken_unasked_where_no_font_has_its_letters(
    chosen: Language, menu: str, tmp_path: Path
) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>", encoding="utf-8")

    assert first_menu({"LANG": "zh_CN.UTF-8", "FONTCONFIG_FILE": str(config)}, chosen) == menu


def first_menu(variables: dict[str, str], language: Language = "system") -> str:
    """Its name, said in a process of its own: Qt asks the system once."""
    script = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from desktop.domain.settings import Settings\n"
        "from desktop.ui.appearance import Appearance\n"
        "app = QApplication([])\n"
        "appearance = Appearance(app, Settings(language=sys.argv[1]))\n"
        "print(app.translate('menu', '&File'))\n"
    )
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LANG", "LC_"))}
    env |= variables | {"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", script, language]
    return subprocess.run(command, env=env, check=True, capture_output=True).stdout.decode().strip()


def test_the_language_changes_while_the_app_runs(speak: Speak) -> None:
    appearance = speak("en")
    assert step_words(NextStep.RETRY) == "Try again"

    assert appearance.apply(Settings(language="zh_CN"))
    assert step_words(NextStep.RETRY) == "重试"
    assert not appearance.apply(Settings(language="zh_CN", text_percent=120))

    assert appearance.apply(Settings(language="en"))
    assert step_words(NextStep.RETRY) == "Try again"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    assert [button.text() for button in box.buttons()] == ["Close"]


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_is_said_in_chinese(chinese: Appearance, kind: type[AppError]) -> None:
    names = [name for _, name, _, _ in string.Formatter().parse(kind.sentence) if name]
    facts = {name: f"<{name}>" for name in names}

    words = sentence(kind(**facts))

    assert HAN.search(words)
    assert all(fact in words for fact in facts.values())


def test_names_are_joined_as_chinese_joins_them(chinese: Appearance) -> None:
    words = sentence(too_many(list("abcde"), 250))

    assert "a、b、c" in words
    assert ", " not in words


def test_what_was_refused_is_said_in_chinese_one_by_one(chinese: Appearance) -> None:
    refusals = [BrokenImage(name="a.png"), EmptyFile(name="b.png")]
    lines = detail(refused_together(refusals)).splitlines()

    assert lines == [sentence(refusal) for refusal in refusals]
    assert all(HAN.search(line) for line in lines)


def test_every_notice_and_step_is_said_in_chinese(chinese: Appearance) -> None:
    names = ("block", "lines", "image", "fields", "sizes", "limit", "names")
    facts = dict.fromkeys(names, "1")
    words = [*(notice(NoticeRaised(each, facts)) for each in Notice), *map(step_words, NextStep)]

    assert [text for text in words if not HAN.search(text)] == []
    assert len(set(words)) == len(Notice) + len(NextStep)


def test_every_action_and_menu_is_named_in_chinese(chinese: Appearance) -> None:
    owner = QObject()
    actions = list(Actions(owner))
    menus = [QCoreApplication.translate("menu", title) for title in MENUS]

    assert [action.text() for action in actions if not HAN.search(action.text())] == []
    assert len(actions) == len(TABLE)
    assert menus == ["文件(&F)", "编辑(&E)", "视图(&V)", "对话(&C)", "帮助(&H)"]


def test_models_and_regions_are_named_in_chinese(chinese: Appearance) -> None:
    models = load_catalog().models
    groups = {group_name(model) for model in models if model.id != READER_MODEL}
    words = [
        *groups,
        *(QCoreApplication.translate("catalog", name) for name in GROUP_NAMES.values()),
        *map(region_name, REGIONS),
        *filter(None, (facts_of(model, model.price_in("CNY")) for model in models)),
        model_name(READER_MODEL),
    ]

    assert [text for text in words if not HAN.search(text)] == []


def test_qt_speaks_chinese_too(chinese: Appearance) -> None:
    standard = QDialogButtonBox.StandardButton
    box, line = QDialogButtonBox(standard.Close | standard.Cancel), QLineEdit()
    entries = [action.text() for action in line.createStandardContextMenu().actions()]

    assert {button.text() for button in box.buttons()} == {"关闭", "取消"}
    assert [text for text in entries if text and not HAN.search(text)] == []


def test_numbers_are_written_as_the_language_does(chinese: Appearance) -> None:
    assert QLocale() == QLocale("zh_CN")


@pytest.mark.parametrize("entry", CHINESE, ids=lambda entry: f"{entry.context}: {entry.source}")
def test_every_string_is_found_at_run_time(chinese: Appearance, entry: Any) -> None:
    """In its context; and by `self.tr` in the class that is its context, and in whatever is derived of it."""
    assert QCoreApplication.translate(entry.context, entry.source) == entry.translation
    if module := CLASSES.get(entry.context):
        kind = getattr(importlib.import_module(module), entry.context)
        assert bare(kind).tr(entry.source) == entry.translation


def bare(kind: type[QObject]) -> QObject:
    """An object of a class derived from `kind`, without what `kind` itself sets up."""
    qt: Any = next(base for base in kind.__mro__ if base.__module__.startswith("PySide6"))
    made: QObject = type(f"Derived{kind.__name__}", (kind,), {"__init__": qt.__init__})()
    return made


def translating_classes() -> dict[str, str]:
    """Each context of the catalogue that is the name of a class, and the module that defines it."""
    contexts = {entry.context for entry in CHINESE}
    return {
        node.name: ".".join(module.path.with_suffix("").parts)
        for module in modules("desktop")
        for node in module.tree.body
        if isinstance(node, ast.ClassDef) and node.name in contexts
    }


CLASSES = translating_classes()
