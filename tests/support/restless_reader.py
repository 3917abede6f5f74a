"""A reader who does everything at once while an answer comes."""

from collections.abc import Callable, Iterator
from itertools import cycle
from string import ascii_lowercase

from tests.support.desktop_session import DesktopSession
from tests.support.hand import Place
from tests.support.waiting import wait_for

_SIZES = ((1100, 700), (760, 600), (900, 640), (1180, 730))
_PROMPT_ABOVE = 72
"""So far above the window's lower edge is the last line of the prompt, in px."""


class RestlessReader:
    """Scrolls, selects, types and resizes the window, by hand. `typed` is what the prompt must hold."""

    def __init__(self, desk: DesktopSession) -> None:
        self._desk = desk
        self._hand = desk.hand
        self._window = desk.wait_for_window("Viewfinder")
        self._sizes = cycle(_SIZES)
        self._letters = cycle(ascii_lowercase)
        self._left = self._top = self._width = self._height = 0
        self.typed = ""
        self._resize()

    def acts(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """One after the other, by name, without an end."""
        yield from cycle(
            (
                ("scroll", self._scroll),
                ("select", self._select),
                ("type", self._type),
                ("resize", self._resize),
                ("select", self._select),
                ("follow", self.follow),
            )
        )

    def _scroll(self) -> None:
        """Up, and half the way down again."""
        wheel = ("click", "--delay", 16, "--repeat")
        self._hand.do("mousemove", *self._at(0.5, 0.4), *wheel, 12, 4)
        self._hand.do(*wheel, 6, 5)

    def _select(self) -> None:
        self._hand.sweep(self._at(0.3, 0.2), self._at(0.6, 0.7))

    def follow(self) -> None:
        """To the end, and see it grow."""
        self._hand.click(self._at(0.5, 0.3))
        self._hand.key("End")
        self._hand.rest()

    def _type(self) -> None:
        word = next(self._letters) * 5 + " "
        self._hand.click((self._left + self._width // 2, self._top + self._height - _PROMPT_ABOVE))
        self._hand.key("ctrl+End")
        self._hand.type(word)
        self.typed += word

    def _resize(self) -> None:
        size = next(self._sizes)
        self._hand.do("windowsize", self._window, *size)
        wait_for(f"the size {size}", lambda: self._desk.place_of(self._window)[2:] == size)
        self._left, self._top, self._width, self._height = self._desk.place_of(self._window)

    def _at(self, x: float, y: float) -> Place:
        """The place that far, 0 to 1, from the window's left and upper edge."""
        return self._left + round(x * self._width), self._top + round(y * self._height)
