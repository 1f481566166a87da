"""How great an inner product can be at most, told from some of the numbers of a vector.

Vectors are turned so that their first directions carry most of them (principal components, which
keep every inner product). The first ones are multiplied; of the rest only lengths are kept, and
the inner product of two vectors is never greater than the product of their lengths
(Cauchy-Schwarz). So a record whose bound is too low need not be looked at: pruning that is exact.
"""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Vectors
from index.together import Task

Numbers = NDArray[np.float32]

# The rest of a vector is cut into so many pieces, each with a length: a closer bound than one.
_PIECES = 3

# The directions are those of so many vectors, spread over all.
_SAMPLE = 4_096

# Vectors that stand together, each number of all beside one another: so many that OpenBLAS takes
# them as they lie (it would copy more) and shares nothing out among threads that wait spinning.
_BLOCK = 64

# Blocks of one task, which is one call of BLAS: a thread between two calls may have to wait.
_BLOCKS = 512

# Blocks that are made in one go.
_MADE = 128


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
        for number in range(0, count, _MADE):
            rows = vectors[number * _BLOCK : (number + _MADE) * _BLOCK] @ self._turn
            whole = np.zeros((-(-len(rows) // _BLOCK) * _BLOCK, self._width), np.float32)
            whole[: len(rows)] = _shortened(rows, self._width)
            by_block = whole.reshape(-1, _BLOCK, self._width)
            self._blocks[number : number + _MADE] = by_block.transpose(0, 2, 1)

    def of(self, queries: Vectors) -> "Bounds":
        """Bounds for each query `(m, dim)` of length ≤ 1 and each vector, not worked out yet."""
        # a product with one vector would be shared out among threads, so one query is turned twice
        turned = np.resize(queries, (max(2, len(queries)), self._dim)) @ self._turn
        asked = _shortened(turned[: len(queries)], self._width)
        asked[:, -1] = rounding(self._dim)
        return Bounds(asked, self._blocks, self._size)


class Bounds:
    """Upper bounds of inner products, known once all `tasks` are done, in any order."""

    def __init__(self, asked: Vectors, blocks: Vectors, size: int) -> None:
        self._size = size
        self._found = np.empty((len(blocks), len(asked), _BLOCK), np.float32)
        self.tasks: list[Task] = [
            partial(np.matmul, asked, blocks[n : n + _BLOCKS], out=self._found[n : n + _BLOCKS])
            for n in range(0, len(blocks), _BLOCKS)
        ]

    def row(self, number: int) -> Numbers:
        """The bounds of all vectors for one of the queries, `(n,)`."""
        return self._found[:, number].reshape(-1)[: self._size]


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
