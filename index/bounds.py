"""How great an inner product can be at most, told from some of the numbers of a vector.

Vectors are turned so that their first directions carry most of them (principal components, which
keep every inner product). The first ones are multiplied; of the rest only lengths are kept, and
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

# Vectors that stand together, each number of all beside one another: so many that OpenBLAS takes
# them as they lie (it would copy more) and shares nothing out among threads that wait spinning.
_BLOCK = 64

# Blocks of one task.
_BLOCKS = 128


class InnerBounds:
    """Upper bounds of the inner products of queries with `vectors`, `(n, dim)` of length ≤ 1.

    `share` of a vector's numbers are multiplied: more is read longer (it is memory that takes the
    time), less tells less.
    """

    def __init__(self, vectors: Vectors, share: float = 1 / 2) -> None:
        self._dim = vectors.shape[1]
        self._width = max(int(share * self._dim), _PIECES + 2)
        self._turn = _directions(vectors)
        self._size = len(vectors)
        count = -(-self._size // _BLOCK)
        self._blocks = np.zeros((count, self._width, _BLOCK), np.float32)
        for number in range(0, count, _BLOCKS):
            rows = vectors[number * _BLOCK : (number + _BLOCKS) * _BLOCK] @ self._turn
            whole = np.zeros((-(-len(rows) // _BLOCK) * _BLOCK, self._width), np.float32)
            whole[: len(rows)] = _shortened(rows, self._width)
            by_block = whole.reshape(-1, _BLOCK, self._width)
            self._blocks[number : number + _BLOCKS] = by_block.transpose(0, 2, 1)

    def of(self, queries: Vectors) -> Bounds:
        """For each query `(m, dim)` of length ≤ 1 and each vector the bound, `(m, n)`."""
        found = np.empty((len(queries), self._size), np.float32)
        for task in self.tasks(queries, found):
            task()
        return found

    def tasks(self, queries: Vectors, found: Bounds) -> Iterator[Task]:
        """The work of `of` in pieces that write into `found`, to be done in any order."""
        # a product with one vector would be shared out among threads, so one query is asked twice
        turned = np.resize(queries, (max(2, len(queries)), self._dim)) @ self._turn
        asked = _shortened(turned, self._width)
        asked[:, -1] = rounding(self._dim)
        for number in range(0, len(self._blocks), _BLOCKS):
            here = found[:, number * _BLOCK : (number + _BLOCKS) * _BLOCK]
            yield partial(_multiply, asked, self._blocks[number : number + _BLOCKS], here)


def rounding(dim: int) -> float:
    """More than two inner products of vectors of length ≤ 1 differ by rounding, however summed."""
    return 8 * (dim + 1) * 2.0**-24


def _directions(vectors: Vectors) -> Vectors:
    """An orthogonal matrix `(dim, dim)`, the directions that carry most first."""
    step = max(1, len(vectors) // _SAMPLE)
    sample = vectors[::step].astype(np.float64)
    _, found = np.linalg.eigh(sample.T @ sample)
    return np.ascontiguousarray(found[:, ::-1], np.float32)


def _shortened(turned: Vectors, width: int) -> Vectors:
    """The first numbers of each row, the lengths of the pieces of its rest, and a one."""
    kept = width - _PIECES - 1
    found = np.ones((len(turned), width), np.float32)
    found[:, :kept] = turned[:, :kept]
    rest = turned[:, kept:]
    starts = [rest.shape[1] * piece // _PIECES for piece in range(_PIECES)]
    np.sqrt(np.add.reduceat(rest * rest, starts, axis=1), out=found[:, kept:-1])
    return found


def _multiply(asked: Vectors, blocks: Vectors, found: Bounds) -> None:
    """The products `(m, n)` of queries with the vectors of blocks; the last may have room left."""
    by_query = np.matmul(asked, blocks)[:, : len(found)].transpose(1, 0, 2)
    whole = found.shape[1] // _BLOCK
    found[:, : whole * _BLOCK].reshape(len(found), whole, _BLOCK)[:] = by_query[:, :whole]
    if whole < len(blocks):
        found[:, whole * _BLOCK :] = by_query[:, whole, : found.shape[1] - whole * _BLOCK]
