"""Documents in, index in step: ingest and build."""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from corpus.intake.ingest import IngestCounts, ingest_paths
from corpus.records import Masked
from corpus.store.store import CorpusStats, Store
from embed import Encoder
from errors import HomeUnwritableError
from index.build import Also, build_generation, grow_generation, sound_generation
from index.encoding import MANY_TEXTS
from index.files import FolderReader, FolderWriter
from index.generations import Generation
from index.snapshot import Snapshot
from index.vector_cache import VectorCache
from service.boilerplate_beside import BoilerplateProcess
from service.clusters import keep_boilerplate, write_boilerplate
from service.encoding_ahead import EncodingAhead
from service.home import Home
from service.models import encoder_of, model_name
from text.words import dictionary_hash

# Up to so many indicators boilerplate is looked for after every change; in a larger corpus only
# `build` looks for it, as a nightly run does, and what it found is kept until then.
_SOON_LOOKED_THROUGH = 10_000

Progress = Callable[[int, int, str], None]
Result = TypeVar("Result")
Process = TypeVar("Process", bound=AbstractContextManager[Any])


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
    generation: Generation


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

        def read(store: Store) -> IngestCounts:
            watching = ahead.watching(progress, store.stats().documents)
            return ingest_paths(store, home.files_dir, paths, prune=prune, progress=watching)

        changed = change(home, "ingest", read, model=model, progress=progress, ahead=ahead)
    return _report(changed.result, changed.stats, changed.generation, time.perf_counter() - started)


def change(
    home: Home,
    verb: str,
    do: Callable[[Store], Result],
    *,
    model: str | None = None,
    progress: Progress | None = None,
    ahead: EncodingAhead | None = None,
) -> "Changed[Result]":
    """Write to the store as the only one, then bring the index in step with it.

    `ahead` may start the process that encodes while `do` is at work.

    :raises ModelError: the model cannot be loaded; nothing was done.
    :raises HomeError: the home is locked, damaged, or cannot be written to.
    """
    with home.writing(verb), _no_collections():
        name = model_name(model, home.index_dir)
        encoder = encoder_of(name)
        ahead = ahead or EncodingAhead()
        ahead.allow(encoder)
        with home.store(write=True) as store:
            result = do(store)
            stats = store.stats()
            last = sound_generation(home.index_dir)  # all its files are read to verify it: once
            work = _Work(home, store, stats.indicators, encoder, name, progress, ahead, last)
            generation = work.in_step() or work.grown() or work.built()
            return Changed(result, stats, generation)


def build(home: Home, *, model: str | None = None, progress: Progress | None = None) -> BuildReport:
    """Build the index anew from the store.

    :raises ModelError: the model cannot be loaded.
    :raises HomeError: the home is locked, damaged, or cannot be written to.
    """
    started = time.perf_counter()
    with home.writing("build"), _no_collections():
        name = model_name(model, home.index_dir)
        encoder = encoder_of(name)
        with home.store(write=True) as store:
            indicators = store.stats().indicators
            work = _Work(home, store, indicators, encoder, name, progress, EncodingAhead())
            generation = work.built(anew=True)
    counts = generation.about.counts
    return BuildReport(
        generation=generation.name,
        model=encoder.model_id,
        projects=counts["project"],
        goals=counts["goal"],
        indicators=counts["indicator"],
        unique_texts=counts["texts"],
        seconds=_seconds(time.perf_counter() - started),
    )


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


@dataclass(frozen=True, slots=True)
class _Work:
    """Bringing the index of a home in step with its store.

    `indicators` is how many the store holds, `model` the encoder's name, `ahead` may hold the
    process that encodes, `last` is the valid generation where it is open already.
    """

    home: Home
    store: Store
    indicators: int
    encoder: Encoder
    model: str
    progress: Progress | None
    ahead: EncodingAhead
    last: Snapshot | None = None

    def in_step(self) -> Generation | None:
        """The last generation if it says what the store says, in the words of this model."""
        if self.last is None:
            return None
        about = self.last.generation.about
        now = (self.store.revision(), self.encoder.model_id, dictionary_hash())
        then = (about.corpus_revision, about.model_id, about.dictionary_hash)
        return self.last.generation if now == then else None

    def grown(self) -> Generation | None:
        """One that adds to the last what has changed; None where one built anew is better."""
        with _writing_index(self.home):
            return grow_generation(
                self.home.index_dir,
                self.store,
                self.encoder,
                revision=self.store.revision(),
                model=self.model,
                progress=self.progress,
                cache=VectorCache.of(self.home.vectors_dir, self.encoder),
                also=self._boilerplate(keeping=self._keeps_boilerplate()),
                last=self.last,
            )

    def built(self, *, anew: bool = False) -> Generation:
        """One of all that the store holds; where it is `anew`, with its boilerplate."""
        keeping = not anew and self._keeps_boilerplate()
        many = self.indicators >= MANY_TEXTS
        with (
            _writing_index(self.home),
            _beside(self.ahead.taken(self.encoder) if many else None) as beside,
            _beside(
                BoilerplateProcess.start(self.home, self.model) if many and not keeping else None
            ) as finding,
        ):
            return build_generation(
                self.home.index_dir,
                self.store,
                self.encoder,
                revision=self.store.revision(),
                model=self.model,
                progress=self.progress,
                beside=beside,
                cache=VectorCache.of(self.home.vectors_dir, self.encoder),
                also=self._boilerplate(finding, keeping=keeping),
                last=self.last,
            )

    def _keeps_boilerplate(self) -> bool:
        """Whether the boilerplate of the last generation is kept, as in a large corpus."""
        return self.indicators > _SOON_LOOKED_THROUGH

    def _boilerplate(self, finding: BoilerplateProcess | None = None, *, keeping: bool) -> Also:
        """Finds the boilerplate of all projects, or takes what another process finds."""

        def write(files: FolderWriter, last: FolderReader | None) -> None:
            if keeping:
                keep_boilerplate(files, last)
                return
            if finding is not None and finding.take(files):
                return
            write_boilerplate(
                files,
                self.store.projects(),
                lambda texts: self.encoder.encode_documents(list(texts)),
                self.store.revision(),
            )

        return write


@contextmanager
def _writing_index(home: Home) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise HomeUnwritableError(
            f"home {home.path}: expected room and right to write the index, found: "
            f"{error.strerror or error}; the index before stays valid; "
            "cure: make room, then run `duibiao build`"
        ) from error


def _beside(process: Process | None) -> AbstractContextManager[Process | None]:
    """A second process for the time of its work, where there is one."""
    return process or nullcontext()


def _report(
    counts: IngestCounts, stats: CorpusStats, generation: Generation, seconds: float
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
