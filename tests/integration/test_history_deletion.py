"""What is deleted is gone: from rows, from the index, from the log, from files, to the last byte."""

import asyncio
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.conversation import Answer, Conversation, MessageId
from desktop.domain.events import LineRead
from desktop.domain.history import ConversationId, Draft, Piece
from desktop.domain.images import Box, ImageInput
from desktop.domain.messages import ImagePart, LinkPart, user_message
from desktop.domain.refusals import RateLimited
from desktop.storage import asides
from desktop.storage.history import SqliteHistory
from tests.support.histories import ID, OTHER, Use, asked, in_history, on_disk, opened, picture, whole

# Neither a character nor a pair of these stands anywhere else, so that the index would show it.
SECRETS = {
    "question": "龘靐齉", "answer": "爩麤灪", "reasoning": "籲爨癵", "read": "驫鱻羴",
    "name": "灥厵飝", "title": "飍虤贔", "link": "雥龖犇", "detail": "掱猋焱",
    "fact": "骉飏垚", "piece": "淼焱歮", "first": "喆嚞龖",
}  # fmt: skip


def secret_picture() -> ImageInput:
    return replace(picture(77), name=f"{SECRETS['name']}.png")


def secret_tree() -> Conversation:
    """Each of its fields holds a secret of its own."""
    parts = (ImagePart(secret_picture()), LinkPart(f"https://x/{SECRETS['link']}"))
    question = user_message(SECRETS["question"])
    tree = Conversation().ask(replace(question, parts=(*question.parts, *parts)))
    tree = tree.begin_answer(MessageId(0), "m")
    error = RateLimited(detail=SECRETS["detail"], host=SECRETS["fact"])
    lines = (LineRead(0, Box(0, 0, 1, 1), SECRETS["read"], 0.5),)
    answer = Answer("m", text=SECRETS["answer"], reasoning=SECRETS["reasoning"], lines=lines, error=error)
    return tree.set_answer(MessageId(1), replace(answer, finish="stop"))


async def keep_secrets(store: SqliteHistory) -> None:
    tree = secret_tree()
    streaming = tree.begin_answer(MessageId(0), "m")
    await store.write(replace(whole(ID, streaming), title=SECRETS["first"]))
    await store.grow([Piece(ID, MessageId(2), SECRETS["piece"])])
    await store.set_title(ID, SECRETS["title"])
    await store.write(whole(OTHER, asked("stays", "also", picture(1)), 2.0))


def traces(folder: Path) -> list[str]:
    """What of the secrets is on the disk."""
    data = on_disk(folder)
    image = secret_picture()
    # The index keeps single characters too.
    found = [name for name, secret in SECRETS.items() if any(part.encode() in data for part in secret)]
    return found + [name for name in ("data", "thumbnail") if getattr(image, name) in data]


def test_the_secrets_are_on_the_disk_before(tmp_path: Path) -> None:
    """Or the tests below would prove nothing."""
    in_history(tmp_path, keep_secrets)

    assert set(traces(tmp_path)) == {*SECRETS, "data", "thumbnail"}


def test_no_byte_is_left_of_a_deleted_conversation(tmp_path: Path) -> None:
    async def use() -> None:
        async with opened(tmp_path) as store:
            await keep_secrets(store)
            await store.delete([ID])
            await store.purge()
            assert not traces(tmp_path), "while the history is open"
            assert (await store.load(OTHER)).title == "stays"
        assert not traces(tmp_path)

    asyncio.run(use())
    assert len(list(tmp_path.glob("images/*/*"))) == 1


@pytest.mark.parametrize("restarts", [1, 2])
def test_what_was_deleted_before_the_end_is_gone_at_the_end(tmp_path: Path, restarts: int) -> None:
    in_history(tmp_path, keep_secrets, *[_delete_it] * restarts)

    assert not traces(tmp_path)


async def _delete_it(store: SqliteHistory) -> None:
    await store.delete([ID])


