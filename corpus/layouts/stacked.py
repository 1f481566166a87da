"""Rows of which one cell holds several indicators, line under line, and another their values."""

import re
from collections.abc import Iterator, Sequence

from corpus.blocks import Cell, Row
from corpus.frozen import frozen
from corpus.layouts.align import align
from corpus.layouts.columns import Column
from corpus.layouts.contents import Content, content_of
from corpus.layouts.roles import Role
from corpus.layouts.trust import STACKED
from corpus.records import Remark
from text.normalise import one_line

_MARK = re.compile(r"(?:指标\d+\s*[:：.、]|\d{1,2}[.、．](?!\d)|[(（]\d{1,2}[)）]|[①-⑳])\s*")
_OF_EACH = (Role.WEIGHT, Role.SCORE, Role.ACTUAL)  # one text cannot be that of several indicators
_SHOWN = 60  # characters


@frozen
class Unstacked:
    """The rows of a table, one per indicator, and what could not be parted."""

    rows: Sequence[Row]
    notes: tuple[Remark, ...] = ()


def unstacked(rows: Sequence[Row], columns: Sequence[Column], file: str) -> Unstacked:
    """Part the rows of several indicators; the rows themselves where there are none.

    Marks (指标1：, 1.) at the lines of the name tell several indicators, or as many whole numbers
    in the lines of the value; else the lines are those of one text that its column breaks.
    """
    if not any("\n" in text for row in rows for text in row.texts):
        return Unstacked(rows)
    roles = [column.role for column in columns]
    if Role.NAME not in roles or roles.count(Role.VALUE) != 1:
        return Unstacked(rows)
    found: list[Row] = []
    notes: list[Remark] = []
    for row in rows:
        parts = _parts(row, roles) if any("\n" in text for text in row.texts) else [row]
        found += parts or [row]
        if not parts:
            said = one_line(" | ".join(row.texts))[:_SHOWN]
            notes.append(Remark(file, row.stands, f"{STACKED}: {said}"))
    return Unstacked(found, tuple(notes))


def _parts(row: Row, roles: Sequence[Role]) -> list[Row]:
    """The rows of the indicators of one row; none where their values cannot be told apart."""
    placed = {number: cell for number, cell in align(row.cells, roles).items() if cell.text}
    name = placed.get(roles.index(Role.NAME))
    value = placed.get(roles.index(Role.VALUE))
    if name is None or "\n" not in name.text:
        return [row]
    names, values = _entries(name.text), _entries(value.text) if value else []
    marked = len(names) > 1 and all(map(_MARK.match, names))
    if marked and len(names) != len(values):
        return []
    if not marked and not (len(names) == len(values) > 1 and all(map(_is_amount, values))):
        return [row]
    return list(_dealt(row, roles, placed, len(names)))


def _entries(text: str) -> list[str]:
    """The lines of a cell; where marks number them, a line without one goes on with the last."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if sum(_MARK.match(line) is not None for line in lines) < 2 or not _MARK.match(lines[0]):
        return lines
    entries: list[str] = []
    for line in lines:
        if _MARK.match(line):
            entries.append(line)
        else:
            entries[-1] += line
    return entries


def _is_amount(text: str) -> bool:
    """Is a line a whole number with its measure, not a part of one, nor a date?"""
    if content_of(text) is not Content.MEASURED or "月" in text:
        return False
    from corpus.layouts.run_values import is_certain_value  # patterns slow to load, and rare

    return is_certain_value(text)


def _dealt(row: Row, roles: Sequence[Role], placed: dict[int, Cell], count: int) -> Iterator[Row]:
    for part in range(count):
        cells = []
        for number, role in enumerate(roles):
            cell = placed.get(number) or Cell("", row.number)
            entries = _entries(cell.text)
            if len(entries) == count:
                text = entries[part]
                text = _MARK.sub("", text, count=1) if role is not Role.NAME else text
            else:
                text = "" if role in _OF_EACH else cell.text
            cells.append(Cell(text, cell.number))
        yield Row(tuple(cells), row.place)
