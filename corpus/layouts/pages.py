"""Rows that the end of a page cut in two."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.blocks import Cell, Row
from corpus.layouts.body import is_unused
from corpus.layouts.columns import Column
from corpus.layouts.contents import Content, content_of
from corpus.layouts.levels import level1_of, level2_of
from corpus.layouts.roles import Role
from text.normalise import squeeze

_LEVELS = (Role.LEVEL1, Role.LEVEL2)
_VALUE_TAIL = re.compile(r"及?以[上下内]|之?内|之?前|左右|%|日前|[月年]底前?")
_USUAL = 0.7  # share of rows that say something in a column which every row fills


def whole_rows(rows: Sequence[Row], columns: Sequence[Column]) -> Sequence[Row]:
    """The rows of a table, those of two pages put together.

    The first row of a page goes on with the last one of the page before where one of the two
    lacks what every row of the table has.
    """
    if not rows or rows[0].place == rows[-1].place or not rows[0].place.startswith("page"):
        return rows
    return tuple(_whole(rows, columns, _usual_columns(rows)))


def _usual_columns(rows: Sequence[Row]) -> frozenset[int]:
    said = Counter(k for row in rows for k in _said(row))
    return frozenset(k for k, times in said.items() if times >= _USUAL * len(rows))


def _said(row: Row) -> list[int]:
    return [k for k, cell in enumerate(row.cells) if cell.text]


def _whole(rows: Sequence[Row], columns: Sequence[Column], usual: frozenset[int]) -> Iterator[Row]:
    above: Row | None = None
    for row in rows:
        if above is not None and row.place != above.place and _goes_on(above, row, columns, usual):
            row = _joined(above, row)
        elif above is not None:
            yield above
        above = row
    if above is not None:
        yield above


def _goes_on(above: Row, row: Row, columns: Sequence[Column], usual: frozenset[int]) -> bool:
    if len(above.cells) != len(row.cells):
        return False
    for column, upper, cell in zip(columns, above.cells, row.cells, strict=False):
        if column.role is Role.VALUE and _cuts_value(upper.text, cell.text):
            return True
    for column, cell in zip(columns, row.cells, strict=False):
        if column.role in _LEVELS and (level1_of(cell.text) or level2_of(cell.text)):
            return False
        if column.role is Role.NAME and is_unused(cell.text):
            return False
    return not usual <= set(_said(row)) or not usual <= set(_said(above))


def _cuts_value(upper: str, lower: str) -> bool:
    """Does a page end inside a value, so that its measure, or 以上, begins the next page?"""
    above, below = content_of(upper), content_of(lower)
    if above is Content.NUMBER and below is Content.MEASURE:
        return True
    return above is not Content.WORDS and _VALUE_TAIL.fullmatch(squeeze(lower)) is not None


def _joined(above: Row, row: Row) -> Row:
    """Both parts as one row, which stands where its first part does."""
    cells = [
        Cell("\n".join(t for t in (one.text, two.text) if t), one.number, one.merged)
        for one, two in zip(above.cells, row.cells, strict=True)
    ]
    return Row(tuple(cells), above.place)
