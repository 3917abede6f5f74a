"""Things that can be told wherever they turn up: keys, words, pictures; and servers that repeat them."""

from collections.abc import Iterable
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from desktop.domain.images import digest
from tests.support.server import End, Received, Reply, ScriptedServer, events, whole
from tests.support.server_scripts import chat_events
from tests.support.traces import forms, parts

KEY = "sk-K7qZ2mVx9RtB4wLp8NcY3hJd6FgS1aTe"
ENVIRONMENT_KEY = "sk-E1fNvQ5mXz8RuB2wKp9McY4hGd7JgS3aT"

KEPT = "kept-question-5d1c77e0-xkqzvw"
KEPT_ANSWER = "kept-answer-83f0b2aa"
DELETED = "deleted-question-c41e9a06-xdqzvw"
DELETED_ANSWER = "deleted-answer-1b7d25f3"
DRAFT = "deleted-draft-6ee08d14"
UNKEPT = "unkept-question-f2a83b95-xuqzvw"
UNKEPT_ANSWER = "unkept-answer-90c6d7e1"
INDEXED = {KEPT: "xkqz", DELETED: "xdqz", UNKEPT: "xuqz"}
"""What the index of all conversations would hold of them, and of nothing else."""

NOISE = 60.0
"""So that no two pictures have the same bytes, and none can be packed."""


class MarkedPicture:
    """A PNG in `folder`, which holds nothing else; its folder, its name and its metadata can all be told."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder_name, self.name, self.note = (
            f"{kind}-{what}-7b31f8d2" for what in ("folder", "name", "note")
        )
        self.path = folder / self.folder_name / f"{self.name}.png"
        self.path.parent.mkdir(parents=True)
        note = PngInfo()
        note.add_text("Comment", self.note)
        Image.effect_noise((320, 200), NOISE).save(self.path, pnginfo=note)

    @property
    def words(self) -> tuple[str, ...]:
        """All that tells of it, as text."""
        return self.folder_name, self.name, self.note, digest(self.path.read_bytes())

    @property
    def pixels(self) -> bytes:
        """Some of its bytes, which are sent and kept as they are."""
        data = self.path.read_bytes()
        return data[len(data) // 2 :][:64]


def forms_of(*words: str) -> frozenset[bytes]:
    """All forms of all `words`."""
    return frozenset(form for word in words for form in forms(word))


def forms_of_keys(*keys: str) -> frozenset[bytes]:
    """All forms of `keys`, and their parts in plain."""
    return forms_of(*keys).union(*map(parts, keys))


# ── what servers say ────────────────────────────────────────────────────────────────────────────


def answer(text: str) -> Reply:
    """Streamed to its end."""
    return events(*chat_events(text))


def broken_off(text: str) -> Reply:
    """All of `text`, then nothing: the connection closes."""
    return events(*chat_events(text)[:-2], End.CUT)


def unending(text: str) -> Reply:
    """All of `text`, then silence."""
    return events(*chat_events(text)[:-2], End.HANG)


def refusal(status: int, *repeated: str) -> Reply:
    """An error that repeats what was sent, in its head and in its body."""
    reason = "Incorrect API key provided" if status == 401 else "This went wrong with"
    words = f"{reason}: {KEY}, Bearer {KEY}. You asked: {' '.join(repeated)}"
    return whole(
        {"error": {"message": words, "code": "marked", "request": {"authorization": KEY}}},
        status=status,
        headers={"X-Echo": words, "X-Request-Id": KEY},
    )


def redirect(server: ScriptedServer) -> Reply:
    """To the same place at `server`, with a method and a body that stay."""
    headers = {"Location": f"{server.url}/chat/completions"}
    return whole(b"", status=307, headers=headers)


def said(requests: Iterable[Received]) -> bytes:
    """All that `requests` hold but for the key where it belongs."""
    return b"\n".join(
        part
        for request in requests
        for part in (
            request.target.encode(),
            str({name: value for name, value in request.headers.items() if name != "authorization"}).encode(),
            request.body,
        )
    )
