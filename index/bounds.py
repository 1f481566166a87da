"""How great an inner product can be at most, told from half of the numbers of a vector.

Vectors are turned so that their first directions carry most of them (principal components, which
keep every inner product). The first half is multiplied; of the rest only lengths are kept, and
the inner product of two vectors is never greater than the product of their lengths
(Cauchy-Schwarz). So a record whose bound is too low need not be looked at: pruning that is exact.
"""

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Vectors

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
        self._turn = _directions(vectors)
        self._rows = np.empty((len(vectors), _width(vectors.shape[1])), np.float32)
        for start in range(0, len(vectors), _ROWS):
            rows = slice(start, start + _ROWS)
            self._rows[rows] = _shortened(vectors[rows] @ self._turn)

    def of(self, queries: Vectors) -> Bounds:
        """For each vector and each query `(m, dim)` of length ≤ 1 the bound, `(n, m)`."""
        asked = _shortened(queries @ self._turn)
        asked[:, -1] = rounding(queries.shape[1])
        # a product with one column would be shared out among threads, so one query is asked twice
        by_column = np.ascontiguousarray(np.resize(asked, (max(2, len(asked)), asked.shape[1])).T)
        return _product(self._rows, by_column)[:, : len(queries)]


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
    kept = _width(turned.shape[1]) - _PIECES - 1
    found = np.ones((len(turned), kept + _PIECES + 1), np.float32)
    found[:, :kept] = turned[:, :kept]
    pieces = np.array_split(turned[:, kept:], _PIECES, axis=1)
    for place, piece in enumerate(pieces, start=kept):
        np.sqrt(np.einsum("ij,ij->i", piece, piece), out=found[:, place])
    return found


def _product(rows: Vectors, by_column: Vectors) -> Vectors:
    """The matrix product, by blocks that one core keeps in its cache."""
    width, count = by_column.shape
    found = np.empty((len(rows), count), np.float32)
    block = max(1, _AT_ONCE // (width * count))
    whole = len(rows) // block * block
    np.matmul(
        rows[:whole].reshape(-1, block, width),
        by_column,
        out=found[:whole].reshape(-1, block, count),
    )
    np.matmul(rows[whole:], by_column, out=found[whole:])
    return found
