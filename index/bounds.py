"""How great an inner product can be at most, told from half of the numbers of a vector.

Vectors are turned so that their first directions carry most of them (principal components, which
keep every inner product). The first half is multiplied; of the rest only lengths are kept, and
the inner product of two vectors is never greater than the product of their lengths
(Cauchy-Schwarz). So a record whose bound is too low need not be looked at: pruning that is exact.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Vectors
from index.together import Task

Bounds = NDArray[np.float32]

# The rest of a vector is cut into so many pieces, each with a length: a closer bound than one.
_PIECES = 3

# The directions are those of so many vectors, spread over all.
_SAMPLE = 4_096

# Numbers to multiply in one go; OpenBLAS would share out more among threads that wait spinning.
_AT_ONCE = 1 << 18

_ROWS = 8_192


class InnerBounds:
    """Upper bounds of the inner products of queries with `vectors`, `(n, dim)` of length ≤ 1."""

    def __init__(self, vectors: Vectors) -> None:
        self._dim = vectors.shape[1]
        self._turn = _directions(vectors)
        self._rows = np.empty((len(vectors), _width(self._dim)), np.float32)
        for start in range(0, len(vectors), _ROWS):
            rows = slice(start, start + _ROWS)
            self._rows[rows] = _shortened(vectors[rows] @ self._turn)

    def of(self, queries: Vectors) -> Bounds:
        """For each query `(m, dim)` of length ≤ 1 and each vector the bound, `(m, n)`."""
        found = np.empty((len(queries), len(self._rows)), np.float32)
        for task in self.tasks(queries, found):
            task()
        return found

    def tasks(self, queries: Vectors, found: Bounds) -> Iterator[Task]:
        """The work of `of` in pieces that write into `found`, to be done in any order."""
        # a product with one vector would be shared out among threads, so one query is asked twice
        asked = _shortened(np.resize(queries, (max(2, len(queries)), self._dim)) @ self._turn)
        asked[:, -1] = rounding(self._dim)
        by_column = np.ascontiguousarray(asked.T)
        for start in range(0, len(self._rows), _ROWS):
            rows = slice(start, start + _ROWS)
            yield partial(_multiply, self._rows[rows], by_column, found[:, rows])


def rounding(dim: int) -> float:
    """More than two inner products of vectors of length ≤ 1 differ by rounding, however summed."""
    return 8 * (dim + 1) * 2.0**-24


def _directions(vectors: Vectors) -> Vectors:
    """An orthogonal matrix `(dim, dim)`, the directions that carry most first."""
    step = max(1, len(vectors) // _SAMPLE)
    sample = vectors[::step].astype(np.float64)
    _, found = np.linalg.eigh(sample.T @ sample)
    return np.ascontiguousarray(found[:, ::-1], np.float32)


def _width(dim: int) -> int:
    return max(dim // 2, _PIECES + 2)


def _shortened(turned: Vectors) -> Vectors:
    """The first numbers of each row, the lengths of the pieces of its rest, and a one."""
    width = _width(turned.shape[1])
    kept = width - _PIECES - 1
    found = np.ones((len(turned), width), np.float32)
    found[:, :kept] = turned[:, :kept]
    rest = turned[:, kept:]
    starts = [rest.shape[1] * piece // _PIECES for piece in range(_PIECES)]
    np.sqrt(np.add.reduceat(rest * rest, starts, axis=1), out=found[:, kept:-1])
    return found


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
    found[:] = product.T[: len(found)]
