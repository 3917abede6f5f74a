"""Answers of five kinds and of any length, the same in every run; all words are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle
from random import Random

_TEXT = """
the export stops because its folder is full and every later job waits behind it so nobody sees the error until
a client asks where last night's report has gone which takes most of a morning to find out when logs are kept
apart from metrics in two systems with clocks that differ by three seconds
"""
_WORDS = _TEXT.split()
_CHINESE = (
    "截图里的对话框说明导出任务在写入第三个分区时停止，原因是目标目录没有足够的空间。",
    "先清理旧的归档文件，再重新运行任务；之前已经写完的部分不会丢失。",
    "如果同样的错误再次出现，请检查定时任务的时间是否与备份重叠。",
)
_NAMES = ("queue", "report", "ledger", "backup", "client", "folder", "window", "number")


def answer(kind: str, size: int) -> str:
    """The first `size` characters of the endless answer of this `kind`, one of `KINDS`."""
    pieces, length = [], 0
    for piece in _ENDLESS[kind](Random(kind)):  # noqa: S311 - the same in every run
        pieces.append(piece)
        length += len(piece)
        if length >= size:
            break
    return "".join(pieces)[:size]


def deltas(text: str, size: int) -> list[str]:
    """`text` in pieces of `size` characters, as a server sends it."""
    return [text[begin : begin + size] for begin in range(0, len(text), size)]


# ── the five kinds ──────────────────────────────────────────────────────────────────────────────


def _mixed(chance: Random) -> Iterator[str]:
    """What assistants write: every kind of block in turn, none of them long."""
    parts = (_heading, _prose, _bullets, _code_block, _chinese, _table_block, _steps, _quote, _formula)
    for part in cycle(parts):
        yield part(chance) + "\n\n"


def _list(chance: Random) -> Iterator[str]:
    """One list without an end, two levels deep."""
    while True:
        yield f"- {_sentence(chance, 14)}\n"
        for _ in range(chance.randrange(3)):
            yield f"  - {_sentence(chance, 9)}\n"


def _code(chance: Random) -> Iterator[str]:
    """One fence that is never closed."""
    yield "```python\n"
    while True:
        yield _function(chance) + "\n\n"


def _table(chance: Random) -> Iterator[str]:
    """One table without an end, of four columns."""
    yield "| name | what was seen | count | share |\n|---|---|---:|---:|\n"
    while True:
        yield _row(chance)


def _paragraph(chance: Random) -> Iterator[str]:
    """One paragraph without a line end."""
    while True:
        yield _sentence(chance, 16) + " "


_ENDLESS: dict[str, Callable[[Random], Iterator[str]]] = {
    "mixed": _mixed,
    "list": _list,
    "code": _code,
    "table": _table,
    "paragraph": _paragraph,
}

KINDS = tuple(_ENDLESS)


# ── parts ───────────────────────────────────────────────────────────────────────────────────────


def _sentence(chance: Random, words: int) -> str:
    """About `words` words, of which every fifth sentence has one bold, in code or linked."""
    chosen = chance.choices(_WORDS, k=words)
    dressed = chance.choice(("**{}**", "`{}`", "*{}*", "[{}](https://example.org/a)", *["{}"] * 16))
    chosen[words // 2] = dressed.format(chosen[words // 2])
    return " ".join(chosen).capitalize() + "."


def _heading(chance: Random) -> str:
    return f"{'#' * chance.randint(2, 4)} {_sentence(chance, 4)[:-1]}"


def _prose(chance: Random) -> str:
    return " ".join(_sentence(chance, 13) for _ in range(5))


def _bullets(chance: Random) -> str:
    items = [f"- {_sentence(chance, 9)}" for _ in range(5)]
    return "\n".join([*items, f"  - {_sentence(chance, 7)}", f"- [x] {_sentence(chance, 5)}"])


def _steps(chance: Random) -> str:
    return "\n".join(f"{number}. {_sentence(chance, 10)}" for number in range(1, 6))


def _code_block(chance: Random) -> str:
    return f"```python\n{_function(chance)}\n```"


def _function(chance: Random) -> str:
    name, thing = chance.sample(_NAMES, 2)
    limit = chance.randrange(10, 1000)
    return (
        f"def {name}_{limit}({thing}: list[int], limit: int = {limit}) -> int:\n"
        f'    """{_sentence(chance, 7)}"""\n'
        f"    total = 0\n"
        f"    for index, value in enumerate({thing}):\n"
        f"        if value > limit:  # {' '.join(chance.choices(_WORDS, k=5))}\n"
        f'            raise ValueError(f"{name} {{index}} is {{value}}")\n'
        f"        total += value * {limit % 7}\n"
        f"    return total"
    )


def _table_block(chance: Random) -> str:
    return "| name | what was seen | count | share |\n|---|---|---:|---:|\n" + "".join(
        _row(chance) for _ in range(5)
    )


def _row(chance: Random) -> str:
    name, count = chance.choice(_NAMES), chance.randrange(10_000)
    return f"| `{name}` | {_sentence(chance, 6)} | {count} | {count / 100:.1f} % |\n"


def _quote(chance: Random) -> str:
    return f"> {_sentence(chance, 12)}\n> {_sentence(chance, 12)}"


def _chinese(chance: Random) -> str:
    return "".join(chance.choices(_CHINESE, k=4))


def _formula(chance: Random) -> str:
    index, number = chance.randrange(9), chance.randrange(99)
    return f"It grows as $a_{index} * b_{index}$, so that $$n^2 + {number}$$ holds."
