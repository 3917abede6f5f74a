"""How lines that were read make one text."""

from desktop.reader.text import TextFlow


def test_rows_are_lines_and_cells_are_tabbed() -> None:
    flow = TextFlow()
    flow.next_image()
    pieces = [flow.line("Item", 0), flow.line("Price", 0), flow.line("Tea", 1), flow.line("8.95", 1)]

    assert "".join(pieces) == "Item\tPrice\nTea\t8.95"


def test_a_blank_line_parts_images_even_where_rows_have_the_same_number() -> None:
    flow = TextFlow()
    flow.next_image()
    first = flow.line("one", 0)
    flow.next_image()

    assert first + flow.line("two", 0) == "one\n\ntwo"


def test_an_image_without_text_leaves_no_gap() -> None:
    flow = TextFlow()
    flow.next_image()
    assert flow.is_empty
    flow.next_image()

    assert flow.line("one", 0) == "one"
    assert not flow.is_empty


def test_a_code_stands_alone_and_says_what_it_is() -> None:
    flow = TextFlow()
    flow.next_image()
    text = flow.line("Scan me", 0) + flow.code("https://a.example", "QR Code") + flow.line("twice", 0)

    assert text == "Scan me\n[QR Code] https://a.example\ntwice"
