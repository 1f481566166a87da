"""Records of old Excel files, put together here as [MS-XLS] describes them."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import limits
from corpus.readers.biff import Sheet, sheets_of
from errors import LimitError, UnreadableError

EXCEL_5, EXCEL_97 = 0x0500, 0x0600


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def bof(version: int) -> bytes:
    return record(0x0809, struct.pack("<HH", version, 5) + b"\0" * 4)


EOF = record(0x000A, b"")


def book(version: int, globals_: bytes, *cells: bytes, title: bytes = b"\x01\x00A") -> list[Sheet]:
    """The sheets of a stream with one sheet of these records."""
    if version == EXCEL_5:
        title = b"\x01A"
    head = bof(version) + globals_
    sheet = record(0x0085, struct.pack("<IBB", 0, 0, 0) + title)
    at = len(head) + len(sheet) + len(EOF)
    sheet = record(0x0085, struct.pack("<IBB", at, 0, 0) + title)
    return list(sheets_of(head + sheet + EOF + bof(version) + b"".join(cells) + EOF))


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def test_a_sheet_of_excel_5() -> None:
    text = "≥95%的村".encode("gb18030")
    globals_ = (
        record(0x0042, struct.pack("<H", 936))
        + record(0x041E, struct.pack("<HB", 164, 4) + b"0.0%")
        + record(0x00E0, struct.pack("<HH", 0, 0) + b"\0" * 12)
        + record(0x00E0, struct.pack("<HH", 0, 164) + b"\0" * 12)
    )
    (sheet,) = book(
        EXCEL_5,
        globals_,
        record(0x0204, struct.pack("<HHHH", 0, 0, 0, len(text)) + text),
        number(0, 1, 0.955, style=1),
    )
    assert sheet.cells == {(0, 0): "≥95%的村", (0, 1): "95.5%"}


def rk(value: int, *, hundredth: bool, whole: bool) -> int:
    return (value << 2 & 0xFFFFFFFF) | hundredth | whole << 1


def test_numbers_packed_in_four_bytes() -> None:
    half = struct.unpack("<Q", struct.pack("<d", 0.5))[0] >> 32
    packed = [
        (rk(-7, hundredth=False, whole=True), "-7"),
        (rk(12345, hundredth=True, whole=True), "123.45"),
        (half & ~3, "0.5"),
        (half & ~3 | 1, "0.005"),
    ]
    cells = b"".join(struct.pack("<HI", 0, value) for value, _ in packed)
    many = record(0x00BD, struct.pack("<HH", 2, 1) + cells + struct.pack("<H", 4))
    one = record(0x027E, struct.pack("<HHHI", 0, 0, 0, packed[0][0]))
    (sheet,) = book(EXCEL_97, b"", one, many)
    assert sheet.cells == {(0, 0): "-7"} | {
        (2, 1 + index): text for index, (_, text) in enumerate(packed)
    }


def test_results_of_formulas() -> None:
    def formula(column: int, result: bytes) -> bytes:
        return record(0x0006, struct.pack("<HHH", 0, column, 0) + result + b"\0" * 8)

    special = b"\xff\xff"
    (sheet,) = book(
        EXCEL_97,
        b"",
        formula(0, struct.pack("<d", 2.5)),
        formula(1, b"\0" * 6 + special),
        record(0x0207, struct.pack("<HB", 2, 1) + "合计".encode("utf-16-le")),
        formula(2, b"\x01\0\x01\0\0\0" + special),
        formula(3, b"\x02\0\x07\0\0\0" + special),
        formula(4, b"\x03" + b"\0" * 5 + special),
        record(0x0205, struct.pack("<HHHBB", 0, 5, 0, 0, 0)),
        record(0x0205, struct.pack("<HHHBB", 0, 6, 0, 42, 1)),
    )
    assert sheet.cells == {
        (0, 0): "2.5",
        (0, 1): "合计",
        (0, 2): "TRUE",
        (0, 3): "#DIV/0!",
        (0, 5): "FALSE",
        (0, 6): "#N/A",
    }


def test_merged_ranges_and_charts_inside() -> None:
    chart = bof(EXCEL_97) + number(9, 9, 1) + EOF
    merged = record(0x00E5, struct.pack("<H8H", 2, 0, 3, 0, 1, 5, 4, 0, 0))
    (sheet,) = book(EXCEL_97, b"", chart, number(0, 0, 7), merged)
    assert (sheet.title, sheet.cells, sheet.spans) == ("A", {(0, 0): "7"}, {(0, 0): (4, 2)})


def shared(texts: list[str], size: int) -> bytes:
    """A table of texts cut into records of some size, as Excel cuts them: also inside a text."""
    parts, body = [], struct.pack("<II", len(texts), len(texts))
    for index, text in enumerate(texts):
        rich = index % 3 == 1
        wide = not text.isascii()
        width = 2 if wide else 1
        head = struct.pack("<HB", len(text), wide | rich << 3) + (b"\x01\0" if rich else b"")
        if len(body) + len(head) > size:
            parts.append(body)
            body = b""
        body += head
        raw = text.encode("utf-16-le" if wide else "latin-1")
        while raw:
            room = max(0, (size - len(body)) // width * width)
            body, raw = body + raw[:room], raw[room:]
            if raw:
                parts.append(body)
                body = bytes([wide])
        body += b"\0" * 4 if rich else b""
    parts.append(body)
    return record(0x00FC, parts[0]) + b"".join(record(0x003C, part) for part in parts[1:])


TEXTS = st.text(st.characters(exclude_categories=["Cs"], max_codepoint=0xFFFF), max_size=40)


@given(st.lists(TEXTS, max_size=12), st.integers(20, 90))
def test_shared_texts_over_several_records(texts: list[str], size: int) -> None:
    cells = [
        record(0x00FD, struct.pack("<HHHI", index, 0, 0, index)) for index in range(len(texts))
    ]
    (sheet,) = book(EXCEL_97, shared(texts, size), *cells)
    expected = {(index, 0): text.strip() for index, text in enumerate(texts) if text}
    assert sheet.cells == expected


def test_no_sheet_is_read_twice_and_cells_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = record(0x0085, struct.pack("<IBB", 10**6, 0, 0) + b"\x01\x00B")
    assert len(book(EXCEL_97, twice * 3, number(0, 0, 1))) == 2
    monkeypatch.setattr(limits, "CELLS", 3)
    with pytest.raises(LimitError, match="cells in a sheet"):
        book(EXCEL_97, b"", *(number(row, 0, 1) for row in range(4)))


def test_a_locked_book_is_named() -> None:
    with pytest.raises(UnreadableError, match="without a password"):
        book(EXCEL_97, record(0x002F, b"\0" * 6), number(0, 0, 1))
