"""The index of a home, brought in step with its store."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Self, TypeVar

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
Process = TypeVar("Process", bound=AbstractContextManager[Any])


@dataclass(frozen=True, slots=True)
class Indexing:
    """Makes generations of a home's index; `model` is the encoder's name.

    `ahead` may hold the process that encodes. Only to be used inside `Home.writing`.
    """

    home: Home
    encoder: Encoder
    model: str
    progress: Progress | None
    ahead: EncodingAhead

    @classmethod
    def open(
        cls, home: Home, asked: str | None, progress: Progress | None, ahead: EncodingAhead
    ) -> Self:
        """Load the model asked for, else the one that the index speaks.

        :raises ModelError: it cannot be loaded.
        """
        name = model_name(asked, home.index_dir)
        encoder = encoder_of(name)
        ahead.allow(encoder)
        return cls(home, encoder, name, progress, ahead)

    def in_step(self, store: Store, stats: CorpusStats) -> Generation:
        """One that says what the store says: the last, one that adds to it, or one built anew.

        `stats` are the figures of the store.
        """
        last = sound_generation(self.home.index_dir)  # all its files are read to verify it: once
        if last is not None and self._says(last, store):
            return last.generation
        # In a large corpus the boilerplate of the last generation is kept.
        keeping = stats.indicators > _SOON_LOOKED_THROUGH
        grown = self._grown(store, last, keeping=keeping)
        return grown or self._built(store, stats.indicators, last, keeping=keeping)

    def anew(self, store: Store, stats: CorpusStats) -> Generation:
        """One built of all that the store holds, its boilerplate looked for."""
        return self._built(store, stats.indicators)

    def _says(self, last: Snapshot, store: Store) -> bool:
        about = last.generation.about
        now = (store.revision(), self.encoder.model_id, dictionary_hash())
        return now == (about.corpus_revision, about.model_id, about.dictionary_hash)

    def _grown(self, store: Store, last: Snapshot | None, *, keeping: bool) -> Generation | None:
        """One that adds to the last what has changed; None where one built anew is better."""
        with _writing_index(self.home):
            return grow_generation(
                self.home.index_dir,
                store,
                self.encoder,
                revision=store.revision(),
                model=self.model,
                progress=self.progress,
                cache=VectorCache.of(self.home.vectors_dir, self.encoder),
                also=self._boilerplate(store, keeping=keeping),
                last=last,
            )

    def _built(
        self, store: Store, indicators: int, last: Snapshot | None = None, *, keeping: bool = False
    ) -> Generation:
        many = indicators >= MANY_TEXTS
        with (
            _writing_index(self.home),
            _beside(self.ahead.taken(self.encoder) if many else None) as beside,
            _beside(
                BoilerplateProcess.start(self.home, self.model) if many and not keeping else None
            ) as finding,
        ):
            return build_generation(
                self.home.index_dir,
                store,
                self.encoder,
                revision=store.revision(),
                model=self.model,
                progress=self.progress,
                beside=beside,
                cache=VectorCache.of(self.home.vectors_dir, self.encoder),
                also=self._boilerplate(store, finding, keeping=keeping),
                last=last,
            )

    def _boilerplate(
        self, store: Store, finding: BoilerplateProcess | None = None, *, keeping: bool
    ) -> Also:
        """Finds the boilerplate of all projects, or takes what another process finds."""

        def write(files: FolderWriter, last: FolderReader | None) -> None:
            if keeping:
                keep_boilerplate(files, last)
                return
            if finding is not None and finding.take(files):
                return
            write_boilerplate(
                files,
                store.projects(),
                lambda texts: self.encoder.encode_documents(list(texts)),
                store.revision(),
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
