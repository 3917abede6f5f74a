"""What is said of an attachment, and what can be done with it."""

from dataclasses import replace

import pytest

from desktop.domain.image_errors import LinkNotSecure, LinkPrivate, LinkUnreachable
from desktop.domain.images import ImageChange, Size
from desktop.domain.messages import LinkPart
from desktop.domain.vision import Seen
from desktop.ui.attachment_words import CardAction, actions_of, all_words
from desktop.viewmodels.composer import Attachment
from tests.support.pictures import image

LINK = Attachment(LinkPart("https://example.com/2024/a%20b.jpg?w=800"), None, None)
NOT_SECURE = replace(LINK, obstacle=LinkNotSecure(name="example.com/a b.jpg"))
IMAGE = Attachment(image("a.png"), None, None)
DOCUMENT = replace(IMAGE, pages=12)


@pytest.mark.parametrize(
    ("attachment", "words"),
    [
        (IMAGE, ["a.png", "1920×1080"]),
        (
            replace(IMAGE, seen=Seen(Size(1920, 1080), 900)),
            ["a.png", "1920×1080", "≈ 900 tokens"],
        ),
        (
            replace(IMAGE, item=replace(image("a.png"), change=ImageChange("image/bmp"))),
            ["a.png", "1920×1080", "re-encoded: BMP → PNG"],
        ),
        (replace(IMAGE, is_preparing=True), ["a.png", "1920×1080", "being made to fit…"]),
        (LINK, ["a b.jpg", "example.com", "size unknown until fetched"]),
        (replace(LINK, is_fetching=True), ["a b.jpg", "example.com", "being fetched…"]),
        (
            replace(LINK, must_be_fetched=True),
            ["a b.jpg", "example.com", "web addresses are not taken here"],
        ),
        (NOT_SECURE, ["a b.jpg", "example.com", "cannot be fetched here: not https"]),
        (
            replace(LINK, obstacle=LinkPrivate(name="printer.local")),
            ["a b.jpg", "example.com", "cannot be fetched here: a private address"],
        ),
        (
            replace(LINK, obstacle=LinkUnreachable(name="?")),
            ["a b.jpg", "example.com", "cannot be fetched here: no server is named"],
        ),
        (
            replace(LINK, item=LinkPart("https://example.com/")),
            ["example.com", "example.com", "size unknown until fetched"],
        ),
    ],
)
def test_a_card_says_what_is_known(attachment: Attachment, words: list[str]) -> None:
    assert all_words(attachment) == words


@pytest.mark.parametrize(
    ("attachment", "actions"),
    [
        (IMAGE, (CardAction.REMOVE,)),
        (DOCUMENT, (CardAction.CHOOSE_PAGES, CardAction.REMOVE)),
        (LINK, (CardAction.FETCH, CardAction.REMOVE)),
        (replace(LINK, is_fetching=True), (CardAction.REMOVE,)),
        (NOT_SECURE, (CardAction.REMOVE,)),
        (replace(NOT_SECURE, must_be_fetched=True), (CardAction.REMOVE,)),
    ],
)
def test_only_what_makes_sense_can_be_done(attachment: Attachment, actions: tuple[CardAction, ...]) -> None:
    assert actions_of(attachment) == actions
