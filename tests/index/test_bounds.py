"""Bounds are never below the product that they bound, and close enough to be of use."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.bounds import InnerBounds

Array = NDArray[np.float32]


def vectors(count: int, dim: int, rank: int, seed: int) -> Array:
    """Draw vectors of length one that lie near a space of `rank` dimensions."""
    draw = np.random.default_rng(seed)
    found = draw.standard_normal((count, rank)) @ draw.standard_normal((rank, dim))
    found += 0.1 * draw.standard_normal((count, dim))
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


def bounds(stored: Array, asked: Array, share: float = 1 / 2) -> Array:
    """What the products `(m, n)` are at most."""
    found = InnerBounds(stored, share).of(asked)
    for task in found.tasks:
        task()
    return np.stack([found.row(number) for number in range(len(asked))])


@settings(deadline=None, max_examples=40)
@given(
    count=st.integers(1, 700),
    dim=st.integers(4, 140),
    rank=st.integers(1, 140),
    queries=st.integers(1, 5),
    seed=st.integers(0, 2**32),
    share=st.sampled_from([1 / 4, 1 / 2]),
)
def test_no_product_is_above_its_bound(
    count: int, dim: int, rank: int, queries: int, seed: int, share: float
) -> None:
    stored, asked = vectors(count, dim, rank, seed), vectors(queries, dim, rank, seed + 1)
    asked[0] = stored[0]  # the greatest product there is
    exact = asked.astype(np.float64) @ stored.T.astype(np.float64)
    found = bounds(stored, asked, share)
    assert found.shape == (queries, count)
    assert (found >= exact).all()


@pytest.mark.parametrize("scale", [0.0, 0.3])
def test_shorter_vectors_are_bounded_too(scale: float) -> None:
    stored, asked = vectors(300, 64, 8, 1) * np.float32(scale), vectors(3, 64, 8, 2)
    assert (bounds(stored, asked) >= asked @ stored.T).all()


def test_bounds_are_close_where_few_directions_carry_most() -> None:
    stored, asked = vectors(20_000, 128, 20, 3), vectors(20, 128, 20, 4)
    beyond = bounds(stored, asked) - asked @ stored.T
    assert 0 <= beyond.min()
    assert beyond.mean() < 0.05
