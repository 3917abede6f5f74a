"""What is said of an attached image or link, and what can be done with it."""

from enum import Enum

from PySide6.QtCore import QCoreApplication, QLocale, QUrl

from desktop.domain.image_errors import LinkError, LinkNotSecure, LinkPrivate
from desktop.domain.images import ImageInput, Size
from desktop.domain.messages import LinkPart
from desktop.domain.visible import on_one_line
from desktop.ui.image_words import change_words
from desktop.viewmodels.composer import Attachment

translate = QCoreApplication.translate


class CardAction(Enum):
    """What can be done with one attachment."""

    CHOOSE_PAGES = "choose_pages"
    FETCH = "fetch"
    REMOVE = "remove"


def actions_of(attachment: Attachment) -> tuple[CardAction, ...]:
    """All that can be done with `attachment`; what stands on its card comes first."""
    if attachment.pages > 1:
        return CardAction.CHOOSE_PAGES, CardAction.REMOVE
    is_link = isinstance(attachment.item, LinkPart) and not attachment.is_fetching
    if is_link and attachment.obstacle is None:
        return CardAction.FETCH, CardAction.REMOVE
    return (CardAction.REMOVE,)


def action_words(action: CardAction) -> str:
    match action:
        case CardAction.CHOOSE_PAGES:
            return translate("attachments", "Choose pages…")
        case CardAction.FETCH:
            return translate("attachments", "Fetch the image")
        case CardAction.REMOVE:
            return translate("attachments", "Remove")


def title_of(attachment: Attachment) -> str:
    """The name of the image, or of the file that a link leads to."""
    if isinstance(attachment.item, ImageInput):
        return attachment.item.name
    return link_title(attachment.item.url)


def lines_of(attachment: Attachment) -> list[str]:
    """What stands below the title, a line each."""
    if isinstance(attachment.item, LinkPart):
        return [link_host(attachment.item.url), _link_state(attachment)]
    return _image_lines(attachment, attachment.item)


def all_words(attachment: Attachment) -> list[str]:
    """Title and lines."""
    return [title_of(attachment), *lines_of(attachment)]


def usual_line() -> str:
    """A line as most cards have one."""
    return _size_words(Size(3840, 2160), Size(3840, 2160)) + "."


def link_title(url: str) -> str:
    """The file's name in `url`, or else its host."""
    return on_one_line(QUrl(url).fileName()) or link_host(url)


def link_host(url: str) -> str:
    return on_one_line(QUrl(url).host())


def _link_state(attachment: Attachment) -> str:
    if attachment.is_fetching:
        return translate("attachments", "being fetched…")
    if attachment.obstacle is not None:
        return _obstacle_words(attachment.obstacle)
    if attachment.must_be_fetched:  # by a server that opens none, or by the reader
        return translate("attachments", "web addresses are not taken here")
    return translate("attachments", "size unknown until fetched")


def _obstacle_words(obstacle: LinkError) -> str:
    match obstacle:
        case LinkNotSecure():
            return translate("attachments", "cannot be fetched here: not https")
        case LinkPrivate():
            return translate("attachments", "cannot be fetched here: a private address")
        case _:
            return translate("attachments", "cannot be fetched here: no server is named")


def _image_lines(attachment: Attachment, image: ImageInput) -> list[str]:
    seen = attachment.seen
    lines = [_size_words(image.size, seen.size) if seen and seen.size != image.size else str(image.size)]
    if seen:
        tokens = QLocale().toString(seen.tokens)
        lines.append(translate("attachments", "≈ {tokens} tokens").format(tokens=tokens))
    if attachment.is_preparing:
        lines.append(translate("attachments", "being made to fit…"))
    elif image.change and (words := change_words(image, image.change)):
        lines.append(words)
    return lines


def _size_words(size: Size, seen: Size) -> str:
    return f"{size} · " + translate("attachments", "seen as {size}").format(size=seen)
