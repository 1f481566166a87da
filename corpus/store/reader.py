"""The reading half of the store; see `corpus.store.store`."""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Self

from corpus.records import Project, ProjectKind, Source
from corpus.store import rows
from corpus.store.corrected import (
    CorrectedField,
    all_corrections,
    corrected_fields,
    corrections_of,
    place_of,
)
from corpus.store.database import faults, told
from corpus.store.identity import goal_id, indicator_id
from corpus.store.listing import ListedProject, SearchedTexts, listed, searched_texts
from corpus.store.overview import Overview, overview
from corpus.store.picked import indicators_at, stated
from corpus.store.stored import (
    CorpusStats,
    RecordPlace,
    SkippedFile,
    StoredCorrection,
    StoredDocument,
    StoredGoal,
    StoredIndicator,
    StoredProject,
    StoredTable,
)
from errors import UsageError

# All names put into these statements are constants of `corpus.store.rows`.
_HEADS = (
    "SELECT row, id, document_id, " + rows.HEAD_COLUMNS + " FROM project WHERE active "  # noqa: S608
)
_HEADS_IN_ORDER = _HEADS + "ORDER BY document_id, position"
_ONE_HEAD = _HEADS + "AND id = ?"
_HEADS_OF = _HEADS_IN_ORDER.replace("ORDER", "AND id IN (SELECT value FROM json_each(?)) ORDER")
_TABLES = _HEADS.replace("SELECT", "SELECT position, active,").replace("active ", "") + (
    "document_id = ? ORDER BY position"
)
_GOALS = "SELECT " + rows.GOAL_COLUMNS + " FROM goal WHERE project = ? ORDER BY position"  # noqa: S608
_INDICATORS = (
    "SELECT " + rows.INDICATOR_COLUMNS + " FROM indicator WHERE project = ? ORDER BY position"  # noqa: S608
)
_PLACED_INDICATORS = _INDICATORS.replace("SELECT", "SELECT position,")
_SOURCES = (
    "SELECT source_file, source_place, source_row FROM project WHERE id = ? "
    "ORDER BY active DESC, document_id, position"
)
_STAMPS = """
    SELECT project.id, document_id, position, content,
        (SELECT group_concat(correction || field || new, char(10)) FROM correction_effect
            JOIN correction ON correction.id = correction
            WHERE correction_effect.document_id = project.document_id
                AND table_position = position AND reason = '')
    FROM project JOIN document ON document.id = document_id WHERE active
"""
_DOCUMENTS = """
    SELECT id, name, size, added, problems, notes, masked,
        (SELECT json_group_array(path) FROM
            (SELECT path FROM path WHERE document_id = document.id ORDER BY path)),
        (SELECT count(*) FROM project WHERE document_id = document.id),
        (SELECT count(*) FROM goal JOIN project ON goal.project = project.row
            WHERE document_id = document.id),
        (SELECT count(*) FROM indicator JOIN project ON indicator.project = project.row
            WHERE document_id = document.id)
    FROM document ORDER BY name, id
"""


