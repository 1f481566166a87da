"""Records of old Excel files ([MS-XLS] 2.3 and 2.4; Excel 5 to 2003): cells as they are shown.

Read directly: the library that could do it ends the whole process on some damaged files, and
does not tell number formats, without which 95% comes out as 0.95.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus import limits
from corpus.readers.formats import BUILT_IN, GENERAL, shown
from errors import UnreadableError

_BOF, _EOF, _CONTINUE, _FILEPASS = 0x0809, 0x000A, b"\x3c\x00", 0x002F
_SHEET, _SST, _FORMAT, _XF, _DATEMODE, _CODEPAGE = 0x0085, 0x00FC, 0x041E, 0x00E0, 0x0022, 0x0042
_NUMBER, _RK, _MULTIPLE_RK, _FORMULA, _STRING = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0207
_LABEL, _RICH_LABEL, _LABEL_SST, _BOOL_ERROR, _MERGED = 0x0204, 0x00D6, 0x00FD, 0x0205, 0x00E5
_BIFF8, _WORKSHEET = 0x0600, 0
_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08  # flags of a text
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"}
_NOT_AVAILABLE = "#N/A"
_CODEPAGES = {936: "gb18030", 950: "big5", 1252: "cp1252", 32769: "cp1252"}

Place = tuple[int, int]


class Sheet(NamedTuple):
    """The cells of a sheet as shown, and its merged ranges: first cell → rows, columns."""

    title: str
    cells: dict[Place, str]
    spans: dict[Place, tuple[int, int]]


def sheets_of(stream: bytes) -> Iterator[Sheet]:
    """All sheets with cells of a workbook stream.

    Raises UnreadableError if it is locked; struct.error, IndexError or ValueError if damaged.
    """
    book = _Book()
    for kind, parts in _records(stream, 0):
        book.take(kind, parts)
    for at, title in book.sheets.items():
        sheet = _Sheet(book, Sheet(title, {}, {}))
        for kind, parts in _records(stream, at):
            sheet.take(kind, parts)
        yield sheet.made


def _records(stream: bytes, at: int) -> Iterator[tuple[int, Sequence[bytes]]]:
    """Kinds and parts of the records of one substream, those of charts inside it left out."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        parts = [stream[at + 4 : at + 4 + size]]
        at += 4 + size
        while stream[at : at + 2] == _CONTINUE and at + 4 <= len(stream):
            size = struct.unpack_from("<H", stream, at + 2)[0]
            parts.append(stream[at + 4 : at + 4 + size])
            at += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, parts


