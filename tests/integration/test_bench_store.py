"""The measurements of the history, on ones so small that they only show that everything works."""

from PySide6.QtWidgets import QApplication

from tests.support.scripts import load_script

bench = load_script("bench_store")
corpus = load_script("store_corpus")


def test_messages_and_needles_are_the_same_in_every_run() -> None:
    first, second = (corpus.Language("store") for _ in range(2))

    assert list(first.messages(9)) == list(second.messages(9))
    assert first.needles(9) == second.needles(9)


def test_both_sides_find_the_same_rows() -> None:
    figure = bench.search_figure(600, 5)

    assert figure.name == "search_vs_like_100k"
    assert figure.value > 0


def test_the_app_starts_with_its_list() -> None:
    figure = bench.start_figure(150, 1)

    assert figure.name == "start_with_10k_conversations"
    assert figure.value > 0


def test_stored_conversations_are_opened_at_their_end(qapp: QApplication) -> None:
    figure = bench.opening_figure(qapp, 80, 40, 1)

    assert figure.name == "conversation_open_stored_2k_over_100"
    assert figure.value > 0
