"""The openai SDK as a reader of streams: a program, because the SDK lies apart from the app's packages.

It reads a server's address from each line of its input, asks there, and prints what it heard as a line of
JSON: `text`, `finish` (the word for the end), `usage` (three counts) and `chunks` (how many came); or
`refused`, the name of its error.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.scripts import CHECKOUT

_COUNTS = ("prompt_tokens", "completion_tokens", "total_tokens")


class SdkReader:
    """The running program."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def heard(self, url: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(url, file=self._process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def sdk_reader() -> Iterator[SdkReader]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.sdk_reader"],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # The SDK complains there of its own generators, of answers that are cut off.
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        yield SdkReader(process)


# ── the program ─────────────────────────────────────────────────────────────────────────────────


async def _serve() -> None:
    # After the app's own packages, of which it needs the same versions.
    sys.path.append(str(Path(sys.prefix, "rivals")))
    import openai  # type: ignore[import-not-found]

    loop = asyncio.get_running_loop()
    while url := (await loop.run_in_executor(None, sys.stdin.readline)).strip():
        async with openai.AsyncOpenAI(api_key="key", base_url=url, max_retries=0, timeout=20) as client:
            try:
                answer = await _heard(client)
            # Whatever it raises is its way to say no, one of the libraries' below it included.
            except Exception as error:  # noqa: BLE001 - see above
                answer = {"refused": type(error).__name__}
        print(json.dumps(answer), flush=True)


async def _heard(client: Any) -> dict[str, Any]:
    """As the SDK's manual reads a stream."""
    question = [{"role": "user", "content": "?"}]
    stream = await client.chat.completions.create(model="a-model", messages=question, stream=True)
    words: list[str] = []
    heard: dict[str, Any] = {"finish": None, "usage": None, "chunks": 0}
    async for chunk in stream:
        heard["chunks"] += 1
        if chunk.usage is not None:
            heard["usage"] = [getattr(chunk.usage, name) for name in _COUNTS]
        for choice in chunk.choices:
            if choice.index == 0:
                words.append(choice.delta.content or choice.delta.refusal or "")
                heard["finish"] = choice.finish_reason or heard["finish"]
    return {**heard, "text": "".join(words)}


if __name__ == "__main__":
    asyncio.run(_serve())
