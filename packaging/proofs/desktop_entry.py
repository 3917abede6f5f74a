"""A desktop entry, and the command lines that a desktop makes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from configparser import RawConfigParser
from pathlib import Path

_ENTRY = "Desktop Entry"
_ACTION = "Desktop Action "
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')


class _AsWritten(RawConfigParser):
    """Keys differ by their case."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


class DesktopEntry:
    """What a desktop reads in the text of a `.desktop` file.

    Raises:
        configparser.Error: It is none.
    """

    def __init__(self, text: str) -> None:
        parser = _AsWritten(delimiters="=", comment_prefixes="#")
        parser.read_string(text)
        self._groups: Mapping[str, Mapping[str, str]] = parser

    @property
    def actions(self) -> list[str]:
        """The names of the actions in its menu."""
        return [name for name in self._groups[_ENTRY].get("Actions", "").split(";") if name]

    def command(self, *files: str, action: str = "") -> list[str]:
        """The words that run at a click on the program, at `files` being opened with it, or at an action."""
        line = self._groups[_ACTION + action if action else _ENTRY]["Exec"]
        # A backslash is doubled as in every string, before the rules of quoting in Exec.
        words = [
            bare or re.sub(r"\\(.)", r"\1", quoted)
            for quoted, bare in _WORD.findall(line.replace(r"\\", "\\"))
        ]
        return [expanded for word in words for expanded in self._expanded(word, files)]

    def _expanded(self, word: str, files: Sequence[str]) -> list[str]:
        match word:
            case "%f":
                return list(files[:1])
            case "%F":
                return list(files)
            case "%u":
                return [Path(file).as_uri() for file in files[:1]]
            case "%U":
                return [Path(file).as_uri() for file in files]
            case _:
                return [re.sub(r"%(.)", self._meant, word)]

    def _meant(self, code: re.Match[str]) -> str:
        """A code inside a word; one that is out of use stands for nothing."""
        return {"%": "%", "c": self._groups[_ENTRY]["Name"]}.get(code[1], "")
