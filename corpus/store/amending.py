"""Corrections in the database: kept apart from the documents, so that they outlive them.

`Amending` makes and lays them over; it is used inside the transactions of the store.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from corpus.records import Indicator, Project
from corpus.store import rows
from corpus.store.content import Content, TableRows, pack
from corpus.store.corrected import ROW
from corpus.store.correction_fields import (
    checked,
    indicator_with,
    project_with,
    shown_text,
    text_of,
)
from corpus.store.corrections import (
    Anchor,
    Change,
    Effect,
    Part,
    anchor_at,
    fields_of,
    laid_over,
)
from corpus.store.identity import indicator_statement
from corpus.store.stored import RecordPlace
from errors import UsageError
from text.normalise import fold

_CHANGES = """
    SELECT id, document_id, part, project, place, row, name, area, field, old, new
    FROM correction
    WHERE document_id = ? OR id IN
        (SELECT correction FROM correction_path WHERE path IN (SELECT value FROM json_each(?)))
    ORDER BY id
"""
_ADD = """
    INSERT INTO correction
        (origin, document_id, document, part, project, place, row, name, area, field,
         old, shown, new, made)
    VALUES (?, ?, (SELECT name FROM document WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ADD_PATHS = """
    INSERT INTO correction_path (path, correction)
    SELECT path, ? FROM path WHERE document_id = ?
"""
_IN_EFFECT = """
    SELECT id FROM correction JOIN correction_effect ON correction = id
    WHERE correction_effect.document_id = ? AND table_position = ? AND row_position = ?
        AND field = ? AND reason = ''
    ORDER BY id DESC LIMIT 1
"""
_OTHER_TABLES = """
    SELECT other.document_id, other.position FROM project
    JOIN project AS other ON other.id = project.id AND other.row <> project.row
    WHERE project.document_id = ? AND project.position = ?
    ORDER BY other.document_id, other.position
"""
_TABLES = (
    "SELECT row, identity, " + rows.HEAD_COLUMNS + " FROM project WHERE document_id = ? "  # noqa: S608
    "ORDER BY position"
)
_GOALS = "SELECT " + rows.GOAL_COLUMNS + " FROM goal WHERE project = ? ORDER BY position"  # noqa: S608
_INDICATORS = (
    "SELECT " + rows.INDICATOR_COLUMNS + " FROM indicator WHERE project = ? ORDER BY position"  # noqa: S608
)


class Amending:
    """Makes corrections and lays them over the rows of documents."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def laid(
        self, document_id: str, read: Content, path: str
    ) -> tuple[Content, frozenset[tuple[int, int]]]:
        """The rows of a document with its corrections, and the positions of those taken out.

        `path` is where the document is about to stand, "" where it stays.
        """
        stands = self._all("SELECT path FROM path WHERE document_id = ?", document_id)
        paths = [found for found in (path, *(found for (found,) in stands)) if found]
        changes = self._changes(document_id, paths)
        self._forget(document_id)
        if not changes:
            self._name(document_id, read.digest)
            return read, frozenset()
        laid = laid_over(read, document_id, changes, paths[0] if paths else "")
        self._name(document_id, laid.content.digest)
        self._keep(document_id, read, laid.effects)
        return laid.content, laid.taken

    def correct(
        self, place: RecordPlace, texts: Mapping[str, str], made: str
    ) -> tuple[tuple[int, ...], set[str]]:
        """Note what is right; give the numbers of the corrections and the documents concerned.

        :raises UsageError: there is no such record, or a field cannot hold its text.
        """
        anchor, record = self._record(place)
        allowed = (*fields_of(anchor.part), ROW)
        right = {field: checked(field, text, allowed) for field, text in texts.items()}
        numbers: list[int] = []
        documents = set()
        for field, text in right.items():
            origin = self._put(place, field, text, made, None)
            documents.add(place.document_id)
            numbers += [] if origin is None else [origin]
            old = text_of(record, field)
            for twin in self._twins(place, record):
                if _reads_alike(field, old, text_of(self._record(twin)[1], field)):
                    self._put(twin, field, text, made, origin)
                    documents.add(twin.document_id)
        return tuple(numbers), documents

    def as_read(self, document_id: str) -> Content:
        """The rows of a stored document without its corrections."""
        kept = self._all("SELECT content FROM as_read WHERE document_id = ?", document_id)
        if kept:
            return _unpacked(json.loads(kept[0][0]))
        digest, problems, notes, masked = self._all(
            "SELECT content, problems, notes, masked FROM document WHERE id = ?", document_id
        )[0]
        tables = [
            TableRows(row[1], row[2:], self._all(_GOALS, row[0]), self._all(_INDICATORS, row[0]))
            for row in self._all(_TABLES, document_id)
        ]
        return Content(digest, problems, notes, pack(tables), masked)

    def remove(self, numbers: Iterable[int]) -> set[str]:
        """Remove corrections with those that follow them; give the documents they lay over."""
        chosen = json.dumps(list(numbers))
        family = (
            "SELECT id FROM correction WHERE id IN (SELECT value FROM json_each(?1))"
            " OR origin IN (SELECT value FROM json_each(?1))"
        )
        found = self._all(
            f"SELECT DISTINCT document_id FROM correction_effect WHERE correction IN ({family})",  # noqa: S608
            chosen,
        )
        self._connection.execute(
            f"DELETE FROM correction WHERE id IN ({family})",  # noqa: S608
            (chosen,),
        )
        return {document_id for (document_id,) in found}

    def _changes(self, document_id: str, paths: Iterable[str]) -> list[Change]:
        """All corrections made on this document, or on another that stood at one of its paths."""
        found = self._all(_CHANGES, document_id, json.dumps(list(paths)))
        return [
            Change(row[0], row[1], Anchor(Part(row[2]), *row[3:8]), *row[8:11]) for row in found
        ]

    def _record(self, place: RecordPlace) -> tuple[Anchor, Project | Indicator]:
        read = self.as_read(place.document_id)
        if 0 < place.table <= len(read.tables):
            if 0 <= place.row <= len(read.tables[place.table - 1].indicators):
                return anchor_at(read, place.table, place.row)
        raise UsageError(f"the document has no row {place.row} in its table {place.table}")

    def _twins(self, place: RecordPlace, record: Project | Indicator) -> list[RecordPlace]:
        """The same record in other documents of the same project."""
        others = self._all(_OTHER_TABLES, place.document_id, place.table)
        if isinstance(record, Project):
            return [RecordPlace(*other) for other in others]
        said = indicator_statement(record)
        found = []
        for document_id, table in others:
            rows_there = self.as_read(document_id).tables[table - 1].indicators
            same = [
                number
                for number, row in enumerate(rows_there, start=1)
                if indicator_statement(rows.indicator_from(tuple(row))) == said
            ]
            if len(same) == 1:
                found.append(RecordPlace(document_id, table, same[0]))
        return found

    def _put(
        self, place: RecordPlace, field: str, text: str, made: str, origin: int | None
    ) -> int | None:
        """Note one correction in place of one on the same field; None where nothing is left."""
        anchor, record = self._record(place)
        before = self._all(_IN_EFFECT, place.document_id, place.table, place.row, field)
        number = int(before[0][0]) if before else None
        if field != ROW and _with(record, field, text) == record:
            if number is not None:
                self._connection.execute("DELETE FROM correction WHERE id = ?", (number,))
            return None
        if number is not None:
            self._connection.execute(
                "UPDATE correction SET new = ?, made = ? WHERE id = ?", (text, made, number)
            )
            return number
        values = (
            *(origin, place.document_id, place.document_id, anchor.part.value, anchor.project),
            *(anchor.place, anchor.row, anchor.name, anchor.area),
            *(field, text_of(record, field), shown_text(record, field), text, made),
        )
        number = self._connection.execute(_ADD, values).lastrowid
        self._connection.execute(_ADD_PATHS, (number, place.document_id))
        return number

    def _keep(self, document_id: str, content: Content, effects: Sequence[Effect]) -> None:
        """Note what was read and what became of the corrections over it."""
        self._connection.execute(
            "INSERT INTO as_read (document_id, content) VALUES (?, ?)",
            (document_id, json.dumps(_packed(content))),
        )
        self._connection.executemany(
            "INSERT INTO correction_effect (correction, document_id, table_position, row_position,"
            " reason) VALUES (?, ?, ?, ?, ?)",
            [(one.change, document_id, one.table, one.row, one.reason) for one in effects],
        )

    def _forget(self, document_id: str) -> None:
        for table in ("as_read", "correction_effect"):
            self._connection.execute(
                f"DELETE FROM {table} WHERE document_id = ?",  # noqa: S608
                (document_id,),
            )

    def _name(self, document_id: str, digest: str) -> None:
        self._connection.execute(
            "UPDATE document SET content = ? WHERE id = ?", (digest, document_id)
        )

    def _all(self, statement: str, *values: object) -> list[rows.Row]:
        return self._connection.execute(statement, values).fetchall()


def _with(record: Project | Indicator, field: str, text: str) -> Project | Indicator:
    if isinstance(record, Project):
        return project_with(record, field, text)
    return indicator_with(record, field, text)


def _reads_alike(field: str, one: str, other: str) -> bool:
    """Whether two sources print the same in a field; a value may have its sign beside it."""
    return field in ("value", ROW) or fold(one) == fold(other)


def _packed(content: Content) -> dict[str, object]:
    return {
        "digest": content.digest,
        "problems": content.problems,
        "notes": content.notes,
        "tables": content.tables,
        "masked": content.masked,
    }


def _unpacked(kept: dict[str, Any]) -> Content:
    tables = [TableRows(*table) for table in kept.pop("tables")]
    return Content(**kept, packed=pack(tables))
