"""The history on a real disk: what was written is there at the next start, as it was."""

import asyncio
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.conversation import Answer, Conversation, MessageId
from desktop.domain.history import ConversationId, Draft, Piece, Summary, change_between
from desktop.domain.history_errors import ConversationGone, ImageLost
from desktop.domain.messages import ImagePart, LinkPart, Message, TextPart, user_message
from desktop.storage.history import SqliteHistory
from tests.support import histories
from tests.support.histories import ID, OTHER, as_kept, asked, in_history, kept, opened, picture, told, whole

STREAMING = Conversation().ask(user_message("Why?")).begin_answer(MessageId(0), "qwen3-vl-plus")


@settings(max_examples=40)
@given(histories.trees())
def test_every_value_comes_back(tree: Conversation) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        in_history(folder, lambda store: store.write(whole(ID, tree)), _expect(tree))
    finally:
        shutil.rmtree(folder)


@settings(max_examples=30)
@given(histories.trees(), st.data())
def test_what_is_written_in_steps_or_twice_is_as_if_at_once(tree: Conversation, data: st.DataObject) -> None:
    folder = Path(tempfile.mkdtemp())
    cut = data.draw(st.integers(1, len(tree.nodes)))
    half = Conversation(tree.nodes[:cut], MessageId(0))

    async def write(store: SqliteHistory) -> None:
        await store.write(whole(ID, half))
        await store.write(change_between(ID, half, tree, 2.0))
        await store.write(whole(ID, tree, 2.0))
        await store.write(whole(ID, tree, 2.0))

    try:
        in_history(folder, write, _expect(tree))
        assert len(histories.rows(folder, "SELECT * FROM message")) == len(tree.nodes)
    finally:
        shutil.rmtree(folder)


def _expect(tree: Conversation) -> histories.Use:
    async def check(store: SqliteHistory) -> None:
        assert told(await store.load(ID)) == told(as_kept(tree))

    return check


def test_half_a_character_is_shown_as_what_it_is(tmp_path: Path) -> None:
    """Lone surrogates come out of broken JSON, and have no UTF-8."""
    tree = asked("a\ud83d", "b\udc00c", replace(picture(1), name="\ud800.png"))

    async def check(store: SqliteHistory) -> None:
        question, answer = (await store.load(ID)).nodes
        assert question.question is not None
        assert answer.answer is not None
        assert (question.question.text, answer.answer.text) == ("a\ufffd", "b\ufffdc")
        assert [image.name for image in question.question.images] == ["\ufffd.png"]

    in_history(tmp_path, lambda store: store.write(whole(ID, tree)), check)


def test_texts_between_images_keep_their_places(tmp_path: Path) -> None:
    parts = (
        TextPart("before "),
        ImagePart(picture(1)),
        TextPart("后"),
        LinkPart("https://a/b"),
        TextPart("x"),
    )
    tree = Conversation().ask(Message("user", parts))

    in_history(tmp_path, lambda store: store.write(whole(ID, tree)), _expect(tree))


# ── images ──────────────────────────────────────────────────────────────────────────────────────


def test_an_image_comes_back_with_its_bytes_and_its_thumbnail(tmp_path: Path) -> None:
    image = picture(1)

    async def check(store: SqliteHistory) -> None:
        assert await store.image(kept(image)) == image
        assert await store.thumbnail(kept(image).digest) == image.thumbnail
        assert await store.thumbnail("0" * 64) == b""

    in_history(tmp_path, lambda store: store.write(whole(ID, asked("?", "!", image))), check)


def test_of_an_image_there_is_one_copy_however_often_it_was_sent(tmp_path: Path) -> None:
    async def write(store: SqliteHistory) -> None:
        await store.write(whole(ID, asked("?", "!", picture(1), picture(1, "again.png"))))
        await store.write(whole(OTHER, asked("?", "!", picture(1), picture(2))))

    in_history(tmp_path, write)

    assert len(list(tmp_path.glob("images/*/*"))) == 2
    assert len(list(tmp_path.glob("thumbnails/*/*"))) == 2


