"""Make `resources/notices/` anew: whose work comes with the app, in which version, under which licence.

`python packaging/refresh_notices.py` (in `.venv`) takes what was reviewed from `notices.toml`, and versions
and texts from what is installed; on Debian 12 with the oldest Python that the app runs with, which has all of
it. With `--check` nothing is changed, and the exit status is 1 when anything would be.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import sysconfig
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from installers.notices import COMMON, NOTICES
from installers.places import CHECKOUT

TABLE = CHECKOUT / "packaging" / "notices.toml"

_FROM_FILES = {
    "python": Path(sysconfig.get_path("stdlib"), "LICENSE.txt"),
    "lucide": CHECKOUT / "resources" / "icons" / "LICENSE",
}
_LICENCE_FILE = re.compile(r"(?i)^(licen[cs]e|copying|notice|model_licenses|authors)")
_COPYRIGHT = re.compile(r"(?im)^[ \t*#]*copyright[ :]+((?:\(c\)|©|(?=.*\d{4}))[^\n{}]{4,120})$")
_MOST_HOLDERS = 6

Row = dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    """Rewrite what differs; the exit status is 1 if only asked to check and anything does."""
    parser = argparse.ArgumentParser(description="Keep the third-party notices up to date.")
    parser.add_argument("--check", action="store_true", help="change nothing")
    only_check = parser.parse_args(arguments).check
    wanted = contents(tomllib.loads(TABLE.read_text(encoding="utf-8")))
    changed = [path for path, content in wanted.items() if _read(path) != content]
    superfluous = [path for path in sorted(NOTICES.rglob("*.*")) if path not in wanted]
    for path in [*changed, *superfluous]:
        print(f"{'differs' if only_check else 'written anew'}: {path.relative_to(CHECKOUT)}")
    if not only_check:
        _write({path: wanted[path] for path in changed}, superfluous)
    return 1 if only_check and (changed or superfluous) else 0


def contents(table: Mapping[str, Any]) -> dict[Path, str]:
    """What the files of `resources/notices/` should hold, by their paths.

    Raises:
        ValueError: A row has no text, or no holder of the copyright.
    """
    texts = Texts()
    rows = [_package(row, texts) for row in table["package"]]
    rows += [_part(row, texts) for row in table["part"]] + [_other(row, texts) for row in table["other"]]
    for row in rows:
        if not row["texts"] or not row["copyright"]:
            raise ValueError(f"{row['name']} has no text or no holder of the copyright: {row}")
    rows.sort(key=lambda row: row["name"].casefold())
    found = {NOTICES / "notices.json": json.dumps(rows, ensure_ascii=False, indent=1) + "\n"}
    return found | {text_file(name): text for name, text in texts.used.items()}


def text_file(name: str) -> Path:
    """Where the text `name` is kept."""
    return NOTICES / "texts" / f"{name}.txt"


class Texts:
    """The licence texts that rows ask for, each once; `used` has them by name."""

    def __init__(self) -> None:
        self.used: dict[str, str] = {}
        self._common = {
            name: _tidy(Path("/usr/share/common-licenses", file)) for name, file in COMMON.items()
        }

    def named(self, name: str) -> str:
        """Take in the text that a row names, and return the name of its file.

        Those of the system are taken where none is kept: other systems have other versions of them.
        """
        _, _, package = name.partition("debian:")
        name = package or name
        if name in self.used:
            return name
        kept, system = text_file(name), Path("/usr/share/doc", package, "copyright")
        text = self._common.get(name) or _tidy(kept if kept.is_file() else _FROM_FILES.get(name, system))
        return self._take(name, text)

    def of_files(self, name: str, files: Iterable[Path]) -> list[str]:
        """Take in the texts of a package's files, as one unless others have the same."""
        names: list[str] = []
        own: dict[str, str] = {}
        for file in files:
            text = _tidy(file)
            common = next((name for name, known in self._common.items() if _same(text, known)), None)
            if common is not None:
                names.append(self.named(common))
            elif text not in own.values():
                own[file.relative_to(_root_of(file)).as_posix()] = text
        return [self._take(name, _joined(own)), *names] if own else names

    def _take(self, name: str, text: str) -> str:
        """The name under which this text is there already, or else `name`."""
        known = next((each for each, other in self.used.items() if other == text), name)
        self.used[known] = text
        return known


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _package(row: Mapping[str, Any], texts: Texts) -> Row:
    installed = distribution(row["name"])
    names = texts.of_files(row["name"], _licence_files(installed, row.get("files", ())))
    names += [texts.named(name) for name in row.get("texts", ()) if name not in names]
    holders = row.get("copyright") or _holders("".join(texts.used[name] for name in names[:1]))
    row = {**row, "version": installed.version, "copyright": holders, "name": row.get("title", row["name"])}
    return _row(row, names, row.get("modules") or _modules(installed), package=installed.name)


