"""Tables with true spans, laid out as full rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.blocks import Cell, Row


@dataclass(frozen=True, slots=True)
class SpanCell:
    """One printed cell: where it begins (counted from 0), how far it reaches, what it says."""

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1


def rows_of(cells: Sequence[SpanCell], *, place: str, first_number: int = 1) -> Iterator[Row]:
    """Lay cells out as rows of equal width; swallowed places become blank merged cells.

    `first_number` is the row number of row 0 as sources count it. Empty rows are left out.
    """
    if not cells:
        return
    width = max(c.column + c.colspan for c in cells)
    height = max(c.row + 1 for c in cells)
    grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for cell in cells:
        for row in range(cell.row, min(cell.row + cell.rowspan, height)):
            for column in range(cell.column, cell.column + cell.colspan):
                first = (row, column) == (cell.row, cell.column)
                text = cell.text if first else ""
                grid[row][column] = Cell(text, row + first_number, merged=not first)
    for index, line in enumerate(grid):
        laid = Row(tuple(c or Cell("", index + first_number) for c in line), place)
        if laid.texts:
            yield laid
