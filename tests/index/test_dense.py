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


def brute_force(
    stored: Array, query: Array, k: int, allowed: NDArray[np.bool_] | None
) -> tuple[list[float], list[int]]:
    scores = np.round(stored @ query, DECIMALS)
    ids = [n for n in range(len(stored)) if allowed is None or allowed[n]]
    best = sorted(ids, key=lambda n: (-scores[n], n))[:k]
    return [float(scores[n]) for n in best], best


@pytest.mark.parametrize("count", [1, 50, 3000])
@pytest.mark.parametrize("share", [None, 0.0, 0.01, 0.3, 1.0])
@pytest.mark.parametrize("queries", [1, 3, 4, 9], ids="{}q".format)
def test_search_equals_brute_force(count: int, share: float | None, queries: int) -> None:
    stored, asked = vectors(count), vectors(queries, seed=1)
    allowed = None if share is None else np.random.default_rng(2).random(count) < share
    scores, ids = DenseIndex.from_vectors(stored).search(asked, 10, allowed)
    room = count if allowed is None else int(allowed.sum())
    assert ids.shape == scores.shape == (queries, min(10, room))
    for row, query in enumerate(asked):
        wanted_scores, wanted_ids = brute_force(stored, query, 10, allowed)
        assert ids[row].tolist() == wanted_ids
        assert scores[row] == pytest.approx(wanted_scores, abs=2e-6)


@pytest.mark.parametrize("queries", [1, 6])
def test_equal_vectors_come_in_the_order_of_their_ids(queries: int) -> None:
    stored = vectors(40)[np.random.default_rng(3).integers(0, 5, 400)]
    asked = np.repeat(stored[:1], queries, axis=0)
    allowed = np.arange(400) % 3 > 0
    _, ids = DenseIndex.from_vectors(stored).search(asked, 12, allowed)
    for row in ids:
        assert row.tolist() == brute_force(stored, asked[0], 12, allowed)[1]


def test_a_zero_query_ties_with_all() -> None:
    _, ids = DenseIndex.from_vectors(vectors(20)).search(np.zeros((1, 16), np.float32), 5)
    assert ids.tolist() == [[0, 1, 2, 3, 4]]


@pytest.mark.parametrize("count", [0, 7, 20_000], ids="{}v".format)
def test_scores_of_all_and_of_some(count: int) -> None:
    stored, query = vectors(count, dim=128), vectors(1, dim=128, seed=1)[0]
    index = DenseIndex.from_vectors(stored)
    some = np.arange(count)[::-3]
    assert index.scores(query) == pytest.approx(stored @ query, abs=1e-6)
    assert index.scores(query, some) == pytest.approx((stored @ query)[some], abs=1e-6)


def test_dump_and_load_keep_everything() -> None:
    stored = vectors(30)
    again = DenseIndex.load(DenseIndex.from_vectors(stored).dump())
    assert (len(again), again.dim) == (30, 16)
    assert np.array_equal(again.vectors(), stored)


def test_an_index_without_vectors() -> None:
    index = DenseIndex.load(DenseIndex.from_vectors(np.zeros((0, 16), np.float32)).dump())
    scores, ids = index.search(vectors(2), 5)
    assert ids.shape == scores.shape == (2, 0)
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
