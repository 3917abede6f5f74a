"""What is dropped and pasted, and answers in a real transcript."""

import random
from types import TracebackType
from typing import Self

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.domain.visible import on_one_line
from desktop.ui.intake import intake_of, sources_of
from desktop.ui.transcript import accessible
from desktop.ui.transcript.copying import copied
from desktop.ui.transcript.finding import Finding
from desktop.ui.transcript.view import TranscriptView
from desktop.ui.virtual_files import CONTENTS, DESCRIPTOR
from tests.support.fuzz.engine import Target
from tests.support.fuzz.mutation import cuts, mutated, own_chance
from tests.support.fuzz.texts import ADDRESSES, decoded, encoded, hostile_text
from tests.support.fuzz.words import HtmlJudge, markdown
from tests.support.pictures import png
from tests.support.shown_transcript import settle
from tests.support.transcripts import Talk

_FORMATS = (
    *(
        "text/uri-list",
        "text/plain",
        "text/html",
        "image/png",
        "image/bmp",
        "application/x-qt-image",
        DESCRIPTOR,
    ),
    *(
        "x-special/gnome-copied-files",
        "application/x-promised-file",
        CONTENTS,
        "text/markdown",
        "\u202ex/y",
        "",
    ),
)
_LONGEST = 4_000


class Drops(Target):
    """`intake_of`, `sources_of`: whatever a program offers, it is told and taken, or not."""

    name = "drops"
    peak_mb = 32

    def __enter__(self) -> Self:
        _application()
        return self

    def make(self, chance: random.Random) -> bytes:
        lines = [chance.choice((*ADDRESSES, "file:///tmp/a.png", hostile_text(chance))) for _ in range(3)]
        words = tuple(map(encoded, ADDRESSES))
        return mutated(
            chance, chance.choice((encoded("\r\n".join(lines)), png(), chance.randbytes(600))), words
        )

    def check(self, data: bytes) -> str:
        chance, mime = own_chance(data), QMimeData()
        for name in chance.sample(_FORMATS, chance.randint(1, 4)):
            mime.setData(name, data)
        if chance.random() < 0.3:
            mime.setUrls(
                [QUrl(decoded(line).encode(errors="replace").decode()) for line in data.splitlines()[:50]]
            )
        intake = intake_of(mime)
        sources = sources_of(mime, "dropped")
        for source in sources:
            assert source.name == on_one_line(source.name)
        return "images" if sources else "text" if intake.text else "links" if intake.links else "nothing"


class Transcripts(Target):
    """An answer that comes in pieces, laid out, painted, selected, copied, searched and read aloud."""

    name = "transcripts"
    peak_mb = 64
    tries = 60
    some = 15
    many = 240

    def __enter__(self) -> Self:
        _application()
        accessible.install()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        QGuiApplication.clipboard().clear()

    def make(self, chance: random.Random) -> bytes:
        return markdown(chance)[:_LONGEST]

    def check(self, data: bytes) -> str:
        chance, talk = own_chance(data), Talk().ask(decoded(data[:300])).begin()
        view = TranscriptView(talk.model)
        view.resize(chance.choice((60, 300, 700)), 400)
        view.show()
        try:
            pieces = cuts(chance, data)
            together = max(1, len(pieces) // 12)
            for at in range(0, len(pieces), together):
                talk.stream(decoded(b"".join(pieces[at : at + together])))
                settle()
            talk.finish()
            settle()
            return self._used(view, chance)
        finally:
            view.deleteLater()
            settle()

    def _used(self, view: TranscriptView, chance: random.Random) -> str:
        bar = view.verticalScrollBar()
        for place in (0, chance.randrange(bar.maximum() + 1), bar.maximum()):
            bar.setValue(place)
            settle()
            assert not view.viewport().grab().isNull()
        view.selecting.select_all()
        blocks = view.selecting.selected()
        HtmlJudge().judge(copied(blocks).html)
        _find(view, chance)
        _read_aloud(QAccessible.queryAccessibleInterface(view))
        return "selected" if blocks else "nothing"


def _find(view: TranscriptView, chance: random.Random) -> None:
    finding = Finding(view.column, view)
    finding.search(chance.choice(("a", "e\u0301", "ß", "字", "|", "\n")), 0)
    while finding.is_searching:
        settle()


def _read_aloud(item: QAccessibleInterface) -> None:
    """All names, and all words between any two places."""
    item.text(QAccessible.Text.Name)
    text = item.textInterface()
    if text is not None:
        end = text.characterCount()
        for begin in {0, end // 3, max(0, end - 1)}:
            text.text(begin, end)
            text.characterRect(begin)
    for index in range(item.childCount()):
        _read_aloud(item.child(index))


def _application() -> None:
    if QApplication.instance() is None:
        QApplication([])
