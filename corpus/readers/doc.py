"""Old Word documents (.doc): text, cell marks, row ends and merged cells.

Read directly, because converters lose the tables of such files. Structures and offsets as in
Microsoft's published specification [MS-DOC]: FIB, piece table (2.8.35), paragraph properties
(2.9.175), table rows (sprmPFTtp, sprmTDefTable).
"""

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.blocks import Item, Paragraph
from corpus.readers.docx import read_docx
from corpus.readers.grid import SpanCell, rows_of
from corpus.readers.office import convert
from errors import UnreadableError

_FC_PAPX, _FC_CLX = 0x102, 0x1A2
_ROW_END, _ROW_SHAPE = 0x2417, 0xD608
_IN_TABLE, _STORED_APART = 0x2416, 0x6646
_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes, by the kind in an operation's top three bits
_VARIABLE = 6
_CELL_MARK, _BREAKS = "\x07", "\r\x0b\x0c"
_MERGED_INTO_ABOVE = 1
_SAME_EDGE = 30  # twentieths of a point
_FIELD_NOISE = dict.fromkeys((0x01, 0x02, 0x05, 0x08, 0x13, 0x14, 0x15))


@dataclass(frozen=True, slots=True)
class _Shape:
    """Edges of a row's cells, and which of them are merged into the cell above."""

    edges: tuple[int, ...]
    merged: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _TableRow:
    texts: tuple[str, ...]
    shape: _Shape


def read_doc(data: bytes) -> Iterator[Item]:
    """Rows and paragraphs of an old Word document; LibreOffice reads what cannot be read here.

    Raises UnreadableError if it is locked by a password, or (without LibreOffice) damaged or
    older than Word 97; LimitError beyond `corpus.limits`.
    """
    try:
        return iter(tuple(_items(_Word.open(data))))
    except (OSError, struct.error, IndexError, ValueError, OverflowError, TypeError):
        return read_docx(convert(data, "doc", "docx", "a .doc that is damaged or before Word 97"))


def _items(word: "_Word") -> Iterator[Item]:
    rows: list[_TableRow] = []
    tables = number = 0
    for block in word.blocks():
        if isinstance(block, _TableRow):
            rows.append(block)
            continue
        if rows and block:
            tables += 1
            yield from _table(rows, tables)
            rows = []
        if block:
            number += 1
            yield Paragraph(block, number)
    if rows:
        yield from _table(rows, tables + 1)


def _table(rows: list[_TableRow], number: int) -> Iterator[Item]:
    edges = _edges(rows)
    cells: list[SpanCell] = []
    last_in_column: dict[int, int] = {}
    for index, row in enumerate(rows):
        for position, text in enumerate(row.texts):
            column, colspan = _place(row, position, edges)
            merged = row.shape.merged[position : position + 1] == (True,)
            if merged and column in last_in_column and not text:
                above = cells[last_in_column[column]]
                cells[last_in_column[column]] = SpanCell(
                    above.row, above.column, above.text, index - above.row + 1, above.colspan
                )
            else:
                last_in_column[column] = len(cells)
                cells.append(SpanCell(index, column, text, 1, colspan))
    yield from rows_of(cells, place=f"table {number}")


def _edges(rows: list[_TableRow]) -> list[int]:
    found: list[int] = []
    for edge in sorted({e for row in rows for e in row.shape.edges}):
        if not found or edge - found[-1] > _SAME_EDGE:
            found.append(edge)
    return found


def _place(row: _TableRow, position: int, edges: list[int]) -> tuple[int, int]:
    """Column and colspan of a cell, by the edges that all rows of the table share."""
    if position + 1 >= len(row.shape.edges):
        return position, 1
    left, right = row.shape.edges[position : position + 2]
    first = bisect_right(edges, left + _SAME_EDGE) - 1
    last = bisect_right(edges, right + _SAME_EDGE) - 1
    return first, max(1, last - first)