class StoreReader:
    """What can be asked of the store; any method raises `StoreError` when the file is damaged.

    One reader may be used from several threads. What one call returns, or one iteration yields,
    is of one state of the corpus, whatever is written meanwhile.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._snapshots = 0
        self._snapshots_lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing can be asked afterwards."""
        self._connection.close()

    def known(self) -> dict[str, str]:
        """SHA-256 of what was last read under each path, by path.

        Skipped files count too, but for those that another try may read.
        """
        with self._snapshot():
            found = self.paths() | dict(self._all("SELECT path, digest FROM skipped"))
        return {path: digest for path, digest in found.items() if digest}

    def paths(self) -> dict[str, str]:
        """Document ids by the paths their documents were read from."""
        with self._snapshot():
            return dict(self._all("SELECT path, document_id FROM path"))

    def has(self, document_id: str) -> bool:
        """Whether this document is in the store."""
        with self._snapshot():
            return bool(self._all("SELECT 1 FROM document WHERE id = ?", document_id))

    def revision(self) -> str:
        """Name the records as they stand: equal only while no record is another one.

        Two stores of the same documents, read the same way, have the same revision.
        """
        with self._snapshot():
            digest = hashlib.sha256()
            for row in self._all("SELECT id, content FROM document ORDER BY id"):
                digest.update(f"{row[0]} {row[1]}\n".encode())
        return digest.hexdigest()[:32]

    def stamps(self) -> dict[str, str]:
        """For each active project, by id, a hash that is another one once anything changed in it.

        16 hex digits over the content of its document, its place there, and its corrections.
        """
        with self._snapshot():
            return {row[0]: _stamp(row[1:]) for row in self._all(_STAMPS)}

    def projects(self, ids: Collection[str] | None = None) -> Iterator[StoredProject]:
        """All active projects with their rows, or those asked for, by document and in its order."""
        with self._snapshot():
            corrected = corrected_fields(self._connection)
            heads = (
                self._connection.execute(_HEADS_IN_ORDER)
                if ids is None
                else self._connection.execute(_HEADS_OF, (json.dumps(list(ids)),))
            )
            for row in heads:
                yield self._stored(row, corrected.get(row[0], ()))

    def listed(self, ids: Collection[str] | None = None) -> Iterator[ListedProject]:
        """As `projects`, with only what an index is made from, in no certain order."""
        with self._snapshot():
            yield from listed(self._connection, ids)

    def searched_texts(self) -> SearchedTexts:
        """What of active records is searched."""
        with self._snapshot():
            return searched_texts(self._connection)

    def project(self, project_id: str) -> StoredProject:
        """One active project.

        :raises UsageError: no active project has this id.
        """
        with self._snapshot():
            found = self._all(_ONE_HEAD, project_id)
            if not found:
                raise UsageError(
                    f"no project has the id {project_id!r}: expected one that `duibiao search "
                    "--json` gives as project_id"
                )
            return self._stored(found[0], corrected_fields(self._connection).get(found[0][0], ()))

    def tables(self, document_id: str) -> tuple[StoredTable, ...]:
        """All tables of a document, also those that another document shows.

        :raises UsageError: there is no such document.
        """
        with self._snapshot():
            if not self._all("SELECT 1 FROM document WHERE id = ?", document_id):
                raise UsageError(f"no document has the id {document_id!r}")
            corrected = corrected_fields(self._connection)
            return tuple(
                StoredTable(row[0], bool(row[1]), self._stored(row[2:], corrected.get(row[2], ())))
                for row in self._all(_TABLES, document_id)
            )

    def place_of(self, record_id: str) -> RecordPlace:
        """Where a project or indicator stands, also an indicator that was taken out.

        :raises UsageError: no active project has such a record.
        """
        with self._snapshot():
            return place_of(self._connection, record_id)

    def corrections(self) -> tuple[StoredCorrection, ...]:
        """All corrections, in the order in which they were made."""
        with self._snapshot():
            return all_corrections(self._connection)

    def goals(self) -> Iterator[StoredGoal]:
        """All goals of active projects, in the order of `projects`."""
        with self._snapshot():
            for row, project_id, head in self._heads():
                for position, goal in enumerate(self._connection.execute(_GOALS, (row,)), start=1):
                    yield StoredGoal(
                        goal_id(project_id, position), project_id, head, rows.goal_from(goal)
                    )

    def indicators(self) -> Iterator[StoredIndicator]:
        """All indicators of active projects, in the order of `projects`."""
        with self._snapshot():
            for row, project_id, head in self._heads():
                for found in self._connection.execute(_PLACED_INDICATORS, (row,)):
                    yield StoredIndicator(
                        indicator_id(project_id, found[0]),
                        project_id,
                        head,
                        rows.indicator_from(found[1:]),
                    )

    def indicators_at(self, ids: Sequence[str]) -> tuple[StoredIndicator, ...]:
        """The indicators of these ids, in their order; those no longer there are left out."""
        with self._snapshot():
            return indicators_at(self._connection, ids)

    def stated(self, project_ids: Sequence[str]) -> dict[str, frozenset[tuple[str, str]]]:
        """Names and values as printed of all rows of these projects, by project."""
        with self._snapshot():
            return stated(self._connection, project_ids)

    def documents(self) -> Iterator[StoredDocument]:
        """All documents, by name."""
        with self._snapshot():
            for row in self._connection.execute(_DOCUMENTS):
                paths = rows.texts_from(row[7])
                yield StoredDocument(
                    id=row[0],
                    name=row[1],
                    path=paths[0] if paths else "",
                    paths=paths,
                    size=row[2],
                    added=row[3],
                    projects=row[8],
                    goals=row[9],
                    indicators=row[10],
                    problems=rows.remarks_from(row[4]),
                    notes=rows.remarks_from(row[5]),
                    masked=rows.masked_from(row[6]),
                )

    def skipped(self) -> Iterator[SkippedFile]:
        """All files that could not be read, by path."""
        with self._snapshot():
            yield from (
                SkippedFile(*row)
                for row in self._connection.execute(
                    "SELECT path, name, reason FROM skipped ORDER BY path"
                )
            )

    def stats(self) -> CorpusStats:
        """Count the figures of the corpus."""
        active = "FROM project WHERE active"
        rows_of = "JOIN project ON project = project.row WHERE active"
        with self._snapshot():
            kinds = self._counts(f"SELECT kind, count(*) {active} GROUP BY 1")
            return CorpusStats(
                documents=self._count("SELECT count(*) FROM document"),
                skipped=self._count("SELECT count(*) FROM skipped"),
                units=self._count(f"SELECT count(DISTINCT unit) {active} AND unit <> ''"),
                projects=kinds.get(ProjectKind.PROJECT, 0),
                whole_unit=kinds.get(ProjectKind.WHOLE_UNIT, 0),
                goals=self._count(f"SELECT count(*) FROM goal {rows_of}"),  # noqa: S608
                indicators=self._count(f"SELECT count(*) FROM indicator {rows_of}"),  # noqa: S608
                by_year=self._counts(
                    f"SELECT coalesce(year, year_inferred, ''), count(*) {active} GROUP BY 1"
                ),
                by_level2=self._counts(
                    f"SELECT coalesce(level2, ''), count(*) FROM indicator {rows_of} GROUP BY 1"  # noqa: S608
                ),
                by_value_kind=self._counts(
                    f"SELECT value_kind, count(*) FROM indicator {rows_of} GROUP BY 1"  # noqa: S608
                ),
                masked=rows.masked_sum(self._all("SELECT masked FROM document")),
            )

    def overview(self) -> Overview:
        """A line for each active project, and figures of what they stand in."""
        with self._snapshot():
            return overview(self._connection)

    def verify(self) -> list[str]:
        """Run SQLite's check of the whole file: what is wrong, nothing when it is sound."""
        with self._snapshot():
            return faults(self._connection)

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """See one state of the file while inside; blocks that overlap share it."""
        with told(self._path):
            with self._snapshots_lock:
                if self._snapshots == 0:
                    self._connection.execute("BEGIN")
                self._snapshots += 1
            try:
                yield
            finally:
                with self._snapshots_lock:
                    self._snapshots -= 1
                    if self._snapshots == 0 and self._connection.in_transaction:
                        self._connection.execute("COMMIT")

    def _all(self, statement: str, *values: object) -> list[rows.Row]:
        return self._connection.execute(statement, values).fetchall()

    def _count(self, statement: str) -> int:
        return int(self._all(statement)[0][0])

    def _counts(self, statement: str) -> MappingProxyType[str, int]:
        """Give counts by name; the names in their order, which for years is that of time."""
        return MappingProxyType({str(name): count for name, count in self._all(statement)})

    def _heads(self) -> Iterator[tuple[int, str, Project]]:
        """Row, id and head of each active project."""
        for row in self._connection.execute(_HEADS_IN_ORDER):
            yield row[0], row[1], rows.head_from(row[3:])

    def _stored(self, row: rows.Row, corrected: Sequence[CorrectedField] = ()) -> StoredProject:
        sources = (Source(*source) for source in self._all(_SOURCES, row[1]))
        goals = tuple(map(rows.goal_from, self._connection.execute(_GOALS, row[:1])))
        indicators = tuple(map(rows.indicator_from, self._connection.execute(_INDICATORS, row[:1])))
        return StoredProject(
            id=row[1],
            project=rows.head_from(row[3:], goals, indicators),
            sources=tuple(dict.fromkeys(sources)),  # an export names the same places again
            document_id=row[2],
            corrections=corrections_of(row[1], corrected),
            positions=self._positions(row[0]) if any(one.takes_out for one in corrected) else (),
        )

    def _positions(self, row: int) -> tuple[int, ...]:
        statement = "SELECT position FROM indicator WHERE project = ? ORDER BY position"
        return tuple(position for (position,) in self._all(statement, row))


def _stamp(parts: Sequence[object]) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
