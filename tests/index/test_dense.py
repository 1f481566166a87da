"""Dense search equals a plain NumPy search, with and without filters, ties by id."""

import numpy as np
import pytest
from numpy.typing import NDArray

from index.dense import DECIMALS, DenseIndex

Array = NDArray[np.float32]


def vectors(count: int, dim: int = 16, seed: int = 0) -> Array:
    found = np.random.default_rng(seed).standard_normal((count, dim)).astype(np.float32)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found


@pytest.mark.parametrize("count", [0, 7, 20_000], ids="{}v".format)
def test_scores_of_all_and_of_some(count: int) -> None:
    stored, query = vectors(count, dim=128), vectors(1, dim=128, seed=1)[0]
    index = DenseIndex.from_vectors(stored)
    some = np.arange(count)[::-3]
    assert index.scores(query) == pytest.approx(stored @ query, abs=1e-6)
    assert index.scores(query, some) == pytest.approx((stored @ query)[some], abs=1e-6)


@pytest.mark.parametrize("count", [7, 9_000], ids="{}v".format)
def test_the_nearest_is_the_first_of_the_best_also_when_asked_again(count: int) -> None:
    stored = vectors(count, dim=128)
    stored[count // 2 :: 3] = stored[1]  # many that are equal
    index = DenseIndex.from_vectors(stored)
    near = stored[:6] + vectors(6, dim=128, seed=2) / 2
    near /= np.linalg.norm(near, axis=1, keepdims=True)
    for query in (*near, *vectors(6, dim=128, seed=1), stored[1]):
        scores = np.round(index.scores(query), DECIMALS)
        best = int(scores.argmax())
        assert index.nearest(query) == (best, float(scores[best]))


def test_dump_and_load_keep_everything() -> None:
    stored = vectors(30)
    again = DenseIndex.load(DenseIndex.from_vectors(stored).dump())
    assert (len(again), again.dim) == (30, 16)
    assert np.array_equal(again.vectors(), stored)


def test_an_index_without_vectors() -> None:
    index = DenseIndex.load(DenseIndex.from_vectors(np.zeros((0, 16), np.float32)).dump())
    assert index.scores(vectors(1)[0]).shape == (0,)
    assert index.vectors().shape == (0, 16)


@pytest.mark.parametrize(
    "data", [b"", b"no index", DenseIndex.from_vectors(vectors(3)).dump()[:40]]
)
def test_other_bytes_are_refused(data: bytes | memoryview) -> None:
    with pytest.raises(ValueError, match=r"."):
        DenseIndex.load(data)


def test_vectors_outlive_their_index() -> None:
    kept = [DenseIndex.from_vectors(vectors(500, seed=seed)).vectors() for seed in range(5)]
    assert all(np.array_equal(found, vectors(500, seed=seed)) for seed, found in enumerate(kept))
