"""Excel workbooks (.xlsx): rows of all sheets, merged cells, numbers as their format shows them.

Read from the XML itself (ECMA-376, part 1, 18): ten times as fast as a library that makes an
object of every cell, and no size that a file claims is believed.
"""

import math
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus import limits
from corpus.blocks import Item, Unread
from corpus.readers.formats import BUILT_IN, GENERAL, shown, shown_date
from corpus.readers.grid import SpanCell, rows_of
from corpus.readers.xml import parse_xml, stream_xml
from corpus.readers.zips import open_zip, read_part
from errors import UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _C, _V, _IS, _T, _R, _F = (f"{_S}{n}" for n in ("row", "c", "v", "is", "t", "r", "f"))
_MERGES, _SI = f"{_S}mergeCells", f"{_S}si"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TYPED = re.compile(r"\d[\d,]*(?:\.\d+)?(?:[%‰]|[\u4e00-\u9fff]{1,4}(?:/[\u4e00-\u9fff]{1,3})?)?")
_ROWS_OF_A_SHEET = 1_048_576

Span = tuple[int, int]


def read_xlsx(data: bytes) -> Iterator[Item]:
    """Rows of all sheets of an .xlsx, numbers written as their format shows them.

    Raises UnreadableError if the bytes are no intact .xlsx, LimitError beyond `corpus.limits`.
    """
    with open_zip(data) as archive:
        book = _Book(_Parts(archive))
        for title, part in book.sheets():
            yield from book.rows(title, part)


