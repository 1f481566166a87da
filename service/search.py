"""A search session: one index generation and its encoder, held open."""

from typing import Self

from corpus.store.stored import StoredProject
from embed import Encoder
from errors import IndexDamagedError, IndexModelError, UsageError
from index.generations import current_name
from index.results import SearchAnswer, SearchRequest
from index.search import Searcher
from index.snapshot import Snapshot
from service.held import Held
from service.home import Home
from service.models import encoder_of, model_name
from text.words import dictionary_hash

BEHIND = "the index is older than the corpus; cure: run `duibiao build`"


class Session(Held):
    """Answers from the generation it opened, whatever is built meanwhile.

    All that a hit shows is kept in the generation, so answers agree with themselves also while
    the store is written to. `behind` says that the corpus had changed since the generation was
    built (an ingest was broken off): hits are then true of an earlier state. The files stay
    mapped until a search under way elsewhere is finished too.
    """

    def __init__(self, home: Home, snapshot: Snapshot, encoder: Encoder, *, behind: bool) -> None:
        super().__init__()
        self._home = home
        self._snapshot = snapshot
        self._encoder = encoder
        self._searcher = Searcher(snapshot, encoder)
        self.behind = behind

    @classmethod
    def open(cls, home: Home, *, model: str | None = None) -> Self:
        """Open the valid index of a home with the model it was built with.

        :raises IndexMissingError: none was built.
        :raises IndexDamagedError: a file is missing or not what was written; it is named.
        :raises IndexModelError: it was built with another model than the one asked for, with
            other weights of it, or with another dictionary.
        :raises ModelError: the model cannot be loaded.
        :raises StoreError: the corpus cannot be read.
        """
        snapshot = Snapshot.open(home.index_dir)
        about = snapshot.generation.about
        encoder = encoder_of(about.model if model is None else model_name(model, home.index_dir))
        if encoder.model_id != about.model_id:
            raise IndexModelError(
                f"index: expected one of model {encoder.model_id}, found one of {about.model_id}; "
                "cure: run `duibiao build --model NAME`, or search without --model"
                if model is not None
                else f"index: built with model {about.model_id}, which now is {encoder.model_id}; "
                "cure: run `duibiao build`"
            )
        if dictionary_hash() != about.dictionary_hash:
            raise IndexModelError(
                f"index: expected words of dictionary {dictionary_hash()}, found those of "
                f"{about.dictionary_hash}; cure: run `duibiao build`"
            )
        with home.store() as store:
            behind = store.revision() != about.corpus_revision
        return cls(home, snapshot, encoder, behind=behind)

    @property
    def generation(self) -> str:
        """The name of the generation that answers."""
        return self._snapshot.generation.name

    @property
    def encoder(self) -> Encoder:
        """The encoder of the index, for texts that are to be compared with its own."""
        return self._encoder

    @property
    def model_id(self) -> str:
        """Name and weights hash of the model it was built with."""
        return self._snapshot.generation.about.model_id

    def is_stale(self) -> bool:
        """Whether another generation is valid by now; reads one small file."""
        try:
            return current_name(self._home.index_dir) != self.generation
        except IndexDamagedError:
            return True

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Answer a request.

        :raises UsageError: no text, or an unknown field or value in `where`.
        """
        return self._searcher.search(request)

    def project(self, project_id: str) -> StoredProject:
        """One project with its whole table, as the store has it now.

        :raises UsageError: there is no such project (any more).
        :raises HomeError: the corpus cannot be read.
        """
        with self._home.store() as store:
            try:
                return store.project(project_id)
            except UsageError as error:
                if store.revision() == self._snapshot.generation.about.corpus_revision:
                    raise
                raise UsageError(f"{error}; {BEHIND}") from error
