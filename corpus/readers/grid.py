"""Tables with true spans, laid out as full rows."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus import limits
from corpus.blocks import Cell, Row


class SpanCell(NamedTuple):
    """One printed cell: where it begins (counted from 0), how far it reaches, what it says."""

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1


def rows_of(cells: Sequence[SpanCell], *, place: str, first_number: int = 1) -> Iterator[Row]:
    """Lay cells out as rows of equal width; swallowed places become blank merged cells.

    `first_number` is the row number of row 0 as sources count it. Empty rows are left out.
    Raises LimitError if the table is too wide or has too many cells.
    """
    said = sorted({cell.row for cell in cells if cell.text})
    if not said:
        return
    cells = _near(cells)
    width = max(c.column + c.colspan for c in cells)
    limits.check_count(
        len(said) * width, limits.CELLS, "cells in a table", "split it into smaller tables"
    )
    covered = sum(len(_reached(c, said)) * c.colspan for c in cells if c.rowspan > 1)
    limits.check_count(covered, 2 * limits.CELLS, "merged cells in a table")
    grid: dict[int, list[Cell | None]] = {row: [None] * width for row in said}
    for cell in cells:
        reached = _reached(cell, said) if cell.rowspan > 1 else (cell.row,)
        end = cell.column + cell.colspan
        for row in reached:
            line = grid.get(row)
            if line is None:
                continue
            for column in range(cell.column, end):
                line[column] = Cell("", row + first_number, merged=True)
            if row == cell.row:
                line[cell.column] = Cell(cell.text, row + first_number)
    for row, line in grid.items():
        blank = Cell("", row + first_number)
        yield Row(tuple([cell or blank for cell in line]), place)


def _reached(cell: SpanCell, said: Sequence[int]) -> Sequence[int]:
    """The rows with text that a cell reaches, of all rows with text."""
    return said[bisect_left(said, cell.row) : bisect_left(said, cell.row + cell.rowspan)]


def _near(cells: Sequence[SpanCell]) -> Sequence[SpanCell]:
    """The cells, those of a very wide table moved together: columns where none begins are left out.

    A stray cell at the right edge of a sheet, or a span of a million columns, makes it wide.
    """
    if max(c.column + c.colspan for c in cells) <= limits.COLUMNS:
        return cells
    used = sorted({c.column for c in cells})
    limits.check_count(len(used), limits.COLUMNS, "columns in a table", "delete the empty columns")
    near = []
    for cell in cells:
        first = bisect_left(used, cell.column)
        last = bisect_left(used, cell.column + cell.colspan)
        near.append(cell._replace(column=first, colspan=last - first))
    return near
