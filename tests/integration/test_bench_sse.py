"""The measurements of reading streams, on streams so short that they only show that everything works."""

from PySide6.QtWidgets import QApplication

from tests.support.scripts import load_script

bench = load_script("bench_sse")


def test_streams_are_read_by_clients_of_their_own() -> None:
    (figure,) = bench.streams(50, 1, ways=("app", "raw"))

    assert figure.name == "sse_over_raw_httpx"
    assert figure.value > 0


def test_a_delta_is_followed_from_the_socket_to_the_screen(qapp: QApplication) -> None:
    figure = bench.first_delta(qapp, 3, seconds=0.02)

    assert figure.name == "first_delta_frames"
    assert figure.value > 0


def test_connections_are_compared_over_tls() -> None:
    figure = bench.reused_connection(1)

    assert figure.name == "reused_connection"
    assert figure.value > 0