def _part(row: Mapping[str, Any], texts: Texts) -> Row:
    """What lies in a wheel: the wheel's own texts tell of it too."""
    installed = distribution(row["within"])
    if installed.version != row["reviewed"]:
        raise ValueError(
            f"{row['name']} was reviewed in {row['within']} {row['reviewed']}, not in {installed.version}"
        )
    names = [texts.named(name) for name in row.get("texts", ())]
    if row["within"] in texts.used and row["within"] not in names and "debian:" not in str(row.get("texts")):
        names.append(row["within"])
    return _row(row, names, [], package=installed.name)


def _other(row: Mapping[str, Any], texts: Texts) -> Row:
    return _row(row, [texts.named(name) for name in row["texts"]], list(row.get("modules", ())))


def _row(row: Mapping[str, Any], texts: list[str], modules: list[str], package: str = "") -> Row:
    version = row.get("version", "")
    sources = [row["source"], *([row["source-of-parts"]] if "source-of-parts" in row else [])]
    return {
        "name": row["name"],
        "version": version,
        "license": row["license"],
        "copyright": list(row["copyright"]),
        "source": [source.format(version=version) for source in sources],
        "texts": texts,
        "package": package,
        "modules": modules,
        "libraries": list(row.get("libraries", ())),
    }


def _licence_files(installed: Distribution, more: Iterable[str]) -> list[Path]:
    files = installed.files or []
    found = [
        Path(str(each.locate()))
        for each in files
        if ".dist-info" in each.parts[0] and _LICENCE_FILE.match(each.name)
    ]
    return sorted(found, key=lambda path: (len(path.parts), path)) + [
        Path(str(installed.locate_file(each))) for each in more
    ]


def _root_of(file: Path) -> Path:
    """The folder of licences that `file` lies in, or its own."""
    return next((folder for folder in file.parents if folder.name == "licenses"), file.parent)


def _modules(installed: Distribution) -> list[str]:
    """What of a package can be imported, by the first part of its name."""
    tops = {file.parts[0] for file in installed.files or [] if file.suffix in {".py", ".so"}}
    return sorted({top.partition(".")[0] for top in tops if not top.startswith("..")} - {"__pycache__"})


def _holders(text: str) -> list[str]:
    lines = (
        re.sub(r"^(\(c\)|©)\s*", "", match[1], flags=re.IGNORECASE) for match in _COPYRIGHT.finditer(text)
    )
    found = dict.fromkeys(" ".join(line.split()).rstrip(".") for line in lines)
    return list(found)[:_MOST_HOLDERS]


def _joined(texts: Mapping[str, str]) -> str:
    if len(texts) == 1:
        return next(iter(texts.values()))
    return "\n".join(f"{name}\n{'=' * len(name)}\n\n{text}" for name, text in texts.items())


def _tidy(path: Path) -> str:
    """A text in UTF-8 without what editors add: form feeds, blanks at ends of lines."""
    lines = path.read_text(encoding="utf-8-sig").replace("\f", "").splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def _same(text: str, other: str) -> bool:
    return text.split() == other.split()


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _write(changed: Mapping[Path, str], superfluous: Iterable[Path]) -> None:
    (NOTICES / "texts").mkdir(parents=True, exist_ok=True)
    for path, content in changed.items():
        path.write_text(content, encoding="utf-8", newline="\n")
    for path in superfluous:
        path.unlink()


if __name__ == "__main__":
    sys.exit(main())
