"""One generation, built from records and opened for searching."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.store.store import StoredProject
from embed.encoder import Encoder, Vectors
from errors import ModelError, SearchIndexError
from index.files import FolderReader, FolderWriter
from index.generations import About, Generation, commit, open_current
from index.results import Scope
from index.rows import rows_of
from index.scope import ScopeIndex
from text.words import dictionary_hash

Progress = Callable[[int, int, str], None]

# What a progress bar says of the work.
_ENCODING = "建立索引"

# Texts encoded between two reports of progress.
_CHUNK = 4096


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
) -> Generation:
    """Index all projects with their goals and indicators as the new valid generation.

    `revision` is that of the store, `model` the encoder's name as it was asked for ("" the
    default). Texts whose vectors the last generation holds, by the same model, are not encoded
    again.

    :raises ModelError: the encoder gives no usable vectors.
    :raises OSError: no room or no right to write; the last generation stays valid.
    """
    rows = rows_of(projects)
    encode = _Encoding(encoder, _vectors_of_last(folder, encoder), progress)

    def fill(files: FolderWriter) -> About:
        for scope in Scope:
            ScopeIndex.of(scope, rows[scope], encode).save(scope, files)
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


class _Encoding:
    """Encodes texts, each once in the whole build."""

    def __init__(
        self,
        encoder: Encoder,
        known: dict[str, NDArray[np.float32]],
        progress: Progress | None,
    ) -> None:
        self._encoder = encoder
        self._known = known
        self._used: set[str] = set()
        self._progress = progress

    @property
    def used(self) -> int:
        """How many unique texts were asked for."""
        return len(self._used)

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """`(n, dim)` float32, rows L2-normalised or zero."""
        self._used.update(texts)
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in range(0, len(new), _CHUNK):
            if self._progress:
                self._progress(start, len(new), _ENCODING)
            chunk = new[start : start + _CHUNK]
            self._known.update(zip(chunk, self._encoded(chunk), strict=True))
        if new and self._progress:
            self._progress(len(new), len(new), _ENCODING)
        if not texts:
            return np.zeros((0, self._encoder.dim), np.float32)
        return np.stack([self._known[text] for text in texts])

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        vectors = self._encoder.encode_documents(texts)
        expected = (len(texts), self._encoder.dim)
        if vectors.shape != expected or not np.isfinite(vectors).all():
            raise ModelError(
                f"model {self._encoder.model_id}: expected {expected[0]} finite vectors of "
                f"{expected[1]} numbers, found shape {vectors.shape} or not finite; "
                "cure: choose another model with --model"
            )
        return vectors
