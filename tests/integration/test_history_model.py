"""Whatever is done in whatever order, the history says what a plain list in memory says."""

import asyncio
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desktop.domain.conversation import Answer, Conversation
from desktop.domain.history import PAGE, ConversationId, Piece, Summary, change_between
from desktop.domain.messages import user_message
from desktop.storage.history import SqliteHistory
from tests.support.histories import as_kept, picture, told

IDS = st.integers(1, 4).map(ConversationId)
WORDS = st.sampled_from(["磁盘", "error 42", "Zeile\nzwei", "👩‍👩‍👧‍👦", ""])


@dataclass
class Kept:
    """What a conversation in the history should be."""

    tree: Conversation = field(default_factory=Conversation)
    used: float = 0.0
    own_title: str = ""
    is_pinned: bool = False
    is_hidden: bool = False

    def summary(self, conversation: ConversationId) -> Summary:
        leaf = self.tree[self.tree.leaf].answer if self.tree.leaf is not None else None
        is_cut_off = leaf is not None and leaf.finish == "interrupted"
        title = self.own_title or self.tree.title
        return Summary(conversation, title, self.used, is_pinned=self.is_pinned, is_cut_off=is_cut_off)


class HistoryOfAnyKind(RuleBasedStateMachine):
    """Asks, answers, branches, deletes and restarts at random."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner()
        self.model: dict[ConversationId, Kept] = {}
        self.time = 0.0

    @initialize()
    def start(self) -> None:
        self.store = SqliteHistory(self.folder)
        self.runner.run(self.store.open())

    def teardown(self) -> None:
        self.runner.run(self.store.aclose())
        self.runner.close()
        shutil.rmtree(self.folder)

    # ── what can happen ─────────────────────────────────────────────────────────────────────────

    @rule(conversation=IDS, text=WORDS, image=st.none() | st.integers(0, 2))
    def ask(self, conversation: ConversationId, text: str, image: int | None) -> None:
        kept = self.model.get(conversation, Kept())
        if not kept.is_hidden:
            images = [] if image is None else [picture(image)]
            self.write(conversation, kept.tree.ask(user_message(text, images), self.time))

    @rule(conversation=IDS, text=WORDS, pieces=st.lists(WORDS), is_ended=st.booleans())
    def answer(self, conversation: ConversationId, text: str, pieces: list[str], is_ended: bool) -> None:
        kept = self.model.get(conversation, Kept())
        questions = [node for node in kept.tree.path() if node.question is not None]
        if kept.is_hidden or not questions:
            return
        self.write(conversation, kept.tree.begin_answer(questions[-1].id, "m"))
        tree = self.model[conversation].tree
        assert tree.leaf is not None
        grown = [Piece(conversation, tree.leaf, piece, piece[:1]) for piece in pieces]
        self.runner.run(self.store.grow(grown))
        if is_ended:
            self.write(conversation, tree.set_answer(tree.leaf, Answer("m", text=text, finish="stop")))
        else:
            reasoning = "".join(piece[:1] for piece in pieces)
            answer = Answer("m", text="".join(pieces), reasoning=reasoning)
            self.model[conversation].tree = tree.set_answer(tree.leaf, answer)

    @rule(conversation=IDS, piece=WORDS)
    def go_on(self, conversation: ConversationId, piece: str) -> None:
        kept = self.model.get(conversation, Kept())
        leaf = kept.tree.leaf
        if kept.is_hidden or leaf is None or (old := kept.tree[leaf].answer) is None:
            return
        self.write(conversation, kept.tree.resume_answer(leaf, "other"))
        self.runner.run(self.store.grow([Piece(conversation, leaf, piece)]))
        tree = self.model[conversation].tree
        grown = Answer("other", text=old.text + piece, reasoning=old.reasoning)
        self.model[conversation].tree = tree.set_answer(leaf, grown)

    @rule(conversation=IDS, data=st.data())
    def show(self, conversation: ConversationId, data: st.DataObject) -> None:
        kept = self.model.get(conversation)
        if kept is not None and not kept.is_hidden:
            self.write(conversation, kept.tree.show(data.draw(st.sampled_from(kept.tree.nodes)).id))

    @rule(conversation=IDS, title=WORDS)
    def rename(self, conversation: ConversationId, title: str) -> None:
        kept = self.model.get(conversation)
        if kept is not None and not kept.is_hidden:
            kept.own_title = title
            self.runner.run(self.store.set_title(conversation, title))

    @rule(conversations=st.lists(IDS), is_pinned=st.booleans())
    def pin(self, conversations: list[ConversationId], is_pinned: bool) -> None:
        for kept in self.known(conversations):
            kept.is_pinned = is_pinned
        self.runner.run(self.store.set_pinned(conversations, is_pinned=is_pinned))

    @rule(conversations=st.lists(IDS))
    def delete(self, conversations: list[ConversationId]) -> None:
        for kept in self.known(conversations):
            kept.is_hidden = True
        self.runner.run(self.store.delete(conversations))

    @rule(conversations=st.lists(IDS))
    def restore(self, conversations: list[ConversationId]) -> None:
        for kept in self.known(conversations):
            kept.is_hidden = False
        self.runner.run(self.store.restore(conversations))

    @rule()
    def purge(self) -> None:
        self.drop_hidden()
        self.runner.run(self.store.purge())

    @rule()
    def delete_everything(self) -> None:
        self.model.clear()
        self.runner.run(self.store.delete_everything())

    @rule()
    def restart(self) -> None:
        self.runner.run(self.store.aclose())
        self.drop_hidden()
        streaming = {each for each, kept in self.model.items() if self.end_answers(kept)}
        self.store = SqliteHistory(self.folder)
        assert set(self.runner.run(self.store.open()).cut_off) == streaming

    # ── what holds ──────────────────────────────────────────────────────────────────────────────

    @invariant()
    def trees_are_the_same(self) -> None:
        for conversation, kept in self.model.items():
            if not kept.is_hidden:
                found = self.runner.run(self.store.load(conversation))
                assert told(found) == told(as_kept(kept.tree))

    @invariant()
    def lists_are_the_same(self) -> None:
        shown = [kept.summary(each) for each, kept in self.model.items() if not kept.is_hidden]
        shown.sort(key=lambda summary: (summary.is_pinned, summary.used, summary.id), reverse=True)
        assert self.runner.run(self.store.page(None, PAGE)) == tuple(shown)

    @invariant()
    def searches_find_the_same(self) -> None:
        hits = self.runner.run(self.store.search("磁盘", 1000))
        found = {(hit.summary.id, hit.message) for hit in hits if hit.message is not None}
        assert found == {
            (conversation, node.id)
            for conversation, kept in self.model.items()
            for node in kept.tree.nodes
            if not kept.is_hidden and "磁盘" in _searched(node.question or node.answer)
        }

    @invariant()
    def files_are_those_of_images_that_are_named(self) -> None:
        named = {image for kept in self.model.values() for node in kept.tree.nodes if node.question
                 for image in node.question.images}  # fmt: skip
        assert len(list(self.folder.glob("images/*/*"))) == len(named)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def write(self, conversation: ConversationId, tree: Conversation) -> None:
        self.time += 1.0
        kept = self.model.setdefault(conversation, Kept())
        change = change_between(conversation, kept.tree, tree, self.time)
        kept.tree, kept.used = tree, self.time
        self.runner.run(self.store.write(change))

    def known(self, conversations: list[ConversationId]) -> list[Kept]:
        return [self.model[each] for each in conversations if each in self.model]

    def drop_hidden(self) -> None:
        self.model = {each: kept for each, kept in self.model.items() if not kept.is_hidden}

    def end_answers(self, kept: Kept) -> bool:
        """Whether there were some."""
        streaming = [node for node in kept.tree.nodes if node.answer is not None and node.answer.is_streaming]
        for node in streaming:
            assert node.answer is not None
            kept.tree = kept.tree.set_answer(node.id, replace(node.answer, finish="interrupted"))
        return bool(streaming)


def _searched(said: object) -> str:
    """A question's text, or that of an answer that has ended."""
    is_streaming = isinstance(said, Answer) and said.is_streaming
    return "" if is_streaming else str(getattr(said, "text", ""))


TestHistoryOfAnyKind = HistoryOfAnyKind.TestCase
TestHistoryOfAnyKind.settings = settings(max_examples=20, stateful_step_count=25)
