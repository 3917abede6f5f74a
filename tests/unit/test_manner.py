"""How small images become when a server takes them no larger, and what tells it later."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.conversation import Answer
from desktop.domain.events import Notice, NoticeRaised
from desktop.domain.images import Size
from desktop.domain.limits import ImageLimits
from desktop.domain.manner import LEAST_SIDE, USUAL, Manner
from desktop.domain.messages import LinkPart, Message, user_message
from tests.support.pictures import image

ANY = ImageLimits()


def asked(*sizes: tuple[int, int]) -> list[Message]:
    return [user_message("?", [image(f"{size}.png", size)]) for size in sizes]


def area(manner: Manner, size: tuple[int, int]) -> int:
    return manner.area(Size(*size), ANY)


def test_the_largest_loses_half_of_its_area_and_smaller_ones_stay() -> None:
    manner = USUAL.smaller(asked((1920, 1080), (800, 600)), ANY)
    assert area(manner, (1920, 1080)) == 1920 * 1080 // 2
    assert area(manner, (800, 600)) == 800 * 600


def test_again_is_half_again() -> None:
    messages = asked((1920, 1080))
    manner = USUAL.smaller(messages, ANY).smaller(messages, ANY)
    assert area(manner, (1920, 1080)) == 1920 * 1080 // 4


def test_what_the_server_takes_at_most_is_what_was_sent() -> None:
    limits = ImageLimits(max_px=1_000_000)
    manner = USUAL.smaller(asked((4000, 4000)), limits)
    assert manner.area(Size(4000, 4000), limits) == 500_000
    assert manner.limits(Size(100, 100), limits).max_px == 500_000


@given(st.lists(st.tuples(st.integers(11, 9000), st.integers(11, 9000)), min_size=1, max_size=4))
def test_it_ends_where_nothing_could_be_read_any_more(sizes: list[tuple[int, int]]) -> None:
    manner, messages, times = USUAL, asked(*sizes), 0
    while not manner.is_spent:
        manner, times = manner.smaller(messages, ANY), times + 1
        assert times < 20
    for width, height in sizes:
        scale = (area(manner, (width, height)) / (width * height)) ** 0.5
        assert scale * max(width, height) >= min(LEAST_SIDE, max(width, height)) * 0.999


def test_without_images_nothing_becomes_smaller() -> None:
    assert USUAL.smaller([user_message("Words")], ANY).is_spent


def test_an_image_behind_an_address_is_taken_for_a_large_one() -> None:
    manner = USUAL.smaller([user_message("?", [LinkPart("https://a.example/b.png")])], ANY)
    assert manner.max_px == 3840 * 2160 // 2


def test_an_answer_tells_how_it_was_asked_for() -> None:
    manner = Manner(is_alone=True, max_px=640_000)
    said = (manner.sent_smaller(["800×800"]), NoticeRaised(Notice.ASKED_ALONE))
    assert str(said[0]) == "The images were sent smaller: 800×800."
    assert Manner.of(Answer("a-model", notices=said)) == manner
    assert Manner.of(Answer("a-model")) == USUAL
    assert Manner.of(Answer("a-model", notices=(USUAL.sent_smaller(["8×8"]),))) == USUAL
    broken = NoticeRaised(Notice.SENT_SMALLER, {"sizes": "8×8", "max_px": "-1"})
    assert Manner.of(Answer("a-model", notices=(broken,))) == USUAL