def test_an_image_that_is_kept_already_is_named_again_without_its_bytes(tmp_path: Path) -> None:
    again = Conversation().ask(Message("user", (ImagePart(kept(picture(1))),)))

    async def write(store: SqliteHistory) -> None:
        await store.write(whole(ID, asked("?", "!", picture(1))))
        await store.write(whole(OTHER, again))
        await store.delete([ID])
        await store.purge()

    async def check(store: SqliteHistory) -> None:
        assert await store.load(OTHER) == again
        assert await store.image(kept(picture(1))) == picture(1)

    in_history(tmp_path, write, check)


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"other")])
def test_an_image_that_is_not_what_it_was_is_lost(tmp_path: Path, damage: "histories.Damage") -> None:
    async def check(store: SqliteHistory) -> None:
        with pytest.raises(ImageLost, match="“screen"):
            await store.image(kept(picture(1)))

    in_history(tmp_path, lambda store: store.write(whole(ID, asked("?", "!", picture(1)))))
    damage(next(tmp_path.glob("images/*/*")))
    in_history(tmp_path, check)


# ── answers that stream ─────────────────────────────────────────────────────────────────────────


def test_a_streaming_answer_grows_by_pieces_until_it_is_written_whole(tmp_path: Path) -> None:
    done = STREAMING.set_answer(MessageId(1), Answer("qwen3-vl-plus", text="Because.", finish="stop"))

    async def use(store: SqliteHistory) -> None:
        await store.write(whole(ID, STREAMING))
        await store.grow([Piece(ID, MessageId(1), "Be", "hm"), Piece(ID, MessageId(1), "cau")])
        answer = (await store.load(ID))[MessageId(1)].answer
        assert answer is not None
        assert (answer.text, answer.reasoning, answer.finish) == ("Becau", "hm", None)
        await store.write(change_between(ID, STREAMING, done, 2.0))
        assert await store.load(ID) == done

    in_history(tmp_path, use)

    assert histories.rows(tmp_path, "SELECT * FROM piece") == []


def test_an_answer_that_was_cut_off_is_there_as_far_as_it_came(tmp_path: Path) -> None:
    async def stream(store: SqliteHistory) -> None:
        await store.write(whole(ID, STREAMING, 1.0))
        await store.write(whole(OTHER, STREAMING, 2.0))
        await store.write(whole(ConversationId(3), asked(), 3.0))
        await store.grow([Piece(ID, MessageId(1), "Bec", "hm "), Piece(ID, MessageId(1), "ause 磁盘", "so")])

    in_history(tmp_path, stream)

    async def check() -> None:
        store = SqliteHistory(tmp_path)
        assert (await store.open()).cut_off == (OTHER, ID)
        answer = (await store.load(ID))[MessageId(1)].answer
        assert answer == Answer("qwen3-vl-plus", text="Because 磁盘", reasoning="hm so", finish="interrupted")
        assert [hit.message for hit in await store.search("磁盘", 50)] == [1]
        assert [summary.is_cut_off for summary in await store.page(None, 3)] == [False, True, True]
        await store.aclose()

    asyncio.run(check())
    asyncio.run(_cut_off_is(tmp_path, ()))


async def _cut_off_is(folder: Path, expected: tuple[ConversationId, ...]) -> None:
    store = SqliteHistory(folder)
    assert (await store.open()).cut_off == expected
    await store.aclose()


