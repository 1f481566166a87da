"""How great an inner product can be at most, told from the leading numbers of a vector.

Vectors are turned so that their first directions carry most of them (principal components, which
keep every inner product). Only what these carry is multiplied; of the rest lengths are kept, and
the inner product of two vectors is never greater than the product of their lengths
(Cauchy-Schwarz). So a record whose bound is too low need not be looked at: pruning that is exact.
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Vectors
from index.together import Task

Bounds = NDArray[np.float32]

# So much of the vectors' squared length lies in the directions that are multiplied, if half of
# them suffice for it: fewer are sooner read, and leave more records whose bound says too little.
_CARRIED = 0.9

# The rest of a vector is cut into so many pieces, each with a length: a closer bound than one.
_PIECES = 3

# Rows have so many numbers, or twice as many …: whole lines of a processor's cache.
_LINE = 16

# The directions are those of so many vectors, spread over all.
_SAMPLE = 4_096

# Numbers to multiply in one go; OpenBLAS would share out more among threads that wait spinning.
_AT_ONCE = 1 << 18

_ROWS = 8_192


class Directions(NamedTuple):
    """An orthogonal matrix `(dim, dim)`, the directions that carry most first; `kept` of them."""

    turn: Vectors
    kept: int

    @classmethod
    def of(cls, vectors: Vectors) -> "Directions":
        """Those of `(n, dim)` vectors."""
        step = max(1, len(vectors) // _SAMPLE)
        sample = vectors[::step].astype(np.float64)
        lengths, found = np.linalg.eigh(sample.T @ sample)
        carried = np.cumsum(lengths[::-1])
        enough = int(np.searchsorted(carried, _CARRIED * carried[-1])) + 1
        return cls(np.ascontiguousarray(found[:, ::-1], np.float32), _kept(enough, len(found)))

    def shortened(self, vectors: Vectors) -> Vectors:
        """The first numbers of each vector turned, the lengths of pieces of its rest, and a one."""
        turned = vectors @ self.turn
        found = np.ones((len(turned), self.kept + _PIECES + 1), np.float32)
        found[:, : self.kept] = turned[:, : self.kept]
        pieces = np.array_split(turned[:, self.kept :], _PIECES, axis=1)
        for place, piece in enumerate(pieces, start=self.kept):
            np.sqrt(np.einsum("ij,ij->i", piece, piece), out=found[:, place])
        return found


class InnerBounds:
    """Upper bounds of the inner products of queries with `vectors`, `(n, dim)` of length ≤ 1."""

    def __init__(self, vectors: Vectors) -> None:
        self._directions = Directions.of(vectors)
        width = self._directions.kept + _PIECES + 1
        self._rows = np.empty((len(vectors), width), np.float32)
        for start in range(0, len(vectors), _ROWS):
            rows = slice(start, start + _ROWS)
            self._rows[rows] = self._directions.shortened(vectors[rows])

    def of(self, queries: Vectors) -> Bounds:
        """For each vector and each query `(m, dim)` of length ≤ 1 the bound, `(n, m)`."""
        found = np.empty((len(self._rows), len(queries)), np.float32)
        for task in self.tasks(queries, found):
            task()
        return found

    def tasks(self, queries: Vectors, found: Bounds) -> Iterator[Task]:
        """The work of `of` in pieces that write into `found`, to be done in any order."""
        asked = self._directions.shortened(queries)
        asked[:, -1] = rounding(queries.shape[1])
        # a product with one column would be shared out among threads, so one query is asked twice
        by_column = np.ascontiguousarray(np.resize(asked, (max(2, len(asked)), asked.shape[1])).T)
        for start in range(0, len(self._rows), _ROWS):
            rows = slice(start, start + _ROWS)
            yield partial(_multiply, self._rows[rows], by_column, found[rows])


def rounding(dim: int) -> float:
    """More than two inner products of vectors of length ≤ 1 differ by rounding, however summed."""
    return 8 * (dim + 1) * 2.0**-24


def _kept(enough: int, dim: int) -> int:
    """So many directions that rows fill whole lines, at most about half of them."""
    beside = _PIECES + 1
    lines = -(-(enough + beside) // _LINE)
    return max(1, min(lines * _LINE, dim // 2) - beside)


def _multiply(rows: Vectors, by_column: Vectors, found: Bounds) -> None:
    """The matrix product, by blocks that one core keeps in its cache."""
    width, count = by_column.shape
    block = max(1, _AT_ONCE // (width * count))
    whole = len(rows) // block * block
    product = np.empty((len(rows), count), np.float32)
    np.matmul(
        rows[:whole].reshape(-1, block, width),
        by_column,
        out=product[:whole].reshape(-1, block, count),
    )
    np.matmul(rows[whole:], by_column, out=product[whole:])
    found[:] = product[:, : found.shape[1]]
