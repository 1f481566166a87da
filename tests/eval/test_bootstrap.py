"""Intervals against drawing by hand, and against what is known of them."""

from statistics import quantiles

import numpy as np
import pytest

from eval.bootstrap import Estimate, estimates


def by_hand(values: list[float], resamples: int) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile of means of values drawn one by one."""
    draw = np.random.default_rng(5)
    means = [
        sum(values[draw.integers(len(values))] for _ in values) / len(values)
        for _ in range(resamples)
    ]
    cuts = quantiles(means, n=40)
    return cuts[0], cuts[-1]


def test_as_drawn_by_hand() -> None:
    values = [0.0, 0.1, 0.3, 0.35, 0.5, 0.9, 1.0, 1.0]
    (found,) = estimates(np.array([values]).T)
    low, high = by_hand(values, 4000)
    assert found.mean == pytest.approx(np.mean(values))
    assert found.low == pytest.approx(low, abs=0.02)
    assert found.high == pytest.approx(high, abs=0.02)


def test_all_columns_are_drawn_alike() -> None:
    first = np.array([0.0, 1.0, 0.2, 0.9, 0.1, 0.8])
    second = first - 0.05  # worse on every query by as much
    found = estimates(np.column_stack([first, second, first - second]))
    assert found[0].high - found[0].low > 0.3
    assert (found[2].low, found[2].high) == pytest.approx((0.05, 0.05))


def test_the_same_values_give_the_same_interval() -> None:
    values = np.random.default_rng(1).random((15, 3))
    assert estimates(values) == estimates(values.copy())


@pytest.mark.parametrize("value", [0.0, 0.4, 1.0])
def test_equal_values_leave_nothing_open(value: float) -> None:
    for queries in (1, 7):
        (found,) = estimates(np.full((queries, 1), value))
        assert (found.mean, found.low, found.high) == pytest.approx((value, value, value))


def test_without_queries_there_is_nothing() -> None:
    assert estimates(np.zeros((0, 2))) == [Estimate(0, 0, 0)] * 2


def test_the_interval_covers_as_often_as_it_says() -> None:
    """Of 60 samples from a known source the interval holds its mean about 95 times of 100."""
    draw = np.random.default_rng(3)
    found = [estimates(draw.random((60, 1)), resamples=400)[0] for _ in range(300)]
    held = sum(one.low <= 0.5 <= one.high for one in found)
    assert 0.9 <= held / 300 <= 0.99
