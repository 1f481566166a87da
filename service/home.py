"""The data folder: where things stand in it, and who may write."""

import json
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.store.store import Store
from errors import HomeLockedError, HomeMissingError, HomeUnwritableError

DATABASE = "corpus.sqlite"

_LOCK = ".lock"
_OWNER = ".writer.json"


def default_home() -> Path:
    """`$DUIBIAO_HOME`, else `./data`."""
    return Path(os.environ.get("DUIBIAO_HOME") or "data")


@dataclass(frozen=True, slots=True)
class Home:
    """A data folder: originals in `files/`, records in `corpus.sqlite`, the index in `index/`."""

    path: Path

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> "Home":
        """Open a data folder; `create` makes it where there is none.

        :raises HomeMissingError: there is none, or nothing was ingested yet (not with `create`).
        :raises HomeUnwritableError: it cannot be made.
        """
        home = cls(path)
        if create:
            with _writable(path):
                path.mkdir(parents=True, exist_ok=True)
        elif not path.is_dir():
            raise HomeMissingError(
                f"home: expected a data folder at {path}, found none; "
                "cure: run `duibiao ingest PATH`, or name another with --home"
            )
        elif not home.database.exists():
            raise HomeMissingError(
                f"home: expected a corpus in {path}, found none; cure: run `duibiao ingest PATH`"
            )
        return home

    @property
    def files_dir(self) -> Path:
        """The originals, by hash."""
        return self.path / "files"

    @property
    def index_dir(self) -> Path:
        """The generations of the index."""
        return self.path / "index"

    @property
    def vectors_dir(self) -> Path:
        """Vectors of slow models, which may be deleted at any time (`index.vector_cache`)."""
        return self.path / "vectors"

    @property
    def drafts_dir(self) -> Path:
        """Drafts that people keep, each by its secret name (`service.drafts`)."""
        return self.path / "drafts"

    @property
    def database(self) -> Path:
        """The SQLite file of the store."""
        return self.path / DATABASE

    def store(self, *, write: bool = False) -> Store:
        """The corpus, to be used as a context manager; writing only inside `writing`.

        :raises HomeError: as `Store.open` says.
        """
        return Store.open(self.database, write=write)

    @contextmanager
    def writing(self, verb: str) -> Iterator[None]:
        """Be the only one who writes; `verb` is what others are told.

        :raises HomeUnwritableError: no right or no room to write; nothing was done.
        :raises HomeLockedError: another process is writing; it is named.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.path / _LOCK)
        with _writable(self.path):
            for folder in (self.path, self.files_dir, self.index_dir):
                folder.mkdir(parents=True, exist_ok=True)
                with tempfile.TemporaryFile(dir=folder):
                    pass
            try:
                lock.acquire(timeout=0)
            except Timeout:
                raise self._locked() from None
        try:
            self._sign(verb)
            yield
        finally:
            with suppress(OSError):
                (self.path / _OWNER).unlink()
            lock.release()

    def _sign(self, verb: str) -> None:
        """Say who is writing; that nobody could read it must not stop the work."""
        owner = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "verb": verb,
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        with suppress(OSError):
            (self.path / _OWNER).write_text(json.dumps(owner, ensure_ascii=False), "utf-8")

    def _locked(self) -> HomeLockedError:
        try:
            owner = json.loads((self.path / _OWNER).read_text("utf-8"))
            who = (
                f"`duibiao {owner['verb']}` (process {owner['pid']} on {owner['host']}) "
                f"writing since {owner['since']}"
            )
        except (OSError, ValueError, KeyError, TypeError):
            who = "another process writing"
        return HomeLockedError(
            f"home {self.path}: expected nobody else to write, found {who}; "
            "cure: wait until it has ended"
        )


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise HomeUnwritableError(
            f"home {path}: expected a folder to write to, found: {error.strerror or error}; "
            "cure: give the right or the room to write, or name another with --home"
        ) from error
