"""Picking single rows out of the store by id, without reading whole tables."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TypeVar

from corpus.records import Project
from corpus.store import rows
from corpus.store.stored import StoredIndicator

Item = TypeVar("Item")

_INDICATORS = (
    "WITH wanted (id, place) AS (VALUES {marks}) "  # noqa: S608 - constants of `rows`
    "SELECT project.row, project.id, indicator.position, "
    + ", ".join(f"indicator.{name}" for name in rows.INDICATOR_COLUMNS.split(", "))
    + " FROM wanted JOIN project ON project.id = wanted.id AND active "
    "JOIN indicator ON indicator.project = project.row AND indicator.position = wanted.place"
)
_HEADS = "SELECT row, " + rows.HEAD_COLUMNS + " FROM project WHERE row IN ({marks})"  # noqa: S608
_STATED = (
    "SELECT project.id, indicator.name, value_raw FROM project "
    "JOIN indicator ON indicator.project = project.row WHERE active AND project.id IN ({marks})"
)
_AT_ONCE = 5_000  # values in one statement; SQLite takes some 32,000


def indicators_at(
    connection: sqlite3.Connection, ids: Sequence[str]
) -> tuple[StoredIndicator, ...]:
    """The indicators of these ids, in their order; those that are not there are left out."""
    places = [_place_in(own_id) for own_id in ids]
    found: dict[tuple[str, int], tuple[int, rows.Row]] = {}
    heads: dict[int, Project] = {}
    for part in _parts([place for place in places if place is not None], _AT_ONCE // 2):
        statement = _INDICATORS.format(marks=", ".join(["(?, ?)"] * len(part)))
        values = [value for place in part for value in place]
        for row in connection.execute(statement, values):
            found[row[1], row[2]] = (row[0], row[3:])
    for numbers in _parts(sorted({row for row, _ in found.values()}), _AT_ONCE):
        for head in connection.execute(_HEADS.format(marks=_marks(numbers)), numbers):
            heads[head[0]] = rows.head_from(head[1:])
    return tuple(
        StoredIndicator(
            own_id, place[0], heads[found[place][0]], rows.indicator_from(found[place][1])
        )
        for own_id, place in zip(ids, places, strict=True)
        if place is not None and place in found
    )


def stated(
    connection: sqlite3.Connection, project_ids: Sequence[str]
) -> dict[str, frozenset[tuple[str, str]]]:
    """Names and values as printed of all rows of these projects, by project."""
    tables: dict[str, set[tuple[str, str]]] = {own_id: set() for own_id in project_ids}
    for part in _parts(list(tables), _AT_ONCE):
        for own_id, name, raw in connection.execute(_STATED.format(marks=_marks(part)), part):
            tables[own_id].add((name, raw))
    return {own_id: frozenset(table) for own_id, table in tables.items()}


def _place_in(own_id: str) -> tuple[str, int] | None:
    """Project and position that the id of an indicator names; None for another text."""
    project, mark, place = own_id.rpartition("-i")
    return (project, int(place)) if mark and place.isdecimal() else None


def _marks(items: Sequence[object]) -> str:
    return ", ".join("?" * len(items))


def _parts(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
