"""The store: all documents and their records in one SQLite file.

Of tables that are the same disclosure, one is active (see `corpus.store.identity`); readers see
active records only. What they see depends on the documents stored, never on the order of coming.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Self

from corpus.records import Document
from corpus.store import rows
from corpus.store.content import Content, Row
from corpus.store.database import open_for_reading, open_for_writing, told
from corpus.store.identity import Table, goal_statement, indicator_statement, place
from corpus.store.reader import StoreReader
from corpus.store.stored import (
    CorpusStats,
    RecordPlace,
    SkippedFile,
    StoredDocument,
    StoredGoal,
    StoredIndicator,
    StoredProject,
)
from errors import UnreadableError, UsageError

__all__ = [
    "CorpusStats",
    "SkippedFile",
    "Store",
    "StoredDocument",
    "StoredGoal",
    "StoredIndicator",
    "StoredProject",
]

# All names put into these statements are constants of `corpus.store.rows`.
_PUT_DOCUMENT = """
    INSERT INTO document (id, name, size, added, problems, notes, content, masked)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, size = excluded.size,
        added = excluded.added, problems = excluded.problems, notes = excluded.notes,
        content = excluded.content, masked = excluded.masked
"""
_PUT_PROJECT = (
    "INSERT INTO project (document_id, position, identity, id, active, "  # noqa: S608
    f"{rows.HEAD_COLUMNS}) VALUES (?, ?, ?, '', 0, {rows.marks(rows.HEAD_COLUMNS)})"
)
_PUT_GOAL = (
    f"INSERT INTO goal (project, position, {rows.GOAL_COLUMNS}) "  # noqa: S608
    f"VALUES (?, ?, {rows.marks(rows.GOAL_COLUMNS)})"
)
_PUT_INDICATOR = (
    f"INSERT INTO indicator (project, position, {rows.INDICATOR_COLUMNS}) "  # noqa: S608
    f"VALUES (?, ?, {rows.marks(rows.INDICATOR_COLUMNS)})"
)
_GOALS = f"SELECT {rows.GOAL_COLUMNS} FROM goal WHERE project = ?"  # noqa: S608
_INDICATORS = f"SELECT {rows.INDICATOR_COLUMNS} FROM indicator WHERE project = ?"  # noqa: S608
_TABLES = """
    SELECT identity, row, document_id, position, EXISTS (
        SELECT 1 FROM correction_effect WHERE correction_effect.document_id = project.document_id
            AND table_position = position AND reason = '')
    FROM project WHERE identity IN (SELECT value FROM json_each(?)) ORDER BY identity
