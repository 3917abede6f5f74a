"""How lines that were read make one text."""


class TextFlow:
    """Each line with what parts it from the one before: a tab within a row, a new line, or a blank one."""

    def __init__(self) -> None:
        self._row: int | None = None
        self._before = ""

    @property
    def is_empty(self) -> bool:
        return not self._before

    def next_image(self) -> None:
        self._row = None
        self._before = "\n\n" if self._before else ""

    def line(self, text: str, row: int) -> str:
        """A line of the row numbered `row`; the cells of a table's row share their number."""
        before = "\t" if row == self._row else self._before
        self._row, self._before = row, "\n"
        return before + text

    def code(self, text: str, symbology: str) -> str:
        """The content of a QR code or barcode, after its kind's own name."""
        before, self._row, self._before = self._before, None, "\n"
        return f"{before}[{symbology}] {text}"
