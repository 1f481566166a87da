"""What readers see of corrections: which fields they are laid over, and the list of all."""

import json
import re
import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from corpus.store.identity import indicator_id
from corpus.store.stored import Corrected, RecordPlace, StoredCorrection
from errors import UsageError

ROW = "row"
"""The field of a correction that takes a whole row or project out, as it is none."""

GONE = "its document is no longer in the corpus"

_RECORD = re.compile(r"(?P<project>[0-9a-f]{12}(?:-[0-9]{1,6})?)(?:-i(?P<row>[0-9]{3,9}))?")
_FIELDS = """
    SELECT project.row, row_position, field, shown, new
    FROM correction_effect
    JOIN correction ON correction.id = correction
    JOIN project ON project.document_id = correction_effect.document_id
        AND project.position = table_position
    WHERE reason = '' ORDER BY correction.id
"""
_CORRECTIONS = """
    SELECT id, part, document_id, document,
        (SELECT json_group_array(path) FROM
            (SELECT path FROM correction_path WHERE correction = correction.id ORDER BY path)),
        place, row, project, name, area, field, shown, new, made
    FROM correction WHERE origin IS NULL ORDER BY id
"""
_EFFECTS = """
    SELECT coalesce(origin, correction.id), reason, coalesce(project.id, ''),
        correction_effect.document_id, table_position, row_position
    FROM correction_effect
    JOIN correction ON correction.id = correction
    LEFT JOIN project ON project.document_id = correction_effect.document_id
        AND project.position = table_position
    ORDER BY project.active DESC, correction.id
"""


class CorrectedField(NamedTuple):
    """A field of a stored table that a correction is laid over; row 0 is its head."""

    row: int
    field: str
    old: str
    new: str

    @property
    def takes_out(self) -> bool:
        """Whether the row is not shown."""
        return self.field == ROW


def corrected_fields(connection: sqlite3.Connection) -> dict[int, list[CorrectedField]]:
    """The corrected fields of all tables, by the row of their project."""
    found: dict[int, list[CorrectedField]] = {}
    for row in connection.execute(_FIELDS):
        found.setdefault(row[0], []).append(CorrectedField(*row[1:]))
    return found


def corrections_of(project_id: str, fields: Sequence[CorrectedField]) -> tuple[Corrected, ...]:
    """The corrected fields of one project, by record; the latest where a field has two."""
    latest = {(one.row, one.field): one for one in fields if not one.takes_out}
    return tuple(
        Corrected(_record_id(project_id, one.row), one.field, one.old, one.new)
        for one in latest.values()
    )


def _record_id(project_id: str, row: int) -> str:
    return indicator_id(project_id, row) if row and project_id else project_id


def place_of(connection: sqlite3.Connection, record_id: str) -> RecordPlace:
    """Where an active project or one of its indicators stands.

    :raises UsageError: there is none of this id.
    """
    match = _RECORD.fullmatch(record_id.strip())
    found = (
        match
        and connection.execute(
            "SELECT document_id, position, row FROM project WHERE active AND id = ?",
            (match["project"],),
        ).fetchone()
    )
    if match and found:
        document_id, table, project = found
        row = int(match["row"] or 0)
        if row == 0 or _is_row(connection, document_id, table, project, row):
            return RecordPlace(document_id, table, row)
    raise UsageError(
        f"no project or indicator has the id {record_id!r}: expected one that `duibiao search "
        "--json` or `duibiao export` gives as id"
    )


def _is_row(
    connection: sqlite3.Connection, document_id: str, table: int, project: int, row: int
) -> bool:
    return (
        connection.execute(
            "SELECT 1 FROM indicator WHERE project = ? AND position = ? UNION ALL"
            " SELECT 1 FROM correction_effect WHERE document_id = ? AND table_position = ?"
            " AND row_position = ? AND reason = ''",
            (project, row, document_id, table, row),
        ).fetchone()
        is not None
    )


def all_corrections(connection: sqlite3.Connection) -> tuple[StoredCorrection, ...]:
    """All corrections; those of the same row in other sources of a project count as one."""
    effects: dict[int, list[_Effect]] = {}
    for number, reason, project_id, *place in connection.execute(_EFFECTS):
        at = None if reason else RecordPlace(*place)
        effects.setdefault(number, []).append(_Effect(reason, project_id, at))
    nowhere = [_Effect(GONE, "", None)]
    return tuple(
        _stored(row, effects.get(row[0], nowhere)) for row in connection.execute(_CORRECTIONS)
    )


class _Effect(NamedTuple):
    reason: str
    project_id: str
    at: RecordPlace | None


def _stored(row: Sequence[Any], effects: Sequence[_Effect]) -> StoredCorrection:
    """One correction, with what became of it in each document: at best the first counts."""
    effect = min(effects, key=lambda one: one.reason != "")
    return StoredCorrection(
        id=row[0],
        record=_record_id(effect.project_id, effect.at.row) if effect.at else "",
        part=row[1],
        document_id=row[2],
        document=row[3],
        paths=tuple(json.loads(row[4])),
        place=row[5],
        row=row[6],
        project=row[7],
        name=row[8],
        area=row[9],
        field=row[10],
        old=row[11],
        new=row[12],
        made=row[13],
        at=effect.at,
        reason=effect.reason,
    )
