"""A whole session whose key, words and pictures can be told; then all that is left of it is searched."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.desktop_session import desktop_session, new_home
from tests.support.marked import (
    DELETED,
    DELETED_ANSWER,
    DRAFT,
    ENVIRONMENT_KEY,
    INDEXED,
    KEPT,
    KEPT_ANSWER,
    KEY,
    UNKEPT,
    UNKEPT_ANSWER,
    MarkedPicture,
    answer,
    broken_off,
    forms_of,
    forms_of_keys,
    redirect,
    refusal,
    said,
    unending,
)
from tests.support.marked_session import MarkedSession
from tests.support.paste_target import clipboard
from tests.support.server import ScriptedServer
from tests.support.server_scripts import chat_script
from tests.support.traces import found, holds
from tests.support.waiting import wait_for

pytestmark = pytest.mark.real

HISTORY = ".local/share/viewfinder/"
NOBODY = answer("nobody asked for this")


TALKATIVE = {
    "QT_LOGGING_RULES": "*=true",
    "PYTHONDEVMODE": "1",
    "HTTPX_LOG_LEVEL": "trace",
    "G_MESSAGES_DEBUG": "all",
    "SSLKEYLOGFILE": "keys-of-tls",
}
"""What those set who look for a bug."""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[MarkedSession]:
    with (
        new_home() as home,
        ScriptedServer(chat_script(NOBODY)) as asked,
        ScriptedServer(chat_script(NOBODY)) as elsewhere,
        desktop_session(home=home, keyring="unlocked") as desk,
    ):
        yield MarkedSession(desk, asked, elsewhere, tmp_path / "watched")


def test_nothing_leaks_from_a_whole_session(session: MarkedSession, tmp_path: Path) -> None:
    kept, deleted, unkept = (MarkedPicture(tmp_path, kind) for kind in ("kept", "deleted", "unkept"))
    with session.running(DASHSCOPE_API_KEY=ENVIRONMENT_KEY):
        set_up(session)
        ask_and_fail(session, kept)
        ask_what_is_not_kept(session, unkept)
        check_diagnostics(session, session.copy_diagnostics())
        crash_in_the_middle(session, deleted)
    # As a crash leaves it, before any start can have mended it.
    check_nothing_is_kept(session, unkept)
    with session.running():
        session.app.wait_for_words("Notice", "ended unexpectedly")
        session.press("Copy diagnostics")
        check_diagnostics(session, session.diagnostics())
        be_killed_in_what_is_not_kept(session, unkept)
    check_nothing_is_kept(session, unkept)
    # What is to go was there, and the search would have found it.
    assert found(session.desk.home, forms_of(DELETED, deleted.name)) == [
        f"{HISTORY}history.db",
        f"{HISTORY}history.db-wal",
    ]
    with session.running():
        change_ones_mind(session)
        delete_for_good(session)
        session.app.quit()
    check_words(session, kept, deleted, unkept)
    check_pictures(session, kept, deleted, unkept)
    check_requests(session, kept, deleted, unkept)
    check_processes(session, kept, deleted, unkept)
    assert not clipboard(session.desk.environ, "TARGETS")


@pytest.mark.slow
def test_nothing_leaks_to_who_looks_for_a_bug(session: MarkedSession, tmp_path: Path) -> None:
    kept, unkept = (MarkedPicture(tmp_path, kind) for kind in ("kept", "unkept"))
    with session.running(DASHSCOPE_API_KEY=ENVIRONMENT_KEY, **TALKATIVE):
        set_up(session)
        ask_and_fail(session, kept)
        ask_what_is_not_kept(session, unkept)
        session.end(signal.SIGTERM)
    assert found(session.desk.home, forms_of_keys(KEY, ENVIRONMENT_KEY)) == []
    check_nothing_is_kept(session, unkept)
    assert found(session.desk.home, forms_of(KEPT, KEPT_ANSWER, kept.name)) == [f"{HISTORY}history.db"]
    check_processes(session, kept, unkept)


def set_up(session: MarkedSession) -> None:
    session.open_settings()
    session.app.wait_for_words("Key state", "DASHSCOPE_API_KEY")
    session.open_key_page()
    session.enter_server()
    session.choose_model()


def ask_and_fail(session: MarkedSession, picture: MarkedPicture) -> None:
    session.attach(picture)
    session.ask(KEPT, answer(f"**{KEPT_ANSWER}** it is"), words="it is")
    session.copy_in_every_form()
    session.ask(f"{KEPT} 1", refusal(401, KEPT), words="rejected the API key")
    session.press("Details")
    session.ask(f"{KEPT} 2", refusal(400, KEPT), words="did not accept")
    session.ask(f"{KEPT} 3", broken_off(""), words="broke off")
    session.go_on("Try again", refusal(500, KEPT), answer("tried again"), words="tried again")
    session.ask(f"{KEPT} 4", redirect(session.elsewhere), words="sends questions on to")
    session.ask(f"{KEPT} 5", broken_off(f"{KEPT_ANSWER} one"), words="Continue")
    session.go_on("Continue", answer(" and two"), words="one and two")
    session.go_on("Regenerate", answer("another one"), words="another one")


def ask_what_is_not_kept(session: MarkedSession, picture: MarkedPicture) -> None:
    app, hand = session.app, session.desk.hand
    hand.key("ctrl+shift+n")
    app.wait_until_gone("Regenerate")
    app.wait_for_focus("Prompt")
    hand.type(f"{UNKEPT} as a draft, ")
    session.attach(picture)
    session.ask(UNKEPT, answer(f"**{UNKEPT_ANSWER}** it is"), words="it is")
    session.copy_in_every_form()
    session.ask(f"{UNKEPT} 1", refusal(401, UNKEPT), words="rejected the API key")
    session.ask(f"{UNKEPT} 2", redirect(session.elsewhere), words="sends questions on to")
    session.ask(f"{UNKEPT} 3", broken_off(f"{UNKEPT_ANSWER} one"), words="Continue")
    session.go_on("Continue", answer(" and two"), words="one and two")


def crash_in_the_middle(session: MarkedSession, picture: MarkedPicture) -> None:
    session.desk.hand.key("ctrl+n")
    session.app.wait_until_gone("Regenerate")
    session.attach(picture)
    session.home.script = lambda _: unending(f"{DELETED_ANSWER} so far")
    session.app.ask(DELETED)
    session.app.wait_for_words("Transcript", "so far")
    assert not holds(session.told_by_the_system(), forms_of_keys(KEY, ENVIRONMENT_KEY))
    for worker in session.app.workers():
        os.kill(worker, signal.SIGSEGV)
    session.end(signal.SIGSEGV)


def be_killed_in_what_is_not_kept(session: MarkedSession, picture: MarkedPicture) -> None:
    session.desk.hand.key("ctrl+shift+n")
    session.app.wait_for_focus("Prompt")
    with session.desk.copied("--picture", picture.path):
        session.desk.hand.key("ctrl+v")
        session.app.wait_for_words("Attachments", "Pasted image")
    session.home.script = lambda _: unending(f"{UNKEPT_ANSWER} so far")
    session.app.ask(UNKEPT)
    session.app.wait_for_words("Transcript", "so far")
    session.end(signal.SIGKILL)


def change_ones_mind(session: MarkedSession) -> None:
    """A draft that is on the disk, and then no more."""
    home, hand = session.desk.home, session.desk.hand
    hand.type(DRAFT)
    wait_for("it on the disk", lambda: found(home, [DRAFT.encode()]))
    hand.key("ctrl+a", "Delete")


def delete_for_good(session: MarkedSession) -> None:
    app, hand = session.app, session.desk.hand
    hand.key("F9")
    row = wait_for(
        "its row",
        lambda: next((each for each in app.reader.items("Conversations") if DELETED in each.name), None),
    )
    hand.click(row.center)
    app.wait_for_words("Transcript", DELETED)
    hand.key("ctrl+shift+Delete")
    app.wait_for("Undo deletion")


# ── what is left ────────────────────────────────────────────────────────────────────────────────


def check_nothing_is_kept(session: MarkedSession, picture: MarkedPicture) -> None:
    words = forms_of(UNKEPT, UNKEPT_ANSWER, *picture.words)
    assert found(session.desk.home, words | {picture.pixels}) == []


def check_words(session: MarkedSession, *pictures: MarkedPicture) -> None:
    home, (kept, *others) = session.desk.home, pictures
    host = f"127.0.0.1:{session.home.port}"
    assert session.desk.secrets is not None
    assert session.desk.secrets.lookup("viewfinder", host) == KEY
    assert found(home, forms_of_keys(KEY, ENVIRONMENT_KEY)) == []
    gone = (UNKEPT, UNKEPT_ANSWER, DELETED, DELETED_ANSWER, DRAFT, kept.folder_name, kept.note)
    assert found(home, forms_of(*gone, *words_of(*others))) == []
    assert found(home, forms_of(KEPT, KEPT_ANSWER, kept.name)) == [f"{HISTORY}history.db"]
    assert indexed(home / HISTORY / "history.db") & set(INDEXED.values()) == {INDEXED[KEPT]}


def indexed(database: Path) -> set[str]:
    """All that can be searched for."""
    with closing(sqlite3.connect(database)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM gram_table")]
        for name in names:
            db.execute(f"CREATE VIRTUAL TABLE temp.of_{name} USING fts5vocab(main, '{name}', 'row')")
        return {term for name in names for (term,) in db.execute(f"SELECT term FROM temp.of_{name}")}


def check_pictures(session: MarkedSession, kept: MarkedPicture, *others: MarkedPicture) -> None:
    home = session.desk.home
    assert found(home, [picture.pixels for picture in others]) == []
    assert len(found(home, [kept.pixels])) == 1
    pictures = [path for kind in ("images", "thumbnails") for path in (home / HISTORY / kind).glob("*/*")]
    assert [path.parts[-3] for path in pictures] == ["images", "thumbnails"]
    assert len({path.stem for path in pictures}) == 1


def check_diagnostics(session: MarkedSession, report: bytes) -> None:
    words = (KEPT, KEPT_ANSWER, UNKEPT, UNKEPT_ANSWER, DELETED, "kept-name-7b31f8d2", str(session.desk.home))
    assert not holds(report, forms_of(*words, f"127.0.0.1:{session.home.port}"))
    assert not holds(report, forms_of_keys(KEY, ENVIRONMENT_KEY))


def check_requests(session: MarkedSession, *pictures: MarkedPicture) -> None:
    assert session.elsewhere.requests == []
    sent = session.home.requests
    assert {request.headers["authorization"] for request in sent} == {f"Bearer {KEY}"}
    assert {request.target for request in sent} == {"/v1/models", "/v1/chat/completions"}
    assert not holds(said(sent), forms_of_keys(KEY, ENVIRONMENT_KEY) | forms_of(*words_of(*pictures)))
    heads = (str({**request.headers, "authorization": ""}).encode() for request in sent)
    assert not holds(b"".join(heads), forms_of(KEPT, UNKEPT, DELETED))


def check_processes(session: MarkedSession, *pictures: MarkedPicture) -> None:
    secrets = forms_of_keys(KEY) | forms_of(KEPT, UNKEPT, DELETED, *words_of(*pictures))
    assert [each.line for each in session.started() if holds(each.line.encode(), secrets)] == []
    inherited = forms_of_keys(ENVIRONMENT_KEY)
    assert [each.line for each in session.children() if holds(each.line.encode(), inherited)] == []
    assert not holds(session.said, secrets | inherited | forms_of(KEPT_ANSWER, UNKEPT_ANSWER, DELETED_ANSWER))
    assert list(session.working_folder.iterdir()) == []
    # All that was searched is all that was written.
    places = (session.desk.home, Path("/dev"), Path("/proc"))
    assert {path for path in session.written() if not any(map(path.is_relative_to, places))} == set()


def words_of(*pictures: MarkedPicture) -> list[str]:
    return [word for picture in pictures for word in picture.words]
