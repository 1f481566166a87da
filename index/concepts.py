"""What is known under which words: concepts, their phrasings and the vectors of these."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Vectors
from index.dense import DenseIndex
from index.fields import Encode
from index.files import FolderReader, FolderWriter
from index.texts import indexed_form
from text.pairs import Pairs, pairs_of

_NAME = "concepts"


class NearConcept(NamedTuple):
    """A concept's standard name with its vector `(dim,)`, and its cosine with the query.

    The cosine is that of the nearest of its texts.
    """

    name: str
    vector: Vectors
    cosine: float


class KnownConcepts:
    """Texts of concepts and their vectors; `owners[text]` is the number of its concept.

    The standard names come first, so the first `max(owners) + 1` texts are one of each concept.
    Vectors are kept in eight bits a number, `codes` `(n, dim)` int8 times `scales` `(n, 1)`:
    enough to tell which text is nearest, and soon read.
    """

    def __init__(
        self,
        texts: tuple[str, ...],
        owners: NDArray[np.int32],
        codes: NDArray[np.int8],
        scales: NDArray[np.float32],
    ) -> None:
        self._texts = texts
        self._owners = owners
        self._codes = codes
        self._scales = scales

    @classmethod
    def of(cls, encode: Encode, *, phrasings: bool) -> Self:
        """Encode all standard names, and where wanted all phrasings.

        :raises KnowledgeError: the concepts are damaged.
        """
        texts, owners = known_texts(phrasings=phrasings)
        vectors = encode(texts)
        scales = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9) / 127
        codes = np.round(vectors / scales).astype(np.int8)
        return cls(texts, owners, codes, scales.astype(np.float32))

    @classmethod
    def load(cls, files: FolderReader) -> Self:
        """Read what `save` wrote."""
        arrays = (files.array(f"{_NAME}.{part}.npy") for part in ("owners", "codes", "scales"))
        return cls(tuple(files.lines(f"{_NAME}.txt")), *arrays)

    def save(self, files: FolderWriter) -> None:
        """Write texts and vectors."""
        files.lines(f"{_NAME}.txt", self._texts)
        files.array(f"{_NAME}.owners.npy", self._owners)
        files.array(f"{_NAME}.codes.npy", self._codes)
        files.array(f"{_NAME}.scales.npy", self._scales)

    def is_current(self) -> bool:
        """Whether these are the concepts known now."""
        phrasings = len(self._texts) > int(self._owners.max()) + 1
        return self._texts == known_texts(phrasings=phrasings)[0]

    def nearest(self, query: Vectors) -> NearConcept:
        """The concept of the text nearest to a vector `(dim,)`; the first of equals."""
        best, cosine = self._dense.nearest(query)
        owner = int(self._owners[best])
        vector = np.asarray(self._codes[owner] * self._scales[owner], np.float32)
        return NearConcept(self._texts[owner], vector, cosine)

    def hold(self, pairs: Sequence[str]) -> list[bool]:
        """Of each pair of characters whether a text holds it."""
        asked = pairs_of("".join(pairs))[::2]
        places = np.minimum(self._pairs.searchsorted(asked), len(self._pairs) - 1)
        found: list[bool] = (self._pairs[places] == asked).tolist()
        return found

    @cached_property
    def _pairs(self) -> Pairs:
        """The pairs of characters of all texts, ascending, as often as they stand there.

        In 5 ms: a set of strings, or `np.unique`, takes ten times as long.
        """
        return np.sort(pairs_of("\n".join(self._texts)))

    @cached_property
    def _dense(self) -> DenseIndex:
        return DenseIndex.from_vectors(np.asarray(self._codes * self._scales, np.float32))


def known_texts(*, phrasings: bool) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Standard names of all concepts, and where wanted phrasings; of each the concept's number.

    :raises KnowledgeError: the concepts are damaged.
    """
    from knowledge.concepts import concepts  # a search reads what a build wrote

    found = concepts()
    texts = [indexed_form(concept.name) for concept in found]
    owners = list(range(len(found)))
    for number, concept in enumerate(found if phrasings else ()):
        texts += map(indexed_form, concept.phrasings)
        owners += [number] * len(concept.phrasings)
    return tuple(texts), np.asarray(owners, np.int32)
