"""What is read back from a disk or from another start: settings and handed-over names."""

import json
import os
import random
import shutil
import tempfile
from asyncio import Runner
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop.domain.endpoints import base_url, profile_of, provider_host
from desktop.domain.errors import SettingsNotSaved
from desktop.domain.provider_errors import InvalidAddress
from desktop.domain.settings import (
    TEXT_PERCENT_RANGE,
    TIME_LIMIT_RANGE,
    Endpoint,
    Network,
    Settings,
    from_json,
    to_json,
)
from desktop.instance.message import Handover, decoded, encoded
from desktop.storage.settings_file import SettingsFile
from tests.support.fuzz.engine import Target
from tests.support.fuzz.mutation import mutated
from tests.support.fuzz.texts import encoded as as_bytes
from tests.support.fuzz.texts import hostile_text
from tests.support.fuzz.values import any_value, damaged_value, dumped

_SETTINGS = replace(
    Settings(),
    endpoint=Endpoint("custom", base_url="https://models.example/v1"),
    others=(Endpoint("ollama"), Endpoint("dashscope", region="us-east-1", workspace="ws-1")),
    network=Network("custom", "http://proxy.example:8080", "me", "/etc/ssl/own.pem"),
    thinking_budget=1_000,
    geometry="AdnQywADAAA=",
)
_WORDS = (
    b"null",
    b"{",
    b"[",
    b'"',
    b"NaN",
    b"-Infinity",
    b"1e999",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\0",
    b'"others":',
)
_HANDOVER = Handover(
    ("/tmp/a.png", "https://a.example/b.png", "data:image/png;base64,aGVsbG8="), True, "token"
)


class SettingsFiles(Target):
    """A file of settings: what comes of it is in order, and the same when it was written and read."""

    name = "settings"
    peak_mb = 32

    def __init__(self) -> None:
        self._folder, self._runner = Path(), Runner()

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="fuzz-settings-"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.close()
        shutil.rmtree(self._folder)

    def make(self, chance: random.Random) -> bytes:
        real = json.loads(to_json(_SETTINGS))
        value = damaged_value(chance, chance.choice((real, real, any_value(chance))), 12)
        return mutated(chance, as_bytes(dumped(chance, value)), _WORDS, 2)

    def check(self, data: bytes) -> str:
        for path in self._folder.iterdir():
            path.unlink()
        path = self._folder / "settings.json"
        path.write_bytes(data)
        settings, problem = SettingsFile(path).load()
        _judge(settings)
        try:
            self._runner.run(SettingsFile(path).save(settings))
        except SettingsNotSaved:
            return "not saved"
        assert SettingsFile(path).load() == (settings, None)
        assert from_json(to_json(settings)) == settings
        left = {each.name for each in self._folder.iterdir()}
        assert left == {"settings.json", *(["settings.json.broken-1"] if problem else [])}
        return type(problem).__name__ if problem else "read" if settings != Settings() else "defaults"


class Handovers(Target):
    """What a second start says: names by which the system could know files, or nothing."""

    name = "handovers"
    peak_mb = 32

    def make(self, chance: random.Random) -> bytes:
        fields = json.loads(encoded(_HANDOVER))
        fields["images"].append(hostile_text(chance, most=4))
        return mutated(chance, as_bytes(dumped(chance, damaged_value(chance, fields))), _WORDS, 2)

    def check(self, data: bytes) -> str:
        found = decoded(data)
        if found is None:
            return "nothing"
        assert decoded(encoded(found)) == found
        assert all(each and b"\0" not in os.fsencode(each) for each in found.images)
        assert found.token.isprintable()
        return "names"


def _judge(settings: Settings) -> None:
    least, most = TEXT_PERCENT_RANGE
    assert least <= settings.text_percent <= most
    limits = settings.limits
    least_s, most_s = TIME_LIMIT_RANGE
    for seconds in (limits.connect, limits.first, limits.idle, limits.thinking):
        assert least_s <= seconds <= most_s
    assert len({*settings.others, settings.endpoint}) == len(settings.others) + 1
    for endpoint in settings.endpoints:
        profile_of(endpoint)
        provider_host(endpoint)
        with suppress(InvalidAddress):
            base_url(endpoint)