class _Parts:
    """The parts of a workbook by name, however its program wrote the names."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {n.replace("\\", "/").lower(): n for n in archive.namelist()}

    def get(self, name: str) -> bytes | None:
        """A part whole, or None when there is none of this name."""
        found = self._names.get(name.lower().lstrip("/"))
        return None if found is None else read_part(self._archive, found)

    def links(self) -> dict[str, str]:
        """Parts that the workbook points to, by their id."""
        data = self.get("xl/_rels/workbook.xml.rels")
        if data is None:
            return {}
        return {
            link.get("Id", ""): posixpath.normpath(posixpath.join("/xl", link.get("Target", "")))
            for link in parse_xml(data, "its list of sheets")
            if link.get("TargetMode") != "External"
        }


@dataclass
class _Book:
    """What all sheets share: texts, formats, the first day of the calendar."""

    parts: _Parts
    texts: Sequence[str] = field(init=False)
    formats: Sequence[str] = field(init=False)
    since_1904: bool = False
    cells: int = 0

    def __post_init__(self) -> None:
        strings = self.parts.get("xl/sharedStrings.xml")
        self.texts = [_text(si) for si in stream_xml(strings, "its texts", _SI)] if strings else []
        styles = self.parts.get("xl/styles.xml")
        self.formats = _formats(parse_xml(styles, "its formats")) if styles else []

    def sheets(self) -> Iterator[tuple[str, bytes]]:
        """Title and XML of every sheet, in order; charts have no cells and are left out."""
        data = self.parts.get("xl/workbook.xml")
        if data is None:
            raise UnreadableError(
                "expected a workbook, found parts of one; save it again in Excel or WPS"
            )
        root = parse_xml(data, "its list of sheets")
        properties = root.find(f"{_S}workbookPr")
        if properties is not None:
            self.since_1904 = properties.get("date1904") in ("1", "true")
        links = self.parts.links()
        for number, sheet in enumerate(root.iterfind(f"{_S}sheets/{_S}sheet"), start=1):
            target = links.get(sheet.get(_ID, ""), f"/xl/worksheets/sheet{number}.xml")
            part = self.parts.get(target)
            if part is not None and "/worksheets/" in target:
                yield sheet.get("name") or f"sheet {number}", part

    def rows(self, title: str, part: bytes) -> Iterator[Item]:
        """Rows of one sheet."""
        cells: list[SpanCell] = []
        spans: dict[Span, Span] = {}
        uncomputed = number = 0
        for element in stream_xml(part, f"sheet {title!r}", _ROW, _MERGES):
            if element.tag == _MERGES:
                spans = _spans(element)
                continue
            number = _row_number(element, number)
            column = -1
            for cell in element.iterchildren(_C):
                column = _column(cell.get("r"), column)
                text = self._shown(cell) or _typed(cell)
                if text:
                    cells.append(SpanCell(number - 1, column, text))
                elif cell.find(_F) is not None and cell.get("t") != "str":
                    uncomputed += 1
            limits.check_count(self.cells + len(cells), limits.CELLS, "cells in a workbook")
        self.cells += len(cells)
        if uncomputed:
            yield Unread(
                title,
                f"expected results of formulas, found {uncomputed} that were never computed;"
                " open and save it in Excel or WPS",
            )
        yield from rows_of(_spread(cells, spans), place=title)

    def _shown(self, cell: "_Element") -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(_IS)
            return "" if inline is None else _text(inline).strip()
        value = cell.findtext(_V)
        if not value:
            return ""
        if kind == "s":
            index = _whole(value, -1)
            return self.texts[index].strip() if 0 <= index < len(self.texts) else ""
        if kind == "n":
            return self._number(value, cell.get("s", "0"))
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return _date(value) if kind == "d" else _unescaped(value).strip()

    def _number(self, value: str, style: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value.strip()
        if not math.isfinite(number):
            return value.strip()
        index = _whole(style, 0)
        code = self.formats[index] if index < len(self.formats) else GENERAL
        return shown(number, code, since_1904=self.since_1904)


def _typed(cell: "_Element") -> str:
    """A formula that computes nothing: =100% and =8个 are target values that someone typed.

    Written by a program, it has no result; what is wrong as a formula can only be meant as text.
    """
    formula = cell.findtext(_F) or ""
    return f"={formula.strip()}" if _TYPED.fullmatch(formula.strip()) else ""


def _text(element: "_Element") -> str:
    """A text with or without runs; readings of characters (phonetics) are left out."""
    parts = [
        node.text or ""
        for node in element.iter(_T)
        if node.getparent() is element or ((p := node.getparent()) is not None and p.tag == _R)
    ]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: _character(int(match.group(1), 16)), text)


def _character(code: int) -> str:
    """An escaped character; controls and halves of characters are none."""
    return chr(code) if code in (9, 10, 13) or 32 <= code < 0xD800 or code > 0xDFFF else ""


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


def _formats(root: "_Element") -> list[str]:
    """Format code of every cell style."""
    own = {
        form.get("numFmtId", ""): form.get("formatCode", GENERAL)
        for form in root.iterfind(f"{_S}numFmts/{_S}numFmt")
    }
    codes = []
    for style in root.iterfind(f"{_S}cellXfs/{_S}xf"):
        number = style.get("numFmtId", "0")
        codes.append(own.get(number) or BUILT_IN.get(_whole(number, 0), GENERAL))
    return codes


def _row_number(row: "_Element", before: int) -> int:
    """Number of a row, from 1; rows without one, or with a wrong one, follow the last."""
    number = _whole(row.get("r", ""), 0)
    return number if before < number <= _ROWS_OF_A_SHEET else before + 1


def _column(reference: str | None, before: int) -> int:
    """Column of a cell, from 0; cells without one, or with a wrong one, follow the last."""
    match = _REFERENCE.fullmatch(reference) if reference else None
    column = _letters(match.group(1)) if match else -1
    return column if column > before else before + 1


def _letters(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1


def _spans(merges: "_Element") -> dict[Span, Span]:
    """First cell (row, column; from 0) of merged ranges → rows and columns covered."""
    found: dict[Span, Span] = {}
    for merge in merges:
        first, _, last = merge.get("ref", "").partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if start and end:
            row, column = int(start.group(2)), _letters(start.group(1))
            rows = int(end.group(2)) - row + 1
            columns = _letters(end.group(1)) - column + 1
            if row > 0 and rows > 0 and columns > 0:
                found[row - 1, column] = rows, columns
    limits.check_count(len(found), limits.CELLS, "merged ranges in a sheet")
    return found


def _spread(cells: list[SpanCell], spans: dict[Span, Span]) -> list[SpanCell]:
    """Cells with the ranges they reach; ranges that say nothing stand as blank cells."""
    if not spans:
        return cells
    filled = {(cell.row, cell.column) for cell in cells}
    spread = [
        cell._replace(rowspan=span[0], colspan=span[1])
        if (span := spans.get((cell.row, cell.column)))
        else cell
        for cell in cells
    ]
    spread += [SpanCell(*at, "", *span) for at, span in spans.items() if at not in filled]
    return spread


def _date(value: str) -> str:
    """A date as ISO 8601 writes it."""
    import datetime

    with suppress(ValueError):
        return shown_date(datetime.datetime.fromisoformat(value))
    return value.strip()
