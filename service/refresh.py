"""Documents in, index in step: ingest and build."""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from corpus.intake.ingest import IngestCounts, ingest_paths
from corpus.records import Masked
from corpus.store.store import CorpusStats, Store
from service.encoding_ahead import EncodingAhead
from service.home import Home

if TYPE_CHECKING:
    from index.generations import Generation
    from service.in_step import Indexing

Progress = Callable[[int, int, str], None]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that was not read, and why; `file` is its path, `name` its last part."""

    file: str
    name: str
    reason: str

    @property
    def path(self) -> str:
        """As `file`."""
        return self.file


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one run did (files), and what the corpus holds after it (records).

    `unique_texts` are those with a vector of their own; `seconds` is the whole run. `masked`
    counts the names and numbers of persons that stand in the documents and are not kept.
    """

    documents: int
    added: int
    changed: int
    unchanged: int
    removed: int
    skipped: tuple[Unread, ...]
    projects: int
    whole_unit: int
    goals: int
    indicators: int
    unique_texts: int
    masked: Masked
    generation: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Changed(Generic[Result]):
    """What came of a change to the store, the figures after it, and the index in step with it."""

    result: Result
    stats: CorpusStats
    generation: "Generation"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What the new index holds; `projects` counts whole units too."""

    generation: str
    model: str
    projects: int
    goals: int
    indicators: int
    unique_texts: int
    seconds: float


def ingest(
    home: Home,
    paths: Sequence[Path],
    *,
    prune: bool = False,
    model: str | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Read files and folders into the store, then bring the index in step with it.

    The index is built when it differs from the store or the model, or is missing or damaged; so
    a run that was broken off is made good by the next one. Until the new index is complete the
    old one serves.

    :raises UsageError: a path does not exist.
    :raises ModelError: the model cannot be loaded; nothing was read.
    :raises HomeError: the home is locked, damaged, or cannot be written to.
    """
    started = time.perf_counter()
    with EncodingAhead() as ahead:

        def read(store: Store, ready: Callable[[], object]) -> IngestCounts:
            watching = ahead.watching(progress, store.stats().documents)
            return ingest_paths(
                store, home.files_dir, paths, prune=prune, progress=watching, ready=ready
            )

        changed = _change(home, "ingest", read, model, progress, ahead)
    return _report(changed.result, changed.stats, changed.generation, time.perf_counter() - started)


def change(
    home: Home,
    verb: str,
    do: Callable[[Store], Result],
    *,
    model: str | None = None,
    progress: Progress | None = None,
) -> "Changed[Result]":
    """Write to the store as the only one, then bring the index in step with it.

    :raises ModelError: the model cannot be loaded; nothing was done.
    :raises HomeError: the home is locked, damaged, or cannot be written to.
    """

    def at_once(store: Store, ready: Callable[[], object]) -> Result:
        ready()
        return do(store)

    return _change(home, verb, at_once, model, progress, EncodingAhead())


def build(home: Home, *, model: str | None = None, progress: Progress | None = None) -> BuildReport:
    """Build the index anew from the store.

    :raises ModelError: the model cannot be loaded.
    :raises HomeError: the home is locked, damaged, or cannot be written to.
    """
    from service.in_step import Indexing

    started = time.perf_counter()
    with home.writing("build"), _no_collections():
        indexing = Indexing.open(home, model, progress, EncodingAhead())
        with home.store(write=True) as store:
            generation = indexing.anew(store, store.stats())
    counts = generation.about.counts
    return BuildReport(
        generation=generation.name,
        model=indexing.encoder.model_id,
        projects=counts["project"],
        goals=counts["goal"],
        indicators=counts["indicator"],
        unique_texts=counts["texts"],
        seconds=_seconds(time.perf_counter() - started),
    )


def _change(
    home: Home,
    verb: str,
    do: Callable[[Store, Callable[[], object]], Result],
    model: str | None,
    progress: Progress | None,
    ahead: EncodingAhead,
) -> "Changed[Result]":
    """As `change`; `do` is also given what loads the model, to be called before it writes."""

    @cache
    def indexing() -> "Indexing":
        from service.in_step import Indexing  # takes a moment, while processes that read start

        return Indexing.open(home, model, progress, ahead)

    with home.writing(verb), _no_collections():
        if model:  # one that is asked for may not be there: then not even a store is made
            indexing()
        with home.store(write=True) as store:
            result = do(store, indexing)
            stats = store.stats()
            return Changed(result, stats, indexing().in_step(store, stats))


@contextmanager
def _no_collections() -> Iterator[None]:
    """Let Python not look for cycles: records and rows are many, and trees without cycles."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _report(
    counts: IngestCounts, stats: CorpusStats, generation: "Generation", seconds: float
) -> IngestReport:
    return IngestReport(
        documents=counts.documents,
        added=counts.added,
        changed=counts.changed,
        unchanged=counts.unchanged,
        removed=counts.removed,
        skipped=tuple(Unread(file.path, file.name, file.reason) for file in counts.skipped),
        projects=stats.projects,
        whole_unit=stats.whole_unit,
        goals=stats.goals,
        indicators=stats.indicators,
        unique_texts=generation.about.counts["texts"],
        masked=stats.masked,
        generation=generation.name,
        seconds=_seconds(seconds),
    )


def _seconds(elapsed: float) -> float:
    return round(elapsed, 3)