def test_what_would_grow_an_answer_that_has_ended_or_gone_is_dropped(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        await store.write(whole(ID, asked()))
        await store.grow([Piece(ID, MessageId(1), "late"), Piece(OTHER, MessageId(1), "late")])
        assert await store.load(ID) == asked()

    in_history(tmp_path, use)


# ── lists ───────────────────────────────────────────────────────────────────────────────────────


def test_pages_follow_each_other_pinned_ones_first_then_the_last_used(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        for number in range(1, 24):
            await store.write(whole(ConversationId(number), asked(f"{number}"), float(number // 3)))
        await store.set_pinned([ConversationId(5), ConversationId(7), ConversationId(8)], is_pinned=True)
        await store.set_pinned([ConversationId(8)], is_pinned=False)
        await store.delete([ConversationId(20)])
        shown = await _pages(store, 4)
        assert [summary.id for summary in shown] == [
            7,
            5,
            23,
            22,
            21,
            19,
            18,
            *range(17, 7, -1),
            6,
            4,
            3,
            2,
            1,
        ]
        assert [summary.is_pinned for summary in shown[:3]] == [True, True, False]
        assert await store.summary(ConversationId(5)) == shown[1]

    in_history(tmp_path, use)


async def _pages(store: SqliteHistory, count: int) -> list[Summary]:
    shown: list[Summary] = []
    while page := await store.page(shown[-1] if shown else None, count):
        assert len(page) <= count
        shown += page
    return shown


def test_the_users_title_goes_before_that_of_the_first_question(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        await store.write(whole(ID, asked("first")))
        await store.set_title(ID, "我的")
        await store.write(whole(ID, asked("second")))
        assert (await store.summary(ID)).title == "我的"
        assert [hit.message for hit in await store.search("我的", 9)] == [None]
        await store.set_title(ID, "")
        assert (await store.summary(ID)).title == "second"
        assert await store.search("我的", 9) == ()

    in_history(tmp_path, use)


def test_what_is_not_there_is_gone(tmp_path: Path) -> None:
    answer = whole(ID, asked())

    async def use(store: SqliteHistory) -> None:
        for ask in (store.load(ID), store.summary(ID), store.set_title(ID, "x")):
            with pytest.raises(ConversationGone):
                await ask
        with pytest.raises(ConversationGone):  # a late answer without its question
            await store.write(replace(answer, nodes=answer.nodes[1:]))
        assert await store.page(None, 9) == ()

    in_history(tmp_path, use)


def test_what_is_hidden_is_restored_as_it_was(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        await store.write(whole(ID, asked()))
        await store.delete([ID])
        with pytest.raises(ConversationGone):
            await store.load(ID)
        assert (await store.page(None, 9), await store.search("error", 9)) == ((), ())
        await store.restore([ID])
        assert await store.load(ID) == asked()
        assert (len(await store.search("error", 9)), len(await store.page(None, 9))) == (1, 1)

    in_history(tmp_path, use)


# ── the question that was not sent ──────────────────────────────────────────────────────────────


def test_the_last_draft_comes_back_with_its_attachments(tmp_path: Path) -> None:
    parts = (ImagePart(picture(1)), LinkPart("https://a/b.png"), ImagePart(kept(picture(2))))

    async def keep(store: SqliteHistory) -> None:
        await store.write(whole(ID, asked("?", "!", picture(2))))
        await store.keep_draft(Draft("first", (ImagePart(picture(3)),)))
        await store.keep_draft(Draft("第二", parts))

    async def check() -> None:
        store = SqliteHistory(tmp_path)
        draft = (await store.open()).draft
        assert draft == Draft("第二", (ImagePart(kept(picture(1))), *parts[1:]))
        assert await store.image(kept(picture(1))) == picture(1)
        with pytest.raises(ImageLost):
            await store.image(kept(picture(3)))
        await store.keep_draft(Draft())
        await store.aclose()

    in_history(tmp_path, keep)
    asyncio.run(check())
    assert len(list(tmp_path.glob("images/*/*"))) == 1, "the conversation's"


def test_histories_are_opened_and_closed_twice_without_harm(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        first = await store.open()
        assert await store.open() == first
        await store.aclose()

    async def nothing() -> None:
        async with opened(tmp_path):
            pass

    in_history(tmp_path, use)
    asyncio.run(nothing())
