"""Spreadsheets: .xlsx with merged cells and number formats, .xls, .csv and .tsv."""

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.blocks import Cell, Item, Row
from corpus.readers.grid import SpanCell, rows_of
from corpus.readers.text import decode
from errors import LimitError, UnreadableError

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as XlsxCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

MAX_CELLS = 2_000_000
"""Cells read from one workbook; a disclosure of a whole province has some hundred thousand."""


def read_xlsx(data: bytes) -> Iterator[Item]:
    """Rows of all sheets of an .xlsx; numbers are written as their format shows them.

    Raises UnreadableError if the bytes are no intact .xlsx, LimitError beyond `MAX_CELLS`.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableError(
            f"expected an intact .xlsx, found a damaged one ({error}); save it again in Excel"
        ) from error
    for sheet in book.worksheets:
        if (sheet.max_row or 0) * (sheet.max_column or 0) > MAX_CELLS:
            raise LimitError(
                f"expected at most {MAX_CELLS:,} cells, found a sheet of"
                f" {sheet.max_row:,} rows; split it by unit"
            )
        yield from _xlsx_rows(sheet)


def _xlsx_rows(sheet: "Worksheet") -> Iterator[Row]:
    spans = {
        (r.min_row, r.min_col): (r.max_row - r.min_row + 1, r.max_col - r.min_col + 1)
        for r in sheet.merged_cells.ranges
    }
    cells = [
        SpanCell(row, column, _shown(cell), *spans.get((row + 1, column + 1), (1, 1)))
        for row, line in enumerate(sheet.iter_rows())
        for column, cell in enumerate(line)
        if cell.value is not None or (row + 1, column + 1) in spans
    ]
    yield from rows_of(cells, place=sheet.title)


def _shown(cell: "XlsxCell | MergedCell") -> str:
    """A cell as its number format shows it, as far as percent, dates and decimals go."""
    value, form = cell.value, str(cell.number_format or "General")
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value if value is not None else "").strip()
    places = re.search(r"0\.(0+)", form)
    if "%" in form:
        return f"{value * 100:.{len(places.group(1)) if places else 0}f}%"
    if places:
        return (
            f"{value:,.{len(places.group(1))}f}"
            if "," in form
            else f"{value:.{len(places.group(1))}f}"
        )
    return plain_number(value)


def plain_number(value: float) -> str:
    """A number without the traces of binary fractions: 0.30000000000000004 → 0.3."""
    return f"{value:.10g}" if abs(value) < 1e10 else f"{value:.0f}"


def read_xls(data: bytes) -> Iterator[Item]:
    """Rows of all sheets of an old Excel file. Raises UnreadableError if it is damaged."""
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        names = book.sheet_names
        sheets = [book.get_sheet_by_name(name) for name in names]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableError(
            f"expected an intact .xls, found a damaged one ({error}); save it again in Excel"
        ) from error
    for name, sheet in zip(names, sheets, strict=True):
        spans = {
            start: (end[0] - start[0] + 1, end[1] - start[1] + 1)
            for start, end in sheet.merged_cell_ranges or ()
        }
        cells = [
            SpanCell(r, c, _calamine_text(value), *spans.get((r, c), (1, 1)))
            for r, line in enumerate(sheet.to_python(skip_empty_area=False))
            for c, value in enumerate(line)
            if value != "" or (r, c) in spans
        ]
        yield from rows_of(cells, place=name)


def _calamine_text(value: object) -> str:
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float):
        return plain_number(value)
    return str(value).strip()


def read_csv(data: bytes) -> Iterator[Item]:
    """Rows of a comma- or tab-separated file; numbers are physical lines."""
    text = decode(data)
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for values in reader:
            if any(v.strip() for v in values):
                yield Row(tuple(Cell(v.strip(), line) for v in values))
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableError(
            f"expected comma-separated values, found {error}; save the file again as .csv"
        ) from error