class _Texts:
    """Texts one after the other, each of which may run on into the next part of its record."""

    def __init__(self, parts: Sequence[bytes], at: int = 0) -> None:
        self._parts = parts
        self._part, self._at = 0, at

    def ended(self) -> bool:
        """Is there nothing more?"""
        return self._part == len(self._parts) - 1 and self._at >= len(self._parts[-1])

    def next(self, *, short: bool = False) -> str:
        """The next text, its formats and readings left out."""
        count = self._take(1)[0] if short else int.from_bytes(self._take(2), "little")
        flags = self._take(1)[0]
        runs = int.from_bytes(self._take(2), "little") if flags & _RICH else 0
        more = int.from_bytes(self._take(4), "little") if flags & _EXTENDED else 0
        text = self._characters(count, wide=bool(flags & _WIDE))
        self._take(4 * runs + more)
        return text

    def _characters(self, count: int, *, wide: bool) -> str:
        pieces: list[str] = []
        while count:
            part = self._parts[self._part]
            width = 2 if wide else 1
            size = min(count, (len(part) - self._at) // width)
            if size <= 0:  # goes on in the next part, which says its width anew
                self._part, self._at = self._part + 1, 1
                wide = bool(self._parts[self._part][0] & _WIDE)
                continue
            raw = part[self._at : self._at + size * width]
            pieces.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
            self._at += size * width
            count -= size
        return "".join(pieces)

    def _take(self, size: int) -> bytes:
        """So many bytes that are no characters."""
        taken = b""
        while True:
            piece = self._parts[self._part][self._at : self._at + size - len(taken)]
            taken += piece
            self._at += len(piece)
            if len(taken) == size:
                return taken
            self._part, self._at = self._part + 1, 0


@dataclass
class _Book:
    """What the first part of the stream says: texts, formats, styles, places of the sheets."""

    biff8: bool = True
    encoding: str = "gb18030"
    since_1904: bool = False
    texts: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    styles: list[int] = field(default_factory=list)
    sheets: dict[int, str] = field(default_factory=dict)

    def take(self, kind: int, parts: Sequence[bytes]) -> None:
        """Take one record."""
        record = parts[0]
        if kind == _FILEPASS:
            raise UnreadableError(
                "expected an .xls without a password, found an encrypted one;"
                " take the password off in Excel or WPS and save it as .xlsx"
            )
        if kind == _BOF:
            self.biff8 = _short(record, 0) == _BIFF8
        elif kind == _CODEPAGE:
            self.encoding = _CODEPAGES.get(_short(record, 0), "gb18030")
        elif kind == _DATEMODE:
            self.since_1904 = _short(record, 0) == 1
        elif kind == _FORMAT:
            self.formats[_short(record, 0)] = self.text(parts, 2, short=not self.biff8)
        elif kind == _XF:
            self.styles.append(_short(record, 2))
        elif kind == _SHEET and record[5] == _WORKSHEET:
            # by place, so that none is read twice
            self.sheets[struct.unpack_from("<I", record)[0]] = self.text(parts, 6, short=True)
        elif kind == _SST:
            texts = _Texts(parts, 8)
            while not texts.ended():
                self.texts.append(texts.next())

    def text(self, parts: Sequence[bytes], at: int, *, short: bool = False) -> str:
        """A text of a record; `short`: its length is one byte."""
        if self.biff8:
            return _Texts(parts, at).next(short=short)
        record = parts[0]
        size = record[at] if short else _short(record, at)
        start = at + (1 if short else 2)
        return record[start : start + size].decode(self.encoding, "replace")

    def shown(self, number: float, style: int) -> str:
        """A number as its cell shows it."""
        form = self.styles[style] if style < len(self.styles) else 0
        return shown(number, self.formats.get(form, GENERAL), since_1904=self.since_1904)


@dataclass
class _Sheet:
    """Gathers the cells of one sheet."""

    book: _Book
    made: Sheet
    waiting: Place | None = None  # a formula whose result is the text that follows

    def take(self, kind: int, parts: Sequence[bytes]) -> None:
        """Take one record."""
        record = parts[0]
        if kind == _STRING and self.waiting is not None:
            self._put(self.waiting, self.book.text(parts, 0))
            self.waiting = None
        elif kind == _MULTIPLE_RK:
            row, first = struct.unpack_from("<HH", record)
            for index in range((len(record) - 6) // 6):
                style, packed = struct.unpack_from("<HI", record, 4 + 6 * index)
                self._put((row, first + index), self.book.shown(_unpacked(packed), style))
        elif kind == _MERGED:
            for index in range(min(_short(record, 0), (len(record) - 2) // 8)):
                top, bottom, left, right = struct.unpack_from("<4H", record, 2 + 8 * index)
                if bottom >= top and right >= left:
                    self.made.spans[top, left] = bottom - top + 1, right - left + 1
        elif kind in (_NUMBER, _RK, _FORMULA, _LABEL, _RICH_LABEL, _LABEL_SST, _BOOL_ERROR):
            row, column, style = struct.unpack_from("<3H", record)
            self._put((row, column), self._one(kind, parts, (row, column), style))

    def _one(self, kind: int, parts: Sequence[bytes], place: Place, style: int) -> str:
        """What a record of a single cell says."""
        record = parts[0]
        if kind == _LABEL_SST:
            index = struct.unpack_from("<I", record, 6)[0]
            return self.book.texts[index] if index < len(self.book.texts) else ""
        if kind in (_LABEL, _RICH_LABEL):
            return self.book.text(parts, 6)
        if kind == _BOOL_ERROR:
            return _bool_or_error(record[6], is_error=bool(record[7]))
        if kind == _RK:
            return self.book.shown(_unpacked(struct.unpack_from("<I", record, 6)[0]), style)
        if kind == _FORMULA and record[12:14] == b"\xff\xff":
            self.waiting = place if record[6] == 0 else None
            return _bool_or_error(record[8], is_error=record[6] == 2) if record[6] in (1, 2) else ""
        return self.book.shown(struct.unpack_from("<d", record, 6)[0], style)

    def _put(self, place: Place, text: str) -> None:
        if text:
            self.made.cells[place] = text.strip()
            limits.check_count(len(self.made.cells), limits.CELLS, "cells in a sheet")


def _short(record: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", record, at)[0])


def _unpacked(packed: int) -> float:
    """A number of four bytes (RK): the upper 30 bits of a float, or a whole one; or a hundredth."""
    if packed & 2:
        number = float((packed ^ 0x80000000) - 0x80000000 >> 2)
    else:
        number = float(struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", packed & ~3))[0])
    return number / 100 if packed & 1 else number


def _bool_or_error(code: int, *, is_error: bool) -> str:
    return _ERRORS.get(code, _NOT_AVAILABLE) if is_error else str(bool(code)).upper()
