"""All pairs of sets that are alike (Jaccard), found without comparing each with each.

Two sets of which the overlap is a share `t` of their union must share one of the rarest items of
each: of a set of size n only its n - ceil(t·n) + 1 rarest items need to be looked up (prefix
filtering: Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007). What is found is
exact: the same pairs and scores as by brute force.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_CHUNK = 2_000  # sets whose candidates are looked up at a time
_AT_A_TIME = 200_000  # pairs whose overlap is counted at a time
_EXACTLY = 1e-9  # shares are quotients of small whole numbers


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of sets by number, `first[k] < second[k]`, with their likeness (0 to 1)."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    score: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.first)


def shingles(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text; of one character, itself."""
    return frozenset(text[k : k + 2] for k in range(max(1, len(text) - 1))) if text else frozenset()


def alike(sets: Sequence[Iterable[Hashable]], threshold: float) -> Pairs:
    """All pairs of sets with a Jaccard likeness of at least `threshold` (above 0)."""
    search = _Search(_matrix(sets), threshold)
    found = [search.pairs(start) for start in range(0, len(sets), _CHUNK)]
    return Pairs(
        np.concatenate([pairs.first for pairs in found] or [np.zeros(0, np.int64)]),
        np.concatenate([pairs.second for pairs in found] or [np.zeros(0, np.int64)]),
        np.concatenate([pairs.score for pairs in found] or [np.zeros(0)]),
    )


def _matrix(sets: Sequence[Iterable[Hashable]]) -> sparse.csr_matrix:
    """One row a set; items are numbered from the rarest on, so that a row begins with those."""
    numbers: dict[Hashable, int] = {}
    rows = [[numbers.setdefault(item, len(numbers)) for item in items] for items in sets]
    lengths = [len(row) for row in rows]
    columns = np.fromiter((item for row in rows for item in row), np.int64, sum(lengths))
    order = np.argsort(np.bincount(columns, minlength=len(numbers)), kind="stable")
    rank = np.empty(len(numbers), np.int64)
    rank[order] = np.arange(len(numbers))
    starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    shape = (len(rows), max(1, len(numbers)))
    matrix = sparse.csr_matrix((np.ones(len(columns), np.int32), rank[columns], starts), shape)
    matrix.sort_indices()
    return matrix


class _Search:
    """Looks up pairs among the rows of a matrix."""

    def __init__(self, items: sparse.csr_matrix, threshold: float) -> None:
        self._items = items
        self._threshold = threshold
        self._sizes = np.diff(items.indptr).astype(np.int64)
        wanted = np.ceil(threshold * self._sizes - _EXACTLY).astype(np.int64)
        kept = np.minimum(self._sizes - wanted + 1, self._sizes)
        self._left = self._sizes - kept
        last = np.maximum(items.indptr[:-1] + kept - 1, 0)
        filled = self._sizes > 0
        self._last = np.full(len(kept), -1, np.int64)
        self._last[filled] = items.indices[last[filled]]
        self._prefixes = _starts_of_rows(items, kept)
        self._inverted = self._prefixes.T.tocsr()

    def pairs(self, start: int) -> Pairs:
        """The pairs of which the first set is one of the next `_CHUNK`."""
        shared = (self._prefixes[start : start + _CHUNK] @ self._inverted).tocoo()
        later = shared.row + start < shared.col  # each pair once
        first, second = shared.row[later].astype(np.int64) + start, shared.col[later]
        near = self._can_be_alike(first, second, shared.data[later])
        return self._alike(first[near], second[near])

    def _can_be_alike(
        self, first: NDArray[np.int64], second: NDArray[np.int64], shared: NDArray[np.int32]
    ) -> NDArray[np.bool_]:
        """Whether sizes, and what prefixes share, leave room for the overlap that is asked.

        Of the set whose prefix ends with the rarer item, no item of the prefix can stand behind
        the other's: at most the rest of it comes to the overlap of the prefixes (Xiao et al. 2011).
        """
        one, other = self._sizes[first], self._sizes[second]
        rest = np.where(
            self._last[first] <= self._last[second], self._left[first], self._left[second]
        )
        needed = self._threshold / (1 + self._threshold) * (one + other) - _EXACTLY
        room = shared + rest >= needed
        small, large = np.minimum(one, other), np.maximum(one, other)
        return np.asarray(room & (small >= self._threshold * large - _EXACTLY))

    def _alike(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> Pairs:
        scores = []
        for k in range(0, len(first), _AT_A_TIME):
            one, other = first[k : k + _AT_A_TIME], second[k : k + _AT_A_TIME]
            common = self._items[one].multiply(self._items[other]).sum(axis=1)
            common = np.asarray(common).ravel()
            scores.append(common / (self._sizes[one] + self._sizes[other] - common))
        score = np.concatenate(scores or [np.zeros(0)])
        near = score >= self._threshold - _EXACTLY
        return Pairs(first[near], second[near], score[near])


def _starts_of_rows(items: sparse.csr_matrix, kept: NDArray[np.int64]) -> sparse.csr_matrix:
    """The first `kept` items of each row."""
    sizes = np.diff(items.indptr)
    place = np.arange(len(items.indices)) - np.repeat(items.indptr[:-1], sizes)
    chosen = place < np.repeat(kept, sizes)
    starts = np.concatenate([[0], np.cumsum(kept)])
    data = np.ones(int(chosen.sum()), np.int32)
    return sparse.csr_matrix((data, items.indices[chosen], starts), items.shape)
