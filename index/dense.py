"""Exact scores by inner product of the vectors of unique texts (FAISS, flat)."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Vectors
from index.bounds import InnerBounds

Scores = NDArray[np.float32]
Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]

# Scores closer than this are a tie, decided by id: their last bits depend on how many queries
# were asked at once.
DECIMALS = 6


# Scores of fewer vectors are soon worked out.
_FEW = 4_096

# Those that may be so much less near than the nearest one tell how near that is at least.
_NEARLY = np.float32(0.05)

# Bounds that tell which vectors may be the nearest one need less than those that count many.
_SHARE = 1 / 4


@cache
def _faiss() -> Any:  # noqa: ANN401 - FAISS has no types
    import faiss

    return faiss


class DenseIndex:
    """Vectors numbered from 0; every score is exact.

    Vectors are `(n, dim)` float32, rows L2-normalised or zero, so that the inner product is the
    cosine.
    """

    def __init__(self, flat: Any) -> None:  # noqa: ANN401 - FAISS has no types
        self._flat = flat
        self._all = np.arange(len(self))
        self._asked = False
        self._bounds: dict[float, InnerBounds] = {}

    @classmethod
    def from_vectors(cls, vectors: Vectors) -> "DenseIndex":
        """Index the rows; row number = id."""
        flat = _faiss().IndexFlatIP(vectors.shape[1])
        flat.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(flat)

    @classmethod
    def load(cls, data: bytes | memoryview) -> "DenseIndex":
        """Read what `dump` wrote.

        :raises ValueError: the bytes are no flat index.
        """
        try:
            flat = _faiss().deserialize_index(np.frombuffer(data, dtype=np.uint8))
        except RuntimeError as error:
            raise ValueError(str(error)) from None
        if not isinstance(flat, _faiss().IndexFlat):
            raise ValueError(f"a {type(flat).__name__} instead of a flat index")
        return cls(flat)

    def dump(self) -> memoryview:
        """The index in FAISS's own file format."""
        return memoryview(_faiss().serialize_index(self._flat))

    def __len__(self) -> int:
        return int(self._flat.ntotal)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._flat.d)

    def vectors(self) -> Vectors:
        """A copy of all vectors, `(n, dim)`; FAISS frees its own with the index."""
        return self._own().copy()

    def _own(self) -> Vectors:
        """The memory of FAISS itself."""
        size = len(self) * self.dim
        if not size:
            return np.zeros((0, self.dim), np.float32)
        own: Vectors = _faiss().rev_swig_ptr(self._flat.get_xb(), size)
        return own.reshape(-1, self.dim)

    def bounds(self, share: float) -> InnerBounds:
        """What scores can be at most; made when it is first asked for, in about 1 ms a thousand."""
        if share not in self._bounds:
            self._bounds[share] = InnerBounds(self._own(), share)
        return self._bounds[share]

    def scores(self, query: Vectors, ids: Ids | None = None) -> Scores:
        """Inner products of one query `(dim,)` with the vectors of `ids` (None: all), in order.

        The score of a vector does not depend on its place or on what else is asked for.
        """
        ids = self._all if ids is None else np.ascontiguousarray(ids, dtype=np.int64)
        out = np.empty(len(ids), np.float32)
        query = np.ascontiguousarray(query, dtype=np.float32)
        address = _faiss().swig_ptr
        # one query is one piece of work to FAISS: a second thread would only wait for it, spinning
        _faiss().omp_set_num_threads(1)
        if len(ids):
            self._flat.compute_distance_subset(
                1, address(query), len(ids), address(out), address(ids)
            )
        return out

    def nearest(self, query: Vectors) -> tuple[int, float]:
        """The vector nearest to a query `(dim,)` of length ≤ 1, the first of equals; its score.

        Bounds take time to make, so a first query goes without.
        """
        near = self._nearest_by_bounds(query) if self._asked and len(self) > _FEW else self._all
        self._asked = True
        scores = np.round(self.scores(query, near), DECIMALS)
        best = int(scores.argmax())
        return int(near[best]), float(scores[best])

    def _nearest_by_bounds(self, query: Vectors) -> Ids:
        """The vectors that may be the nearest one, ascending."""
        found = self.bounds(_SHARE).of(query[None])
        for task in found.tasks:
            task()
        bounds = found.row(0)
        some = np.flatnonzero(bounds >= bounds.max() - _NEARLY)
        least = self.scores(query, some).max()
        return np.flatnonzero(bounds >= least - np.float32(2 * 10.0**-DECIMALS))  # as rounded
