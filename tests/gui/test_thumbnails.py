"""Small pictures are decoded between other work, once."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui import thumbnails
from desktop.ui.thumbnails import Thumbnails
from tests.support.pictures import png
from tests.support.qt import heard


def busy() -> Thumbnails:
    """One that has decoded as many as it does at once."""
    cache = Thumbnails()
    for side in range(thumbnails._AT_ONCE):
        assert cache.picture(png((8, 1 + side)), 8, 1.0) is not None
    return cache


def test_a_picture_that_comes_alone_is_there_at_once(qtbot: QtBot) -> None:
    cache = busy()
    qtbot.waitUntil(lambda: cache.picture(png((80, 40)), 64, 2.0) is not None)
    alone = png((80, 41))
    qtbot.waitUntil(lambda: not cache._turn.isActive())

    assert cache.picture(alone, 64, 2.0) is not None


def test_a_picture_comes_a_moment_later_and_stays(qtbot: QtBot) -> None:
    cache = busy()
    first = png((80, 40))
    assert cache.picture(first, 64, 2.0) is None
    with qtbot.waitSignal(cache.decoded):
        pass
    picture = cache.picture(first, 64, 2.0)

    assert picture is not None
    assert picture.size() == QSize(128, 64)
    assert picture.deviceIndependentSize().toSize() == QSize(64, 32)
    assert cache.picture(first, 64, 2.0) is picture


def test_of_many_one_is_decoded_at_a_time(qtbot: QtBot) -> None:
    cache = busy()
    pictures = [png((40, side)) for side in range(20, 25)]
    for each in [*pictures, *pictures]:
        cache.picture(each, 64, 1.0)
    with qtbot.waitSignal(cache.decoded):
        pass
    assert len(cache._waiting) == len(pictures) - 1
    qtbot.waitUntil(lambda: all(cache.picture(each, 64, 1.0) is not None for each in pictures))


def test_broken_bytes_are_an_empty_picture(qapp: QApplication) -> None:
    cache = Thumbnails()
    picture = cache.picture(b"no PNG", 64, 1.0)

    assert picture is not None
    assert picture.isNull()


def test_what_was_not_painted_for_long_makes_room(qtbot: QtBot) -> None:
    cache = busy()
    pictures = [png((256, side)) for side in range(200, 220)]
    decoded = heard(cache.decoded)
    side = 1024
    for each in pictures:
        cache.picture(each, side, 1.0)
    qtbot.waitUntil(lambda: len(decoded) == len(pictures), timeout=10_000)
    qtbot.waitUntil(lambda: not cache._turn.isActive())
    cache._left_at_once = 0

    there = [each for each in pictures if cache.picture(each, side, 1.0) is not None]
    assert 0 < len(there) <= thumbnails._KEPT_BYTES // (side * 800 * 4) + 1
    assert there == pictures[-len(there) :]
