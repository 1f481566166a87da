"""Exact search by inner product over the vectors of unique texts (FAISS, flat)."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Vectors

Scores = NDArray[np.float32]
Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]

# Scores closer than this are a tie, decided by id: their last bits depend on how many queries
# were asked at once.
DECIMALS = 6

# From this many queries on, one matrix product over all beats a scan per query (measured with
# 5,000 and 150,000 vectors of 128 to 256 numbers); FAISS itself would wait for 128,000 queries.
_MATRIX_FROM = 4

# Below this many numbers to multiply a second thread costs more than it saves.
_PARALLEL_FROM = 2_000_000
_THREADS = min(4, os.cpu_count() or 1)


@cache
def _faiss() -> Any:  # noqa: ANN401 - FAISS has no types
    import faiss

    faiss.cvar.distance_compute_blas_threshold = _MATRIX_FROM
    return faiss


def _take_threads(count: int) -> None:
    """How many threads the next FAISS call of this thread may use.

    One query is one piece of work to FAISS: a second thread would only wait for it, spinning.
    """
    _faiss().omp_set_num_threads(count)


@cache
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="dense")


class DenseIndex:
    """Vectors numbered from 0; every answer is exact and in a fixed order.

    Vectors are `(n, dim)` float32, rows L2-normalised or zero, so that the inner product is the
    cosine. A filter is a `(n,)` mask of the ids allowed; it acts inside the search.
    """

    def __init__(self, flat: Any) -> None:  # noqa: ANN401 - FAISS has no types
        self._flat = flat
        self._all = np.arange(len(self))

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
        size = len(self) * self.dim
        if not size:
            return np.zeros((0, self.dim), np.float32)
        own: Vectors = _faiss().rev_swig_ptr(self._flat.get_xb(), size)
        return own.reshape(-1, self.dim).copy()

    def search(self, queries: Vectors, k: int, allowed: Mask | None = None) -> tuple[Scores, Ids]:
        """The k best ids of each query, best first, ties by id.

        Gives two arrays `(len(queries), min(k, ids allowed))`: scores rounded to `DECIMALS`, ids.
        """
        queries = np.ascontiguousarray(queries, dtype=np.float32)
        room = len(self) if allowed is None else int(np.count_nonzero(allowed))
        k = min(k, room)
        if k < 1 or not len(queries):
            return np.zeros((len(queries), 0), np.float32), np.zeros((len(queries), 0), np.int64)
        asked = min(k + 1, room)  # one more, to see a tie at the edge
        _take_threads(_THREADS)
        found, ids = self._flat.search(queries, asked, params=_selector(allowed))
        found = np.round(found, DECIMALS)
        edge = found[:, k - 1] == found[:, asked - 1] if asked > k else np.zeros(len(queries), bool)
        order = np.lexsort((ids, -found), axis=1)[:, :k]
        scores, best = np.take_along_axis(found, order, 1), np.take_along_axis(ids, order, 1)
        for row in np.flatnonzero(edge):
            scores[row], best[row] = self._with_ties(queries[row], k, allowed)
        return scores, best

    def _with_ties(self, query: Vectors, k: int, allowed: Mask | None) -> tuple[Scores, Ids]:
        ids = self._all if allowed is None else np.flatnonzero(allowed)
        scores = np.round(self.scores(query, ids), DECIMALS)
        order = np.lexsort((ids, -scores))[:k]
        return scores[order], ids[order]

    def scores(self, query: Vectors, ids: Ids | None = None) -> Scores:
        """Inner products of one query `(dim,)` with the vectors of `ids` (None: all), in order."""
        ids = self._all if ids is None else np.ascontiguousarray(ids, dtype=np.int64)
        out = np.empty(len(ids), np.float32)
        query = np.ascontiguousarray(query, dtype=np.float32)
        if len(ids) * self.dim < _PARALLEL_FROM:
            self._fill(query, ids, out)
            return out
        cuts = np.linspace(0, len(ids), _THREADS + 1, dtype=int)
        parts = [slice(start, end) for start, end in pairwise(cuts.tolist())]
        list(_workers().map(lambda part: self._fill(query, ids[part], out[part]), parts))
        return out

    def _fill(self, query: Vectors, ids: Ids, out: Scores) -> None:
        if len(ids):
            _take_threads(1)
            address = _faiss().swig_ptr
            self._flat.compute_distance_subset(
                1, address(query), len(ids), address(out), address(ids)
            )


def _selector(allowed: Mask | None) -> Any:  # noqa: ANN401 - FAISS has no types
    if allowed is None:
        return None
    faiss = _faiss()
    bits = np.packbits(allowed, bitorder="little")
    return faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))
