"""A query as it is asked: checked, in its indexed form, cut where it says several things."""

import re
from functools import cached_property

import numpy as np

from embed.encoder import Encoder, Vectors
from errors import UsageError
from index.concepts import KnownConcepts, NearConcept
from index.results import SearchRequest
from index.texts import indexed_form

# A query is a phrase or a paragraph; a pasted document would take seconds to cut into words.
TEXT_LIMIT = 5_000

# A shorter query says one thing.
_LONG = 24

# What finds a part of the query counts somewhat less than what finds all of it.
PART_WEIGHT = 0.9

# How far a query is moved towards its nearest concept.
CONCEPT_WEIGHT = 0.5

_SHORTEST_PART = 4
_PARTS = 12
_CUT = re.compile(r"[,;:.!?、。]+(?!\d)|\s+")


def checked_text(request: SearchRequest) -> str:
    """The text of a request in its indexed form.

    :raises UsageError: no text or too long a one, or `top` below 1.
    """
    text = indexed_form(request.text[: TEXT_LIMIT + 1])
    if not text:
        raise UsageError("search: expected a word or phrase, found none")
    if len(request.text) > TEXT_LIMIT:
        raise UsageError(
            f"search: expected at most {TEXT_LIMIT} characters, found {len(request.text)}"
        )
    if request.top < 1:
        raise UsageError(f"search: expected top to be 1 or more, found {request.top}")
    return text


def parts_of(text: str) -> tuple[str, ...]:
    """The parts of a goal sentence or paragraph, each of which may find records of its own.

    None for a phrase; the first dozen of a long text.
    """
    if len(text) < _LONG:
        return ()
    parts = [part for part in _CUT.split(text) if len(part) >= _SHORTEST_PART]
    return tuple(dict.fromkeys(parts))[:_PARTS] if len(parts) > 1 else ()


class Question:
    """A query: its text, its vectors and those of its parts `(m, dim)`, of which the best counts.

    With `by_concept` names may also be compared with the query moved towards its concept.
    """

    def __init__(
        self, text: str, vectors: Vectors, concepts: KnownConcepts, *, by_concept: bool
    ) -> None:
        self.text = text
        self.vectors = vectors
        self._concepts = concepts
        self._by_concept = by_concept

    @cached_property
    def concept(self) -> NearConcept:
        """The concept nearest to the whole query; looked for when it is first asked for."""
        return self._concepts.nearest(self.vectors[0])

    def groups(self) -> list[Vectors]:
        """The vectors, and where no name is surely meant also, if any, the one moved `(1, dim)`."""
        if not self._by_concept:
            return [self.vectors]
        return [self.vectors, moved(self.vectors[0], self.concept.vector)[None]]


def query_vectors(text: str, encoder: Encoder) -> Vectors:
    """The vectors of a query and of its parts, `(m, dim)`, those of parts shorter by their weight.

    The first one is that of the whole.
    """
    vectors = encoder.encode_queries([text, *parts_of(text)])
    weights = np.full((len(vectors), 1), PART_WEIGHT, np.float32)
    weights[0] = 1
    return vectors * weights


def moved(query: Vectors, concept: Vectors) -> Vectors:
    """A query's vector `(dim,)` moved towards a concept's, of length one.

    Rocchio's feedback with a concept in the place of documents: rough and colloquial words come
    nearer to what the field calls it, and what the corpus does not hold stays far.
    """
    both = query + CONCEPT_WEIGHT * float(np.clip(query @ concept, 0, 1)) * concept
    length = np.linalg.norm(both)
    return np.asarray(both / length if length else both, np.float32)
