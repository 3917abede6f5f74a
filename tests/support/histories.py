"""Histories on a real disk, and what may be in them."""

import asyncio
import hashlib
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import Any

from hypothesis import strategies as st

from desktop.domain.conversation import Answer, Conversation, MessageId, Node
from desktop.domain.errors import AppError
from desktop.domain.events import LineRead, Notice, NoticeRaised, Usage
from desktop.domain.history import Change, ConversationId, change_between
from desktop.domain.history_errors import ImageLost
from desktop.domain.images import Box, ImageChange, ImageInput, KeptImage, Size, digest
from desktop.domain.messages import ImagePart, LinkPart, Message, Part, TextPart, user_message
from desktop.domain.provider_errors import TimedOut
from desktop.domain.refusals import RateLimited, RequestRejected
from desktop.storage.history import SqliteHistory

ID = ConversationId(1)
OTHER = ConversationId(2)

Damage = Callable[[Path], object]
Use = Callable[[SqliteHistory], Coroutine[Any, Any, None]]


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[SqliteHistory]:
    """A history that is opened and, at the end, let go."""
    store = SqliteHistory(folder)
    try:
        await store.open()
        yield store
    finally:
        await store.aclose()


def in_history(folder: Path, *uses: Use) -> None:
    """Each of `uses` in a run of the app of its own."""

    async def run() -> None:
        for use in uses:
            async with opened(folder) as store:
                await use(store)

    asyncio.run(run())


def rows(folder: Path, statement: str) -> list[Any]:
    """What another program sees."""
    db = sqlite3.connect(folder / "history.db")
    try:
        return db.execute(statement).fetchall()
    finally:
        db.close()


def on_disk(folder: Path) -> bytes:
    """Every byte of every file, and the names of the files."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return b"\0".join(part for path in files for part in (path.name.encode(), path.read_bytes()))


# ── what may be said ────────────────────────────────────────────────────────────────────────────


def picture(number: int, name: str = "screen.png") -> ImageInput:
    """An image told from others by `number`; nobody here looks at its pixels."""
    data = b"\x89PNG picture %d " % number * 20
    size = Size(640 + number, 480)
    source = hashlib.sha256(b"source of %d" % number).hexdigest()
    thumbnail = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x08\0\0\0\x08 thumbnail %d " % number
    change = ImageChange("image/heic", turned=True, from_size=Size(4000, 3000), limit="pixels")
    return ImageInput(name, "image/png", data, size, source, thumbnail, change)


def whole(conversation: ConversationId, tree: Conversation, used: float = 1.0) -> Change:
    """All of `tree`."""
    return change_between(conversation, Conversation(), tree, used)


def asked(question: str = "What is this?", answer: str = "An error.", *images: ImageInput) -> Conversation:
    """One question and its answer."""
    tree = Conversation().ask(user_message(question, images), made=1.0)
    tree = tree.begin_answer(MessageId(0), "qwen3-vl-plus", made=2.0)
    return tree.set_answer(MessageId(1), Answer("qwen3-vl-plus", text=answer, finish="stop"))


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    ["磁盘已满", "👩‍👩‍👧‍👦 e\u0301", "a\0b", "x" * 5000, 'quoted "JSON" \\ {}', "\r\n\t"]
)
seconds = st.floats(0, 1e6)
pictures = st.builds(picture, st.integers(0, 5), texts)
parts: st.SearchStrategy[Part] = st.one_of(
    st.builds(TextPart, texts.filter(bool)), st.builds(ImagePart, pictures), st.builds(LinkPart, texts)
)
questions = st.builds(Message, st.just("user"), st.lists(parts, max_size=4).map(tuple))
errors: st.SearchStrategy[AppError] = st.one_of(
    st.builds(RateLimited, detail=texts, host=texts),
    st.builds(RequestRejected, detail=texts, host=texts, status=st.integers(400, 499), reason=texts),
    st.builds(TimedOut, host=texts, seconds=st.integers(0, 99)),
    st.builds(ImageLost, name=texts),
    st.builds(AppError, detail=texts, names=st.lists(texts, max_size=3).map(tuple)),
)
NOTICE_FACTS = sorted({name for each in Notice for _, name, _, _ in Formatter().parse(each.value) if name})
notices = st.builds(
    NoticeRaised,
    st.sampled_from(Notice),
    st.fixed_dictionaries(dict.fromkeys(NOTICE_FACTS, texts)),
)
boxes = st.builds(Box, *[st.integers(0, 9999)] * 4)
lines = st.builds(LineRead, st.integers(0, 9), boxes, texts, st.floats(0, 1))
counts = st.none() | st.integers(0, 1 << 40)
answers = st.builds(
    Answer,
    texts,
    provider=texts,
    text=texts,
    reasoning=texts,
    notices=st.lists(notices, max_size=2).map(tuple),
    lines=st.lists(lines, max_size=3).map(tuple),
    usage=st.none() | st.builds(Usage, *[counts] * 6),
    finish=st.sampled_from(["stop", "length", "content_filter", "tool_calls", "cancelled", "interrupted"]),
    error=st.none() | errors,
    seconds=seconds,
    thinking_seconds=seconds,
    first_seconds=seconds,
)


@st.composite
def trees(draw: st.DrawFn) -> Conversation:
    """A conversation of up to eight messages, of any shape."""
    nodes: list[Node] = []
    for number in range(draw(st.integers(1, 8))):
        parent = draw(st.none() | st.integers(0, number - 1).map(MessageId)) if number else None
        question = draw(questions) if parent is None or draw(st.booleans()) else None
        answer = draw(answers) if question is None else None
        nodes.append(Node(MessageId(number), parent, question, answer, draw(seconds)))
    return Conversation(tuple(nodes), MessageId(draw(st.integers(0, len(nodes) - 1))))


# ── what is to come back ────────────────────────────────────────────────────────────────────────


def as_kept(tree: Conversation) -> Conversation:
    """`tree` as it comes out of the history: the bytes of its images lie there."""
    return replace(tree, nodes=tuple(_node_as_kept(node) for node in tree.nodes))


def kept(image: ImageInput) -> KeptImage:
    return KeptImage(
        image.name,
        image.media_type,
        digest(image.data),
        len(image.data),
        image.size,
        image.source_digest,
        image.change,
    )


def told(tree: Conversation) -> list[object]:
    """All of `tree` in values that compare as a whole: errors by class and words, images by name too."""
    return [tree.leaf, *[_told(node) for node in tree.nodes]]


def _node_as_kept(node: Node) -> Node:
    if node.question is None:
        return node
    return replace(
        node, question=replace(node.question, parts=tuple(map(_part_as_kept, node.question.parts)))
    )


def _part_as_kept(part: Part) -> Part:
    if isinstance(part, ImagePart) and isinstance(part.image, ImageInput):
        return ImagePart(kept(part.image))
    return part


def _told(node: Node) -> object:
    images = [(image.name, image.change) for image in node.question.images] if node.question else []
    if node.answer is None or node.answer.error is None:
        return node, images
    error = node.answer.error
    words = (type(error), str(error), error.detail, dict(error.facts))
    return replace(node, answer=replace(node.answer, error=None)), words
