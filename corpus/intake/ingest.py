"""Files and folders into the store: only what changed, and whatever happens to a single file."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from corpus.intake.archives import with_members
from corpus.intake.originals import sync_originals
from corpus.intake.reading import Outcome, digest_of
from corpus.intake.walk import FoundFile, Walk, find_files, is_gone
from corpus.intake.workers import Readers
from corpus.records import Document
from corpus.store.store import SkippedFile, Store
from errors import InputError
from text.personal import masked_text

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the name of the last one."""

_COMMIT_EVERY = 64  # files


@dataclass(frozen=True, slots=True)
class IngestCounts:
    """What a run did, in files.

    `documents` is how many the store holds after it. `added` are files with bytes that were not
    there before, `changed` files whose path had other bytes before, `unchanged` those that were
    not read again (also copies of what is there), `removed` documents that vanished and were
    pruned. `skipped` are all that could not be read, of this run or an earlier one.
    """

    documents: int
    added: int
    changed: int
    unchanged: int
    removed: int
    skipped: tuple[SkippedFile, ...]


def ingest_paths(
    store: Store,
    files_dir: Path,
    paths: Sequence[Path],
    *,
    prune: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
    ready: Callable[[], object] = lambda: None,
) -> IngestCounts:
    """Read files and folders into the store, keep their originals in `files_dir`.

    A file is known by its bytes: the same bytes at the same path are not read again. A file that
    cannot be read is noted with its reason, and what was read from its path before stays. When
    the run is broken off, all that was read by then is in the store. With `prune`, documents
    whose path lies under a folder given and no longer exists are removed. `ready` is called once
    before anything is changed, while the processes that read are starting; what it raises ends
    the run.

    :raises UsageError: a path does not exist; nothing was done.
    :raises HomeError: the store or `files_dir` cannot be written to.
    """
    walk = with_members(find_files(paths, leave_out=(files_dir, files_dir.parent)))
    known = store.known()
    with Readers(files_dir, workers) as readers:
        readers.start(sum(file.key not in known for file in walk.files))
        ready()
        run = _Run(store, files_dir, len(walk.files), progress)
        with store.batch():
            todo = run.sort_out(walk)
        with closing(readers.read(todo)) as outcomes:
            run.take(zip(todo, outcomes, strict=True))
    with store.batch():
        run.forget(walk, prune=prune)
    return run.counts()


class _Run:
    """One run over the files of a walk; must be used inside batches of the store."""

    def __init__(
        self, store: Store, files_dir: Path, total: int, progress: Progress | None
    ) -> None:
        self._store = store
        self._total = total
        self._progress = progress
        self._done = 0
        self._added = self._changed = self._unchanged = self._removed = 0
        self._skipped: list[SkippedFile] = []
        self._paths = store.paths()
        self._files_dir = files_dir
        self._stored: set[str] = set()  # SHA-256 of what this run has stored
        self._unsynced: list[str] = []

    def sort_out(self, walk: Walk) -> list[FoundFile]:
        """Settle all files that need not be read; give the others."""
        known = self._store.known()
        reasons = {file.path: file.reason for file in self._store.skipped()}
        for folder in walk.unlisted:
            self._skip(folder)
        todo = []
        for file in walk.files:
            seen = digest_of(file)
            if seen.reason:
                self._skip(SkippedFile(file.key, file.name, seen.reason))
            elif known.get(file.key) != seen.digest:
                if self._store.has(seen.digest):
                    self._copy(file, seen.digest)
                else:
                    todo.append(file)
                    continue
            elif file.key in reasons:
                self._skipped.append(SkippedFile(file.key, file.name, reasons[file.key]))
            else:
                self._unchanged += 1
            self._step(file)
        return todo

    def take(self, outcomes: Iterable[tuple[FoundFile, Outcome]]) -> None:
        """Store what was read, some files to a transaction."""
        waiting = iter(outcomes)
        while True:
            done = self._done
            with self._store.batch():
                try:
                    for file, outcome in islice(waiting, _COMMIT_EVERY):
                        self._store_outcome(file, outcome)
                        self._step(file)
                finally:  # what was stored stays, also where the run is broken off
                    self._sync()
            if self._done == done:
                return

    def forget(self, walk: Walk, *, prune: bool) -> None:
        """Drop what stands no more under the folders given: reports always, documents on order."""
        met = {file.key for file in walk.files} | {folder.path for folder in walk.unlisted}
        documents = self._store.paths()
        reports = {file.path for file in self._store.skipped()} - documents.keys()
        candidates = reports | (documents.keys() if prune else set())
        for path in sorted(candidates - met):
            if walk.covers(path) and (path in reports or is_gone(path)):
                self._removed += self._store.drop_path(path)

    def counts(self) -> IngestCounts:
        """Sum up the run."""
        return IngestCounts(
            documents=self._store.stats().documents,
            added=self._added,
            changed=self._changed,
            unchanged=self._unchanged,
            removed=self._removed,
            skipped=tuple(self._skipped),
        )

    def _store_outcome(self, file: FoundFile, outcome: Outcome) -> None:
        if outcome.content is None:
            self._skip(SkippedFile(file.key, file.name, outcome.reason), outcome.digest)
            return
        if outcome.digest in self._stored:  # two files of this run with the same bytes
            self._copy(file, outcome.digest)
            return
        document = Document(
            id=outcome.digest,
            name=file.name,
            path=file.key,
            size=outcome.size,
            added=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        try:
            self._store.put_content(document, outcome.content)
        except InputError as error:
            self._skip(SkippedFile(file.key, file.name, str(error)))
            return
        self._stored.add(outcome.digest)
        self._unsynced.append(outcome.digest)
        if file.key in self._paths:
            self._changed += 1
        else:
            self._added += 1

    def _sync(self) -> None:
        """Have the originals of what was stored on the disk."""
        stored, self._unsynced = self._unsynced, []
        sync_originals(stored, self._files_dir)

    def _copy(self, file: FoundFile, digest: str) -> None:
        """Note another path of a document that is in the store."""
        self._store.add_path(digest, file.key)
        if self._paths.get(file.key, digest) == digest:
            self._unchanged += 1
        else:
            self._changed += 1

    def _skip(self, file: SkippedFile, digest: str = "") -> None:
        file = replace(file, reason=masked_text(file.reason))
        self._store.put_skipped(file.path, file.name, digest, file.reason)
        self._skipped.append(file)

    def _step(self, file: FoundFile) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total, file.name)