"""


class Store(StoreReader):
    """The corpus, read and (when opened so) written; use as a context manager.

    Every call that writes does all of it or nothing. The methods that read are described in
    `StoreReader`.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
        super().__init__(connection, path)
        self._writes = write
        self._batching = False
        self._touched: set[str] = set()  # identities whose tables are to be placed again

    @classmethod
    def open(cls, path: Path, *, write: bool = False) -> Self:
        """Open corpus.sqlite, read-only unless `write`, which also creates it.

        :raises HomeMissingError: there is none to read.
        :raises StoreError: it is damaged, of another program or of a newer version.
        :raises HomeUnwritableError: it cannot be written to, or its folder is missing.
        :raises HomeLockedError: another process is writing to it.
        """
        connection = open_for_writing(path) if write else open_for_reading(path)
        return cls(connection, path, write=write)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Make one transaction of the writes inside: far faster than one each.

        What was put completely stays also when the block is left by an error.
        """
        if self._batching:
            yield
            return
        with told(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            self._batching = True
            try:
                try:
                    yield
                finally:
                    if self._connection.in_transaction:
                        self._settle()
                        self._connection.execute("COMMIT")
            finally:
                self._batching = False
                if self._connection.in_transaction:  # could not be settled or committed
                    self._connection.execute("ROLLBACK")

    def put(self, document: Document) -> None:
        """Store a document with all its records, in place of one of the same id.

        A document that was known under this path before, and under no other, is removed. The
        path is no longer among those skipped.

        :raises UnreadableError: it holds a text or number that cannot be stored.
        """
        self.put_content(document, Content.of(document.id, document.parsed))

    def put_content(self, document: Document, content: Content) -> None:
        """As `put`, with the rows already made; `document.parsed` is not looked at.

        :raises UnreadableError: it holds a text or number that cannot be stored.
        """
        with self._change():
            try:
                self._replace(document, content)
            except (UnicodeEncodeError, OverflowError) as error:
                raise UnreadableError(
                    f"{document.name}: holds a text or number that cannot be stored ({error}); "
                    "the reader of its format should have left it out"
                ) from error

    def add_path(self, document_id: str, path: str) -> None:
        """Note that a stored document also stands at this path (see `put`).

        :raises UsageError: there is no such document.
        """
        with self._change():
            self._expect(document_id)
            self._claim(path, document_id)
            if self._all("SELECT 1 FROM correction_path WHERE path = ? LIMIT 1", path):
                self._lay_again(document_id)

    def put_skipped(self, path: str, name: str, digest: str, reason: str) -> None:
        """Note that the file at this path could not be read.

        `digest` is the SHA-256 of its bytes, or "" when another try may read it (no right, a
        program missing). What was read from this path before stays.
        """
        with self._change():
            self._connection.execute(
                "INSERT OR REPLACE INTO skipped (path, name, digest, reason) VALUES (?, ?, ?, ?)",
                (path, name, digest, reason),
            )

    def remove(self, document_id: str) -> None:
        """Remove a document and all its records.

        :raises UsageError: there is no such document.
        """
        with self._change():
            self._expect(document_id)
            self._delete(document_id)

    def drop_path(self, path: str) -> bool:
        """Forget this path; True when its document had no other and was removed with it."""
        with self._change():
            self._connection.execute("DELETE FROM skipped WHERE path = ?", (path,))
            found = self._all("SELECT document_id FROM path WHERE path = ?", path)
            self._connection.execute("DELETE FROM path WHERE path = ?", (path,))
            return bool(found) and self._delete_if_nowhere(found[0][0])

    def correct(self, place: RecordPlace, texts: Mapping[str, str], made: str) -> tuple[int, ...]:
        """Put fields of a record right (see `corpus.store.corrections`), by field.

        A text that is the one that was read takes the correction of its field back. The same
        record in other sources of its project is put right with it. Gives the numbers of the
        corrections; `made` is the time that they bear.

        :raises UsageError: there is no such record, or a field cannot hold its text.
        """
        from corpus.store.amending import Amending

        with self._change():
            self._settle()
            amending = Amending(self._connection)
            numbers, documents = amending.correct(place, texts, made)
            for document_id in sorted(documents):
                self._lay_again(document_id)
        return numbers

    def withdraw(self, numbers: Iterable[int]) -> None:
        """Take corrections back: what was read stands again."""
        from corpus.store.amending import Amending

        with self._change():
            for document_id in sorted(Amending(self._connection).remove(numbers)):
                self._lay_again(document_id)

    def _lay_again(self, document_id: str) -> None:
        from corpus.store.amending import Amending

        self._lay(document_id, Amending(self._connection).as_read(document_id), again=True)

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        if not self._writes:
            with super()._snapshot():
                yield
            return
        with told(self._path):  # nobody else writes, so there is only one state to see
            self._settle()
            yield

    @contextmanager
    def _change(self) -> Iterator[None]:
        """All of the block or nothing, also inside a batch."""
        with self.batch(), told(self._path):
            self._connection.execute("SAVEPOINT change")
            try:
                yield
            except BaseException:
                if self._connection.in_transaction:  # SQLite may have ended it (disk full)
                    self._connection.execute("ROLLBACK TO change")
                    self._connection.execute("RELEASE change")
                raise
            self._connection.execute("RELEASE change")

    def _replace(self, document: Document, content: Content) -> None:
        self._connection.execute(
            _PUT_DOCUMENT,
            (
                document.id,
                document.name,
                document.size,
                document.added,
                content.problems,
                content.notes,
                content.digest,
                content.masked,
            ),
        )
        self._lay(document.id, content, document.path)
        self._claim(document.path, document.id)

    def _lay(self, document_id: str, read: Content, path: str = "", *, again: bool = False) -> None:
        """Write the rows of a document that stands in the store, corrections laid over them."""
        content, taken = read, frozenset[tuple[int, int]]()
        self._touch(document_id)
        if again or self._all("SELECT 1 FROM correction LIMIT 1"):
            from corpus.store.amending import Amending  # few stores need it

            content, taken = Amending(self._connection).laid(document_id, read, path)
        self._connection.execute("DELETE FROM project WHERE document_id = ?", (document_id,))
        for position, table in enumerate(content.tables, start=1):
            if (position, 0) in taken:
                continue
            row = self._connection.execute(
                _PUT_PROJECT, (document_id, position, table.identity, *table.head)
            ).lastrowid
            self._connection.executemany(_PUT_GOAL, _numbered(row, table.goals))
            indicators = _numbered(row, table.indicators)
            if taken:
                indicators = (item for item in indicators if (position, item[1]) not in taken)
            self._connection.executemany(_PUT_INDICATOR, indicators)
            self._touched.add(table.identity)

    def _claim(self, path: str, document_id: str) -> None:
        """Let the path be of this document; a document left without any path goes."""
        if not path:
            return
        before = self._all("SELECT document_id FROM path WHERE path = ?", path)
        self._connection.execute("DELETE FROM skipped WHERE path = ?", (path,))
        self._connection.execute(
            "INSERT OR REPLACE INTO path (path, document_id) VALUES (?, ?)", (path, document_id)
        )
        if before:
            self._delete_if_nowhere(before[0][0])

    def _delete_if_nowhere(self, document_id: str) -> bool:
        if self._all("SELECT 1 FROM path WHERE document_id = ? LIMIT 1", document_id):
            return False
        self._delete(document_id)
        return True

    def _delete(self, document_id: str) -> None:
        self._touch(document_id)
        self._connection.execute("DELETE FROM document WHERE id = ?", (document_id,))

    def _expect(self, document_id: str) -> None:
        if not self._all("SELECT 1 FROM document WHERE id = ?", document_id):
            raise UsageError(f"no document has the id {document_id!r}: expected a SHA-256 in hex")

    def _touch(self, document_id: str) -> None:
        found = self._all("SELECT identity FROM project WHERE document_id = ?", document_id)
        self._touched.update(identity for (identity,) in found)

    def _settle(self) -> None:
        """Decide again which tables are active, under every key that was touched."""
        if not self._touched:
            return
        touched, self._touched = self._touched, set()
        found = self._all(_TABLES, json.dumps(sorted(touched)))
        placed = (
            placement
            for identity, tables in groupby(found, key=itemgetter(0))
            for placement in place(identity, self._tables([row[1:] for row in tables]))
        )
        self._connection.executemany(
            "UPDATE project SET id = ?, active = ? WHERE row = ?",
            [(item.id, item.active, item.row) for item in placed],
        )

    def _tables(self, found: Sequence[Row]) -> list[Table]:
        if len(found) == 1:  # nothing to compare it with
            return [Table(*found[0][:3])]
        return [
            Table(
                row,
                document_id,
                position,
                Counter(
                    indicator_statement(rows.indicator_from(item))
                    for item in self._all(_INDICATORS, row)
                ),
                Counter(goal_statement(rows.goal_from(item)) for item in self._all(_GOALS, row)),
                bool(corrected),
            )
            for row, document_id, position, corrected in found
        ]


def _numbered(row: int | None, items: Iterable[Row]) -> Iterator[Row]:
    return ((row, position, *item) for position, item in enumerate(items, start=1))
