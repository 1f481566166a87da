"""One generation, built from records and opened for searching."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.store.store import StoredProject
from embed.beside import EncodingProcess
from embed.encoder import Encoder
from errors import SearchIndexError
from index.encoding import Encoding
from index.files import FolderReader, FolderWriter
from index.generations import About, Generation, commit, open_current
from index.progress import Progress
from index.results import Scope
from index.rows import rows_of
from index.scope import ScopeIndex, ScopeTexts
from text.words import dictionary_hash


class Snapshot:
    """A generation held open: it answers the same whatever is built meanwhile."""

    def __init__(self, generation: Generation, files: FolderReader) -> None:
        self.generation = generation
        self._files = files
        self._scopes: dict[Scope, ScopeIndex] = {}

    @classmethod
    def open(cls, folder: Path) -> "Snapshot":
        """Open the valid generation of an index folder, all hashes verified.

        :raises IndexMissingError: none was built.
        :raises IndexDamagedError: a file is missing or not what was written; it is named.
        """
        return cls(*open_current(folder))

    def scope(self, scope: Scope) -> ScopeIndex:
        """The index of a scope, read when it is first asked for."""
        if scope not in self._scopes:
            self._scopes[scope] = ScopeIndex.load(scope, self._files)
        return self._scopes[scope]


def build_generation(
    folder: Path,
    projects: Iterable[StoredProject],
    encoder: Encoder,
    *,
    revision: str,
    model: str = "",
    progress: Progress | None = None,
    beside: EncodingProcess | None = None,
) -> Generation:
    """Index all projects with their goals and indicators as the new valid generation.

    `revision` is that of the store, `model` the encoder's name as it was asked for ("" the
    default), `beside` a process that may share the work. Texts whose vectors the last generation
    holds, by the same model, are not encoded again.

    :raises ModelError: the encoder gives no usable vectors.
    :raises OSError: no room or no right to write; the last generation stays valid.
    """
    rows = rows_of(projects)
    encode = Encoding(encoder, _vectors_of_last(folder, encoder), progress, beside)
    texts = {scope: ScopeTexts.of(rows[scope]) for scope in Scope}
    encode.begin([t for scope in Scope for t in texts[scope].encoded(scope)])

    def fill(files: FolderWriter) -> About:
        for scope in reversed(Scope):
            ScopeIndex.of(scope, rows[scope], encode, texts[scope]).save(scope, files)
        counts = {scope.value: len(rows[scope]) for scope in Scope}
        return About(
            model=model,
            model_id=encoder.model_id,
            dim=encoder.dim,
            dictionary_hash=dictionary_hash(),
            corpus_revision=revision,
            counts={**counts, "texts": encode.used},
        )

    return commit(folder, fill)


def _vectors_of_last(folder: Path, encoder: Encoder) -> dict[str, NDArray[np.float32]]:
    """The vectors of the valid generation by text, if it is sound and of the same model."""
    try:
        last = Snapshot.open(folder)
        about = last.generation.about
        if (about.model_id, about.dim) != (encoder.model_id, encoder.dim):
            return {}
        return {text: vector for scope in Scope for text, vector in last.scope(scope).encoded()}
    except SearchIndexError:
        return {}