@dataclass(frozen=True, slots=True)
class _Word:
    """The streams of a document, and its text with the file position of every character."""

    stream: bytes
    table: bytes
    data: bytes

    @classmethod
    def open(cls, data: bytes) -> "_Word":
        import olefile

        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            stream: bytes = ole.openstream("WordDocument").read()
            magic, version = struct.unpack_from("<HH", stream, 0)
            flags = struct.unpack_from("<H", stream, 0x0A)[0]
            if magic != 0xA5EC or version < 0x00C1:
                raise ValueError("not Word 97 or newer")
            if flags & 0x0100:
                raise UnreadableError(
                    "expected a .doc without a password, found an encrypted one;"
                    " take the password off in Word or WPS and save it as .docx"
                )
            table: bytes = ole.openstream("1Table" if flags & 0x0200 else "0Table").read()
            more: bytes = ole.openstream("Data").read() if ole.exists("Data") else b""
        return cls(stream, table, more)

    def blocks(self) -> Iterator[_TableRow | str]:
        """Paragraphs and table rows in order."""
        properties = dict(self._paragraphs())
        cells: list[str] = []
        text: list[str] = []
        for char, end in self._characters():
            if char == _CELL_MARK:
                shape = _row_end(properties.get(end, []))
                if shape is None:
                    cells.append(_clean(text))
                else:
                    yield _TableRow(tuple(cells), shape)
                    cells = []
                text = []
            elif char in _BREAKS:
                text.append("\n")
                if not cells and not _in_table(properties.get(end, [])):
                    yield _clean(text)
                    text = []
            else:
                text.append(char)
        yield _clean(text)

    def _characters(self) -> Iterator[tuple[str, int]]:
        """Every character with the file position of its last byte's end."""
        pieces = tuple(self._pieces())
        if sum(count for _, count, _ in pieces) > len(self.stream):
            raise ValueError("more text than bytes")
        for start, count, wide in pieces:
            width = 2 if wide else 1
            raw = self.stream[start : start + count * width]
            text = raw.decode("utf-16-le" if wide else "cp1252", errors="replace")
            for index, char in enumerate(text):
                yield char, start + (index + 1) * width

    def _pieces(self) -> Iterator[tuple[int, int, bool]]:
        offset, length = struct.unpack_from("<II", self.stream, _FC_CLX)
        clx = self.table[offset : offset + length]
        position = 0
        while clx[position] == 0x01:
            position += 3 + struct.unpack_from("<H", clx, position + 1)[0]
        size = struct.unpack_from("<I", clx, position + 1)[0]
        plc = clx[position + 5 : position + 5 + size]
        count = (len(plc) - 4) // 12
        places = struct.unpack_from(f"<{count + 1}I", plc, 0)
        for index in range(count):
            fc = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)[0]
            wide = not fc & 0x40000000
            start = fc if wide else (fc & 0x3FFFFFFF) // 2
            yield start, max(0, places[index + 1] - places[index]), wide

    def _paragraphs(self) -> Iterator[tuple[int, list[tuple[int, bytes]]]]:
        """End position and properties of every paragraph."""
        offset, length = struct.unpack_from("<II", self.stream, _FC_PAPX)
        plc = self.table[offset : offset + length]
        count = (len(plc) - 4) // 8
        for number in struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)):
            page = self.stream[number * 512 : number * 512 + 512]
            runs = page[511]
            ends = struct.unpack_from(f"<{runs + 1}I", page, 0)
            for index in range(runs):
                at = page[4 * (runs + 1) + 13 * index] * 2
                yield ends[index + 1], self._properties(page, at) if at else []

    def _properties(self, page: bytes, at: int) -> list[tuple[int, bytes]]:
        """The properties stored at one place of a page, or where that place points to."""
        size = 2 * page[at] - 1 if page[at] else 2 * page[at + 1]
        start = at + (1 if page[at] else 2)
        found = _sprms(page, start + 2, min(start + size, len(page)))
        for operation, operand in found:
            if operation == _STORED_APART:
                offset = struct.unpack("<I", operand)[0]
                length = struct.unpack_from("<H", self.data, offset)[0]
                return found + _sprms(self.data, offset + 2, offset + 2 + length)
        return found


def _sprms(page: bytes, position: int, end: int) -> list[tuple[int, bytes]]:
    """Properties as pairs of an operation and its operand."""
    found: list[tuple[int, bytes]] = []
    while position + 2 <= end:
        operation = struct.unpack_from("<H", page, position)[0]
        position += 2
        length, skip = _operand(page, position, operation)
        found.append((operation, page[position + skip : position + skip + length]))
        position += skip + length
    return found


def _operand(page: bytes, position: int, operation: int) -> tuple[int, int]:
    """Length of an operand, and the bytes before it that state that length."""
    kind = operation >> 13
    if operation == _ROW_SHAPE:
        return max(0, struct.unpack_from("<H", page, position)[0] - 1), 2
    if kind == _VARIABLE:
        return page[position], 1
    return _OPERANDS[kind], 0


def _row_end(sprms: list[tuple[int, bytes]]) -> _Shape | None:
    """The shape of the row that ends with this paragraph, or None if none ends."""
    if not any(op == _ROW_END and value[:1] == b"\x01" for op, value in sprms):
        return None
    shape = next((value for op, value in sprms if op == _ROW_SHAPE), b"")
    return _shape(shape)


def _shape(operand: bytes) -> _Shape:
    """Edges in twentieths of a point, and the vertical merge of every cell (sprmTDefTable)."""
    if not operand:
        return _Shape((), ())
    count = operand[0]
    edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    at = 1 + 2 * (count + 1)
    flags = [
        struct.unpack_from("<H", operand, at + 20 * k)[0] if at + 20 * k + 2 <= len(operand) else 0
        for k in range(count)
    ]
    return _Shape(edges, tuple((f >> 5) & 3 == _MERGED_INTO_ABOVE for f in flags))


def _in_table(sprms: list[tuple[int, bytes]]) -> bool:
    return any(op == _IN_TABLE and value[:1] == b"\x01" for op, value in sprms)


def _clean(text: list[str]) -> str:
    lines = "".join(text).translate(_FIELD_NOISE).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())
