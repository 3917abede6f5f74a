"""What is said, and the request that is made of it."""

from desktop.domain.images import ImageInput, Size
from desktop.domain.messages import (
    ChatRequest,
    ImagePart,
    LinkPart,
    Message,
    Parameters,
    TextPart,
    user_message,
)

SECRET_BYTES = b"\x89PNG not to be seen in any log"


def image(name: str = "a.png") -> ImageInput:
    return ImageInput(name, "image/png", SECRET_BYTES, Size(2, 1), "digest")


def test_a_question_stands_before_its_images() -> None:
    message = user_message("What?", (image(), LinkPart("https://example.org/b.png")))

    assert message.role == "user"
    assert message.parts == (TextPart("What?"), ImagePart(image()), LinkPart("https://example.org/b.png"))
    assert message.text == "What?"
    assert message.images == (image(),)
    assert message.links == ("https://example.org/b.png",)


def test_a_question_without_words_has_no_text_part() -> None:
    assert user_message("", (image(),)).parts == (ImagePart(image()),)
    assert user_message("").parts == ()


def test_an_images_bytes_are_in_no_repr() -> None:
    request = ChatRequest("qwen3-vl-plus", (user_message("private words", (image(),)),))

    assert "not to be seen" not in repr(request.question)
    assert "private words" not in repr(request)


def test_equal_bytes_make_equal_images_whatever_their_name() -> None:
    assert image("a.png") == image("b.png")


def test_a_request_ends_with_its_question() -> None:
    earlier = Message("assistant", (TextPart("Hello."),))
    question = user_message("And?")

    assert ChatRequest("m", (earlier, question)).question == question


def test_a_request_says_nothing_that_was_not_asked_for() -> None:
    request = ChatRequest("m", (user_message("?"),))

    assert request.stream
    assert request.thinking is None
    assert request.full_detail is None
    assert request.parameters == Parameters(None, None, None, None, "")
