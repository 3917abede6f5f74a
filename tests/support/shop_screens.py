"""States of the window for those who do not have the app yet: software centres show them."""

import asyncio
from pathlib import Path

from desktop.domain.events import Finished, ReasoningDelta, TextDelta, Usage, UsageReported
from tests.support.stage import ERROR, RECEIPT, Stage, State

_THINKING_SECONDS, _WRITING_SECONDS = 1.2, 1.4
"""As of a quick model: both are seen."""

_EXPLAINED = """The export stopped at an order in a **currency without an exchange rate**:

| order | currency | rate for February 2026 |
|---:|---|---|
| 10 377 | CHF | missing |

Add the rate and run it again, or skip such orders, so that one does not stop the rest:

```python
if order.currency not in CURRENCIES:
    skipped.append(order.id)
```
"""
_EXPLAINED_IN_CHINESE = """导出中断，原因是有一笔订单的**币种缺少汇率**：

| 订单 | 币种 | 2026 年 2 月汇率 |
|---:|---|---|
| 10 377 | CHF | 缺失 |

补上汇率后重新运行即可；或者跳过这类订单，不让一笔订单影响其余：

```python
if order.currency not in CURRENCIES:
    skipped.append(order.id)
```
"""
_OTHERS = (
    ("What did the apples cost?", "苹果多少钱？"),
    ("Add up what can be eaten", "把食品的金额加起来"),
    ("Translate this receipt", "翻译这张小票"),
)
"""Questions about the receipt, asked before."""


async def explained(stage: Stage) -> None:
    """An answer to what is in the picture, with all of both to be seen."""
    thought, written = _after(_THINKING_SECONDS), _after(_THINKING_SECONDS + _WRITING_SECONDS)
    stage.backend.answer_with(
        ReasoningDelta(stage.say("KeyError: 'CHF'.", "KeyError: 'CHF'。")),
        thought,
        TextDelta(stage.say(_EXPLAINED, _EXPLAINED_IN_CHINESE)),
        written,
        UsageReported(Usage(prompt_tokens=1262, completion_tokens=148, total_tokens=1410)),
        Finished("stop"),
    )
    await _ask(stage, ERROR, "What went wrong here?", "这里出了什么问题？")


async def collected(stage: Stage) -> None:
    """The same after other conversations, which are listed at the side."""
    stage.session.settings.change(side_list=True)
    for english, chinese in _OTHERS:
        stage.backend.answer_with(TextDelta("3.47"), Finished("stop"))
        await _ask(stage, RECEIPT, english, chinese)
        stage.session.library.begin()
    await explained(stage)


STATES: tuple[State, ...] = (explained, collected)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _after(seconds: float) -> asyncio.Event:
    event = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, event.set)
    return event


async def _ask(stage: Stage, picture: Path, english: str, chinese: str) -> None:
    await stage.attach(picture)
    stage.session.composer.put(stage.say(english, chinese), stage.session.composer.items)
    stage.session.send("")
    await stage.finished()
