"""The file corpus.sqlite: opening it, bringing it up to date, saying what is wrong with it."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from errors import HomeError, HomeLockedError, HomeMissingError, HomeUnwritableError, StoreError

APPLICATION_ID = 0x44554942
"""Marks an SQLite file as ours ("DUIB"), so that no other one is written into."""

_WAIT_SECONDS = 30.0  # for another connection's transaction
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_NO_RIGHT_OR_ROOM = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
_CURE = (
    "restore it from a backup, or move it away and ingest the documents again "
    "(copies of all of them are in files/ beside it)"
)


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """Read the numbered scripts of migrations/, in order: forward only, never edited."""
    found = []
    for path in (Path(__file__).parent / "migrations").glob("*.sql"):
        number = re.match(r"\d+", path.name)
        if number is not None:
            found.append((int(number[0]), path.read_text("utf-8")))
    return tuple(sorted(found))


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open or create the database and bring it up to date.

    :raises StoreError: it is damaged, not ours, or of a newer version.
    :raises HomeUnwritableError: the folder cannot be written to.
    :raises HomeLockedError: another process is writing to it.
    """
    with told(path):
        connection = _connect(path, "mode=rwc")
    try:
        with told(path):
            if _pragma(connection, "page_count") > 0:
                _check_ours(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            _migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open the database read-only.

    :raises HomeMissingError: there is none, or nothing was ever written to it.
    :raises StoreError: it is damaged, not ours, or of another version.
    """
    if not path.exists():
        raise HomeMissingError(f"no corpus at {path}: run `duibiao ingest PATH` first")
    with told(path):
        connection = _first_that_reads(path)
    try:
        with told(path):
            if _pragma(connection, "page_count") == 0:
                raise HomeMissingError(f"{path} is empty: run `duibiao ingest PATH` first")
            _check_ours(connection, path)
            version, latest = _pragma(connection, "user_version"), migrations()[-1][0]
            if version < latest:
                raise StoreError(
                    f"{path} is of version {version}, this program reads {latest}: "
                    "run `duibiao ingest PATH` once to bring it up to date"
                )
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite raises inside the block into an error that names the cure."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a mistake in our code, such as use after close: no cure for a user
    except sqlite3.Error as error:
        raise _named(path, error) from error


def faults(connection: sqlite3.Connection) -> list[str]:
    """Run SQLite's own check of the whole file: what is wrong, nothing when it is sound."""
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
    lost = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [line for line in found if line != "ok"] + [
        f"row {row[1]} of table {row[0]} points to a missing {row[2]}" for row in lost
    ]


def _named(path: Path, error: sqlite3.Error) -> HomeError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _LOCKED:
        return HomeLockedError(f"{path} is being written to by another process: try again later")
    if code in _NO_RIGHT_OR_ROOM:
        return HomeUnwritableError(
            f"{path} cannot be used ({error}): check the rights and the free space of its folder"
        )
    return StoreError(f"{path} is damaged ({error}): {_CURE}")


def _connect(path: Path, options: str) -> sqlite3.Connection:
    # One connection serves all threads of a process (SQLite is built serialised), as the app's
    # pages come from a new thread each; `isolation_level=None` leaves transactions to the store.
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}",
        uri=True,
        timeout=_WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def _first_that_reads(path: Path) -> sqlite3.Connection:
    """Connect read-only, also where the folder itself cannot be written to."""
    connection = _connect(path, "mode=ro")
    try:
        _pragma(connection, "schema_version")
    except sqlite3.OperationalError as error:
        connection.close()
        journal = path.with_name(f"{path.name}-wal")
        if error.sqlite_errorcode & 0xFF not in _NO_RIGHT_OR_ROOM or journal.exists():
            raise
        # WAL readers write a small file beside the database. Where they may not (a read-only
        # share), nobody else writes either, and SQLite can be told so.
        connection = _connect(path, "immutable=1")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _check_ours(connection: sqlite3.Connection, path: Path) -> None:
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise StoreError(
            f"{path} is an SQLite file of another program: expected a corpus of Duibiao; "
            "choose another --home"
        )
    version, latest = _pragma(connection, "user_version"), migrations()[-1][0]
    if version > latest:
        raise StoreError(
            f"{path} is of version {version}, this program knows up to {latest}: "
            "update the program, or choose another --home"
        )


def _migrate(connection: sqlite3.Connection) -> None:
    if _pragma(connection, "user_version") >= migrations()[-1][0]:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _pragma(connection, "user_version")  # another process may have been faster
        for number, script in migrations():
            if number > version:
                for statement in _statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """Split a script into statements: `executescript` would commit before the first."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
