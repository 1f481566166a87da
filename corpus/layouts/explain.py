"""What a table was read as, and why: for a person who doubts it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.blocks import Item
from corpus.layouts.assemble import ReadTable, tables_of
from corpus.layouts.columns import Column
from corpus.layouts.contents import Content
from corpus.layouts.roles import (
    Role,
    column_contents,
    flat_role_of_head,
    role_of_head,
)


class By(StrEnum):
    """What decided the role of a column."""

    HEAD = "head"
    CONTENT = "content"
    AREA = "area"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """One column: its head as printed, what it was taken for, by what, and what stands in it.

    `contents` counts the cells below by sort; rows that lack cells count where they tell.
    """

    head: str
    role: Role
    by: By
    contents: Mapping[Content, int]


@dataclass(frozen=True, slots=True)
class TableReading:
    """One table: where it begins (`row` is that of its header), and what became of it."""

    file: str
    place: str
    row: int
    columns: tuple[ColumnReading, ...]
    rows: int
    projects: int
    indicators: int
    confidence: float
    doubts: tuple[str, ...]
    left_out: tuple[str, ...]


def explained(items: Sequence[Item], file: str) -> tuple[TableReading, ...]:
    """The target tables of one document and how each was understood, in document order."""
    return tuple(_reading(table, file) for table in tables_of(items, file))


def _reading(table: ReadTable, file: str) -> TableReading:
    header, trust = table.sheet.header, table.trust
    assert header is not None  # noqa: S101 - a table has one
    return TableReading(
        file=file,
        place=table.place,
        row=header.number,
        columns=tuple(_columns(table)),
        rows=len(table.sheet.body),
        projects=len(table.projects),
        indicators=sum(len(project.indicators) for project in table.projects),
        confidence=trust.confidence,
        doubts=trust.doubts,
        left_out=tuple(f"{note.place}: {note.reason}" for note in table.notes),
    )


def _columns(table: ReadTable) -> list[ColumnReading]:
    roles = [column.role for column in table.columns]
    bodies = [[cell.text for cell in row.cells] for row in table.sheet.body]
    contents = column_contents(roles, bodies, range(len(roles)))
    return [
        ColumnReading(column.head, column.role, _by(column), dict(Counter(found)))
        for column, found in zip(table.columns, contents, strict=True)
    ]


def _by(column: Column) -> By:
    if column.area:
        return By.AREA
    if column.role in (Role.OTHER, Role.SIDE):
        return By.NOTHING
    said = role_of_head(column.head)
    if column.role in (said, flat_role_of_head(column.head)):
        return By.HEAD
    return By.CONTENT
