"""Texts to families: equal ones, then those with equal parts, then on the rest near meanings.

Every family has a leader, its commonest text; a member's score is its likeness to the leader, so
that no chain of small changes joins what is not alike.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Vectors
from peers.boilerplate.alike import Pairs, alike, shingles
from peers.boilerplate.records import Stage

Encode = Callable[[Sequence[str]], Vectors]

MEANING = 0.86
"""Cosine from which two texts with some equal parts are taken for one wording."""

COMMON_PARTS = 0.3
"""Likeness of characters below which no meaning makes two texts one wording."""

_SHORTEST = 10  # characters below which a near meaning is a synonym, not a copy
_CELL = 1_500  # texts that are compared each with each
_STILL = 7  # seed of the cells: the same families in every run


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text belongs: to the family of its leader (its number), how near, found by what."""

    leader: int
    score: float
    stage: Stage


def grouped(
    texts: Sequence[str], threshold: float | None, encode: Encode | None = None
) -> tuple[Place, ...]:
    """The place of every text; leaders are numbers of texts, those of a leader its own.

    `threshold` is the likeness (Jaccard over pairs of characters) from which texts are one
    wording; without it only equal ones are. Without `encode` meanings are not compared.
    """
    counts = Counter(texts)
    unique = sorted(counts, key=lambda text: (-counts[text], text))
    if threshold is None:
        places = [Place(number, 1.0, Stage.EXACT) for number in range(len(unique))]
    else:
        places = led(len(unique), alike([shingles(text) for text in unique], threshold))
    if encode is not None:
        places = _by_meaning(unique, places, encode)
    numbers: dict[str, int] = {}
    for number, text in enumerate(texts):
        numbers.setdefault(text, number)
    at = {
        text: Place(numbers[unique[place.leader]], place.score, place.stage)
        for text, place in zip(unique, places, strict=True)
    }
    return tuple([at[text] for text in texts])


def led(size: int, pairs: Pairs) -> list[Place]:
    """Places of texts that are ordered from the commonest on.

    A text joins the likeliest leader before it (of two as like the earlier one), or leads itself.
    """
    neighbours = _neighbours(size, pairs)
    leads = np.zeros(size, np.bool_)
    places: list[Place] = []
    for number, (others, scores) in enumerate(neighbours):
        leading = leads[others]
        if leading.any():
            best = int(np.argmax(scores[leading]))  # the first of the best
            place = Place(int(others[leading][best]), float(scores[leading][best]), Stage.SHINGLE)
        else:
            leads[number] = True
            place = Place(number, 1.0, Stage.EXACT)
        places.append(place)
    return places


def _neighbours(size: int, pairs: Pairs) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
    """For each text the texts before it that are alike, in their order, and how alike."""
    order = np.lexsort((pairs.first, pairs.second))
    first, second, score = pairs.first[order], pairs.second[order], pairs.score[order]
    starts = np.searchsorted(second, np.arange(size + 1))
    for number in range(size):
        part = slice(starts[number], starts[number + 1])
        yield first[part], score[part]


def _by_meaning(unique: Sequence[str], places: list[Place], encode: Encode) -> list[Place]:
    """Leaders that say the same in other words join the commonest of them, and theirs with them."""
    leaders = [
        number
        for number, place in enumerate(places)
        if place.leader == number and len(unique[number]) >= _SHORTEST
    ]
    moved: dict[int, Place] = {}
    vectors = encode([unique[number] for number in leaders])
    numbers = np.asarray(leaders, np.int64)
    for cluster in _clusters(vectors):
        head, *rest = sorted(leaders[place] for place in cluster)
        own = vectors[np.searchsorted(numbers, [head, *rest])]
        parts = shingles(unique[head])
        for number, cosine in zip(rest, own[1:] @ own[0], strict=True):
            common = _likeness(parts, shingles(unique[number]))
            if cosine >= MEANING and common >= COMMON_PARTS:
                moved[number] = Place(head, float(min(cosine, 1.0)), Stage.VECTOR)
    return [
        Place(moved[place.leader].leader, place.score * moved[place.leader].score, Stage.VECTOR)
        if place.leader in moved
        else place
        for place in places
    ]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _clusters(vectors: Vectors) -> Iterator[list[int]]:
    """Groups of two or more vectors that lie near each other (average linkage)."""
    from scipy.cluster.hierarchy import fcluster, linkage

    for cell in _cells(vectors):
        if len(cell) < 2:
            continue
        merged = linkage(vectors[cell], method="average", metric="cosine")
        labels = fcluster(merged, 1 - MEANING, criterion="distance")
        order = np.argsort(labels, kind="stable")
        for group in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
            if len(group) > 1:
                yield [int(cell[place]) for place in group]


def _cells(vectors: Vectors) -> Iterator[NDArray[np.int64]]:
    """The numbers of all vectors that say anything, near ones together, at most `_CELL` in each."""
    left = [np.flatnonzero(np.linalg.norm(vectors, axis=1) > 0)]
    while left:
        cell = left.pop()
        if len(cell) <= _CELL:
            yield cell
            continue
        from sklearn.cluster import BisectingKMeans  # takes seconds to import

        halves = min(8, -(-len(cell) // _CELL) + 1)
        split = BisectingKMeans(n_clusters=halves, random_state=_STILL, n_init=1, max_iter=20)
        labels = split.fit_predict(vectors[cell])
        parts = [cell[labels == label] for label in range(halves)]
        parts = [part for part in parts if len(part)]
        if len(parts) == 1:  # all the same vector: cut by order
            parts = np.array_split(cell, halves)
        left += parts