def test_what_was_deleted_before_a_crash_is_gone_after_the_next_start(tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"

    async def use(store: SqliteHistory) -> None:
        await keep_secrets(store)
        await store.delete([ID])
        shutil.copytree(tmp_path / "running", crashed)

    in_history(tmp_path / "running", use)
    assert traces(crashed)
    in_history(crashed, _look)

    assert not traces(crashed)


def test_rows_that_move_between_pages_leave_nothing_there(tmp_path: Path) -> None:
    """Where rows grow, SQLite shares them out between pages: in this order a copy stays behind."""
    numbers = list(range(1, 41))
    gone = numbers[::2]

    async def use(store: SqliteHistory) -> None:
        for number in numbers:
            await store.write(whole(ConversationId(number), asked(_marked(number, 9), "")))
        for number in random.Random(1).sample(numbers, len(numbers)):
            await store.write(whole(ConversationId(number), asked(_marked(number, 9), _marked(number, 50))))
        await store.delete([ConversationId(number) for number in gone])
        await store.purge()
        data = on_disk(tmp_path)
        assert [number for number in numbers if _marked(number, 1).encode() in data] == numbers[1::2]

    in_history(tmp_path, use)


def _marked(number: int, words: int) -> str:
    return f"marked{number:06}" * words


def test_copies_and_what_was_set_aside_go_with_it(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        await store.delete([ID])
        await store.purge()

    in_history(tmp_path, keep_secrets)
    for name in ("before-3", "broken-1", "broken-1-wal", "recovered.source"):
        (tmp_path / f"history.db.{name}").write_text(SECRETS["answer"])
    in_history(tmp_path, use)

    assert not traces(tmp_path)
    assert [path.name for path in tmp_path.glob("history.db*")] == ["history.db"]


def test_a_draft_that_was_replaced_leaves_nothing_at_the_end(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        await store.keep_draft(Draft(SECRETS["question"], (ImagePart(secret_picture()),)))
        await store.keep_draft(Draft())

    in_history(tmp_path, use)

    assert not traces(tmp_path)


def test_what_a_draft_still_shows_stays(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        await store.keep_draft(Draft("again", (ImagePart(secret_picture()),)))
        await store.delete([ID])
        await store.purge()

    in_history(tmp_path, keep_secrets, use)

    assert set(traces(tmp_path)) == {"data", "thumbnail", "name"}


# ── everything ──────────────────────────────────────────────────────────────────────────────────


async def _delete_everything(store: SqliteHistory) -> None:
    await store.keep_draft(Draft(SECRETS["question"]))
    await store.delete_everything()
    assert await store.page(None, 9) == ()


async def _write_another(store: SqliteHistory) -> None:
    await store.delete_everything()
    await store.write(whole(ID, asked("new", "!", picture(2))))
    await store.delete_everything()
    await store.write(whole(OTHER, asked("new", "!", picture(1))))


@pytest.mark.parametrize("use", [_delete_everything, _write_another])
def test_of_everything_no_byte_is_left_and_the_history_works_on(tmp_path: Path, use: Use) -> None:
    in_history(tmp_path, keep_secrets)
    (tmp_path / "history.db.broken-2").write_text(SECRETS["answer"])
    (tmp_path / "history.db.before-9").write_text(SECRETS["answer"])
    in_history(tmp_path, use)

    assert not traces(tmp_path)
    in_history(tmp_path, lambda store: store.write(whole(ID, asked())))


def test_other_files_in_the_folder_are_nobodys_business(tmp_path: Path) -> None:
    (tmp_path / "history.txt").write_text("mine")
    in_history(tmp_path, _delete_everything)

    assert (tmp_path / "history.txt").read_text() == "mine"


# ── files that no row names ─────────────────────────────────────────────────────────────────────


def test_files_that_a_crash_left_are_swept_up(tmp_path: Path) -> None:
    in_history(tmp_path, keep_secrets)
    (tmp_path / "images" / "ab").mkdir()
    for stray in ("images/ab/.half-written", f"images/ab/{'ab' * 32}.png"):
        (tmp_path / stray).write_bytes(b"stray")
    before = on_disk(tmp_path)
    in_history(tmp_path, _look)
    assert b"stray" in on_disk(tmp_path), "nothing says that there was a crash"
    (tmp_path / "history.db-wal").touch()
    in_history(tmp_path, _look)

    assert b"stray" in before
    assert b"stray" not in on_disk(tmp_path)
    assert len(list(tmp_path.glob("images/*/*"))) == 2
    assert not asides.was_left_open(tmp_path / "history.db")


def test_a_crash_while_everything_is_deleted_leaves_no_files(tmp_path: Path) -> None:
    """The new database was just made, and nothing is in it: the files of the old one are still there."""
    in_history(tmp_path, keep_secrets)
    (tmp_path / "history.db").write_bytes(b"")
    in_history(tmp_path, _look)

    assert not traces(tmp_path)
    assert not list(tmp_path.glob("images/*/*"))


async def _look(store: SqliteHistory) -> None:
    """Long enough for the sweep, which takes its turn behind what is asked for."""
    for _ in range(10):
        await store.page(None, 1)
