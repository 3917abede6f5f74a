"""One window in one state, to be drawn."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, SignalInstance
from PySide6.QtWidgets import QWidget

from desktop.domain.images import ImageFile
from desktop.paths import resource
from desktop.ui.shell import Shell
from desktop.viewmodels.session import SessionViewModel
from tests.support.scripted import ScriptedBackend

RECEIPT = resource("samples", "receipt.png")
ERROR = resource("samples", "error.png")

ENGLISH_ANSWER = """The dialog reports that the **export was refused** because the disk is full:

| where | free | needed |
|---|---:|---:|
| `/var` | 12 MB | 480 MB |
| `/home` | 96 GB | – |

1. Free some space, or point the export elsewhere.
2. Run it again:

```python
from pathlib import Path

def export(target: Path, rows: list[str]) -> int:
    # Written as a whole, so that nobody reads half a file.
    return target.write_text("\\n".join(rows))
```

> The job keeps its place: nothing that was exported before is lost.

See the [handbook](https://example.org/export) for the list of targets.
"""

CHINESE_ANSWER = """对话框提示**导出失败**，原因是磁盘空间不足：

| 位置 | 可用 | 需要 |
|---|---:|---:|
| `/var` | 12 MB | 480 MB |
| `/home` | 96 GB | – |

1. 先清理空间，或把导出目录换到别处。
2. 然后重新运行:

```python
from pathlib import Path

def export(target: Path, rows: list[str]) -> int:
    # 一次写完，避免读到半个文件。
    return target.write_text("\\n".join(rows))
```

> 任务会记住进度：之前导出的内容不会丢失。

导出目标的列表见[手册](https://example.org/export)。
"""


@dataclass(slots=True)
class Stage:
    """One window in one state; `picture` is what is grabbed, the window itself if None.

    `held` is what is dragged: Qt does not keep it.
    """

    session: SessionViewModel
    shell: Shell
    backend: ScriptedBackend
    never: asyncio.Event
    chinese: bool
    picture: QWidget | None = None
    held: QMimeData | None = None

    @property
    def answer(self) -> str:
        return CHINESE_ANSWER if self.chinese else ENGLISH_ANSWER

    def say(self, english: str, chinese: str) -> str:
        return chinese if self.chinese else english

    async def attach(self, *paths: Path) -> None:
        self.session.composer.add([ImageFile(path) for path in paths])
        await self.loaded()

    async def loaded(self) -> None:
        """Until nothing is on its way any more."""
        await until(self.session.composer.loading_changed, lambda: not self.session.composer.is_loading)

    async def ask(self, english: str = "What went wrong here?", chinese: str = "这里出了什么问题?") -> None:
        await self.attach(ERROR)
        self.session.composer.put(self.say(english, chinese), self.session.composer.items)
        self.session.send("")

    async def asked(self) -> None:
        await self.ask()
        await self.finished()

    async def finished(self) -> None:
        await until(self.session.chat.busy_changed, lambda: not self.session.chat.is_busy)


async def until(signal: SignalInstance, is_so: Callable[[], bool]) -> None:
    """Wait until `is_so`, which may change whenever `signal` comes."""
    heard = asyncio.Event()
    connection = signal.connect(lambda *_: heard.set())
    while not is_so():
        heard.clear()
        await heard.wait()
    signal.disconnect(connection)


State = Callable[[Stage], Awaitable[None]]
"""Brings a window into one state."""
