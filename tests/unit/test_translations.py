"""The catalogues: whole, compiled, and true to the sources in what must not be translated."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.scripts import load_script
from tests.support.source import modules

translations = load_script("translations")

CATALOGUES: list[Path] = sorted(translations.CATALOGUES.glob("*.ts"))
CHINESE: Path = translations.CATALOGUES / "viewfinder_zh_CN.ts"

PLACEHOLDER = re.compile(r"\{[^{}]*\}")
MNEMONIC = re.compile(r"&(\w)")
HAN = r"[\u4e00-\u9fff]"
SQUEEZED = re.compile(rf"{HAN}[A-Za-z0-9{{]|[A-Za-z0-9}}]{HAN}")
"""Chinese and Latin without a space between them."""
NARROW = re.compile(rf"{HAN}[,;:?!.]|[,;:?!]{HAN}")
"""A Latin mark where a Chinese one belongs."""
NAME_WITH_DIGIT = "华北2"
"""The vendor's own spelling of a region."""

every_catalogue = pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The Chinese catalogue and its compiled form, to be spoilt."""
    for suffix in (".ts", ".qm"):
        shutil.copy(CHINESE.with_suffix(suffix), tmp_path)
    return tmp_path / CHINESE.name


def test_simplified_chinese_is_there() -> None:
    assert CHINESE in CATALOGUES


def test_the_command_finds_nothing_to_do_and_changes_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in translations.CATALOGUES.iterdir()}

    status = translations.main(["--check"])

    assert capfd.readouterr() == ("", "")
    assert status == 0
    assert {path: path.read_bytes() for path in translations.CATALOGUES.iterdir()} == before


@every_catalogue
def test_placeholders_stay(catalogue: Path) -> None:
    """In number and name: a sentence that is filled in must not fail, nor lose a fact."""
    assert differing(catalogue, lambda words: sorted(PLACEHOLDER.findall(words))) == []


@every_catalogue
def test_menu_letters_stay(catalogue: Path) -> None:
    """The letter that opens a menu is the same in every language, as Chinese apps have it: 文件(&F)."""
    assert differing(catalogue, lambda words: [letter.upper() for letter in MNEMONIC.findall(words)]) == []


@every_catalogue
def test_edges_stay(catalogue: Path) -> None:
    """Blanks around the words, line breaks, and the dots that promise more."""
    assert differing(catalogue, _edges) == []
    assert differing(catalogue, lambda words: words.count("…")) == []


def _edges(words: str) -> tuple[bool, ...]:
    """What stands between the members of a list is all edge: “, ” in one language, “、” in another."""
    if not words.strip(" ,、"):
        return ()
    return words[:1] == " ", words[-1:] == " ", "\n" in words


def test_chinese_is_set_as_chinese() -> None:
    """Spaces between Chinese and Latin, Chinese marks between Chinese words, letters of menus in brackets."""
    words = [entry.translation.replace(NAME_WITH_DIGIT, "") for entry in translations.messages(CHINESE)]

    assert [text for text in words if SQUEEZED.search(text)] == []
    assert [text for text in words if NARROW.search(text)] == []
    assert [text for text in words if "&" in text and not re.search(r"\(&[A-Z]\)…?$", text)] == []


@pytest.mark.parametrize("module", modules("desktop"), ids=lambda module: str(module.path))
def test_lupdate_sees_what_the_code_says(module: Any) -> None:
    """It knows functions by their names only: under an alias a context becomes a text."""
    collected = {(entry.context, entry.source) for entry in translations.messages(CHINESE)}

    assert set(said_in(module.tree)) - collected == set()


def test_the_command_names_what_is_not_translated(copy: Path) -> None:
    spoil(copy, "<translation>关闭</translation>", '<translation type="unfinished">关闭</translation>')
    spoil(copy, "<translation>语言</translation>", "<translation></translation>")

    faults = "\n".join(translations.faults_of(copy))

    assert "not translated: Banner: Close" in faults
    assert "not translated: AppearancePage: Language" in faults


def test_the_command_sees_other_words_in_the_sources(copy: Path) -> None:
    spoil(copy, "<source>Language</source>", "<source>Tongue</source>")

    faults = list(translations.faults_of(copy))

    assert f"{copy.name}: not what the sources say" in faults
    assert f"{copy.name}: not translated: AppearancePage: Language" in faults


def test_the_command_sees_a_compiled_form_that_is_old_or_missing(copy: Path) -> None:
    spoil(copy, "<translation>语言</translation>", "<translation>语 言</translation>")
    fault = f"{copy.with_suffix('.qm').name}: not what the catalogue says"

    assert fault in translations.faults_of(copy)
    copy.with_suffix(".qm").unlink()
    assert fault in translations.faults_of(copy)
    translations.release(copy, copy.with_suffix(".qm"))
    assert fault not in translations.faults_of(copy)


def differing(catalogue: Path, feature: Any) -> list[Any]:
    """The messages whose translation has another `feature` than its source."""
    entries = translations.messages(catalogue)
    return [entry for entry in entries if feature(entry.source) != feature(entry.translation)]


def spoil(catalogue: Path, before: str, after: str) -> None:
    text = catalogue.read_text(encoding="utf-8")
    assert before in text
    catalogue.write_text(text.replace(before, after), encoding="utf-8")


def said_in(tree: ast.AST, class_name: str = "") -> Iterator[tuple[str, str]]:
    """Context and text of all that is marked for translation below `tree`, by whatever name."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.ClassDef(name=name):
                yield from said_in(node, name)
                continue
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr="tr"), args=[text, *_]):
                yield class_name, ast.literal_eval(text)
            case ast.Call(
                func=ast.Attribute(attr="translate") | ast.Name(id="tr" | "translate" | "QT_TRANSLATE_NOOP"),
                args=[ast.Constant(value=str(context)), ast.Constant(value=str(text)), *_],
            ):
                yield context, text
            case _:
                pass
        yield from said_in(node, class_name)
