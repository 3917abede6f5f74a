"""The screenshots that the metainfo names: states of the window that the tests know how to draw."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from empty_home import empty_home

from installers.places import CHECKOUT

_SCALE = 2
SIZE = 960 * _SCALE, 720 * _SCALE
"""In px."""

DEFAULT_LANGUAGE = "en"


class Shot(NamedTuple):
    """A `state` of `tests.support.screens` in a theme, with a caption for each language it is drawn in."""

    state: str
    theme: str
    captions: Mapping[str, str]

    def file(self, language: str) -> str:
        """The name of its picture."""
        return f"{self.state}-{language}.png"


SHOTS = (
    Shot(
        "explained",
        "light",
        {
            "en": "An answer with a table, code and what it cost in tokens",
            "zh_CN": "带表格、代码和 Token 用量的回答",
        },
    ),
    Shot(
        "attached",
        "light",
        {
            "en": "What the model will see of each image, before it is sent",
            "zh_CN": "发送前即可看到模型所见的每张图片",
        },
    ),
    Shot(
        "collected",
        "dark",
        {
            "en": "All conversations, with search, in the dark theme",
            "zh_CN": "深色主题下的全部对话与搜索",
        },
    ),
)


def take_screenshots(python: Path, into: Path) -> list[Path]:
    """Draw the pictures of `SHOTS` into the folder `into`, in every language, and return their paths.

    `python`: that of `.venv`. Raises `CalledProcessError` if the window could not be drawn.
    """
    into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, empty_home() as env:
        command = [str(python), "-m", "tests.support.screens", folder, *(shot.state for shot in SHOTS)]
        subprocess.run(command, cwd=CHECKOUT, env={**env, "QT_SCALE_FACTOR": str(_SCALE)}, check=True)
        return [
            Path(shutil.copyfile(Path(folder, _drawn(shot, language)), into / shot.file(language)))
            for shot in SHOTS
            for language in shot.captions
        ]


def _drawn(shot: Shot, language: str) -> str:
    return f"{shot.state}-{shot.theme}-{language}-{_SCALE * 100}.png"
