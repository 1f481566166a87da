"""The names of all known concepts with their vectors: what a query is nearest to."""

from collections.abc import Iterator
from typing import NamedTuple, Self

import numpy as np

from embed.encoder import Vectors
from index.dense import DECIMALS
from index.fields import Encode
from index.files import FolderReader, FolderWriter
from index.vectors import VectorParts

_NAME = "concepts"


class NearConcept(NamedTuple):
    """A concept's standard name, and its cosine with the query."""

    name: str
    cosine: float


class ConceptNames:
    """Standard names and their vectors, in the order of `knowledge.concepts`."""

    def __init__(self, names: tuple[str, ...], vectors: VectorParts) -> None:
        self._names = names
        self._vectors = vectors

    @classmethod
    def of(cls, encode: Encode) -> Self:
        """Encode all names.

        :raises KnowledgeError: the concepts are damaged.
        """
        names = _known_names()
        return cls(names, VectorParts([]).with_part(encode(names)))

    @classmethod
    def load(cls, files: FolderReader) -> Self:
        """Read what `save` wrote."""
        return cls(tuple(files.lines(f"{_NAME}.txt")), VectorParts.load(files, _NAME))

    def save(self, files: FolderWriter) -> None:
        """Write names and vectors."""
        files.lines(f"{_NAME}.txt", self._names)
        self._vectors.save(files, _NAME)

    def is_current(self) -> bool:
        """Whether these are the concepts known now."""
        return self._names == _known_names()

    def encoded(self) -> Iterator[tuple[str, Vectors]]:
        """Every name with its vector."""
        return zip(self._names, self._vectors.vectors(), strict=True)

    def nearest(self, query: Vectors) -> NearConcept:
        """The concept nearest to a vector `(dim,)`; the first of equals."""
        scores = np.round(self._vectors.scores(query), DECIMALS)
        best = int(scores.argmax())
        return NearConcept(self._names[best], float(scores[best]))


def _known_names() -> tuple[str, ...]:
    from knowledge.concepts import concepts  # a search reads what a build wrote

    return tuple(concept.name for concept in concepts())
