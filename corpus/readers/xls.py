"""Old Excel workbooks (.xls): rows of all sheets, numbers as their format shows them."""

import io
import struct
from collections.abc import Iterator

from corpus import limits
from corpus.blocks import Item
from corpus.readers.biff import Sheet, sheets_of
from corpus.readers.grid import SpanCell, rows_of
from corpus.readers.office import convert
from corpus.readers.xlsx import read_xlsx


def read_xls(data: bytes) -> Iterator[Item]:
    """Rows of all sheets of an old Excel file; LibreOffice reads what cannot be read here.

    Raises UnreadableError if it is locked by a password or (without LibreOffice) damaged;
    LimitError beyond `corpus.limits`.
    """
    try:
        sheets = tuple(sheets_of(_stream(data)))
    except (OSError, struct.error, IndexError, ValueError, OverflowError, TypeError):
        return read_xlsx(convert(data, "xls", "xlsx", "an .xls that is damaged"))
    limits.check_count(
        sum(len(sheet.cells) for sheet in sheets), limits.CELLS, "cells in a workbook"
    )
    return (item for sheet in sheets for item in _rows(sheet))


def _stream(data: bytes) -> bytes:
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        name = "Workbook" if ole.exists("Workbook") else "Book"
        stream: bytes = ole.openstream(name).read()
    return stream


def _rows(sheet: Sheet) -> Iterator[Item]:
    places = sheet.cells.keys() | sheet.spans.keys()
    cells = [
        SpanCell(*place, sheet.cells.get(place, ""), *sheet.spans.get(place, (1, 1)))
        for place in sorted(places)
    ]
    yield from rows_of(cells, place=sheet.title)
