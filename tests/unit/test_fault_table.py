"""The list of faults is whole: names, kinds of error, and their sentences in every language."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from desktop.domain.provider_errors import (
    AnswerTooLong,
    CertificatesUnusable,
    KeyInTheClear,
    ProviderError,
    ProxyUnusable,
    ServerUnreachable,
)
from desktop.domain.refusals import (
    ContextTooLong,
    ContextTooLongFor,
    HomelessKeyRejected,
    QuestionTooLong,
    RequestTooLarge,
)
from desktop.paths import resource
from tests.support.faults import FAULTS
from tests.support.faults.__main__ import kinds, kinds_met, table

LEAST = 80

NOTHING_MORE_IS_KNOWN = {ProviderError, ProxyUnusable, CertificatesUnusable, ServerUnreachable}
"""Kinds for what no library and no system has been seen to do."""

MET_ELSEWHERE = {
    AnswerTooLong,
    KeyInTheClear,
    QuestionTooLong,
    ContextTooLong,
    ContextTooLongFor,
    RequestTooLarge,
    HomelessKeyRejected,
}
"""The first where bounds are tried, the second before anything is sent, the last by whoever looks for the
region of a key; the others by the window's own questions."""


def test_there_are_as_many_as_were_promised_and_each_has_its_name() -> None:
    names = [(fault.group, fault.name) for fault in FAULTS]
    assert len(set(names)) == len(names) >= LEAST


def test_every_kind_of_error_is_met() -> None:
    assert set(kinds()) - kinds_met() == NOTHING_MORE_IS_KNOWN | MET_ELSEWHERE


def test_the_table_has_a_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    lines = table()
    assert sum(line.startswith("| ") for line in lines) == len(FAULTS) + 1
    assert lines[-1].startswith(f"{len(FAULTS)} faults (")
    with capsys.disabled():
        print(f"\n{lines[-1]}")


@pytest.mark.parametrize(
    "catalogue", sorted(resource("translations").glob("*.ts")), ids=lambda path: path.stem
)
def test_every_sentence_is_translated(catalogue: Path) -> None:
    translated = {
        message.findtext("source")
        for message in ET.parse(catalogue).iter("message")
        if message.find("translation[@type]") is None
    }
    assert {kind.sentence for kind in kinds()} <= translated
