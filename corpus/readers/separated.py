"""Values parted by commas, tabs or semicolons (.csv, .tsv)."""

import csv
import io
from collections.abc import Iterator

from corpus import limits
from corpus.blocks import Cell, Item, Row
from corpus.readers.text import decode
from errors import UnreadableError

_DELIMITERS = (",", "\t", ";")  # of several that part as many lines, the first
_SAMPLE = 20_000  # characters by which the delimiter is told


def read_csv(data: bytes) -> Iterator[Item]:
    """Rows of a separated file; numbers are physical lines.

    Raises UnreadableError if the bytes are no such text, LimitError beyond `corpus.limits`.
    """
    text = decode(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text[:_SAMPLE]))
    line, cells = 1, 0
    try:
        for values in reader:
            if any(v.strip() for v in values):
                limits.check_count(
                    len(values), limits.COLUMNS, "columns in a table", "delete the empty columns"
                )
                cells += len(values)
                limits.check_count(cells, limits.CELLS, "cells in a table")
                yield Row(tuple([Cell(v.strip(), line) for v in values]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableError(
            f"expected comma-separated values, found {error}; save the file again as .csv"
        ) from error


def _delimiter(start: str) -> str:
    """The sign that parts the most lines: titles stand above the header, and part nothing."""
    lines = start.splitlines()
    return max(_DELIMITERS, key=lambda sign: sum(line.count(sign) > 1 for line in lines))
