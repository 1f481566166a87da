"""How sure a mean over a few queries is: the paired bootstrap.

The queries are drawn anew with replacement, the same draws for every system, so that what is
hard for all cancels out of a difference (Sakai, SIGIR 2006: evaluating evaluation metrics based
on the bootstrap; percentile intervals).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 10_000
SEED = 20_261_121
COVERED = 0.95

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with the bounds between which 95 % of its resampled values lie."""

    mean: float
    low: float
    high: float


def estimates(values: Values, resamples: int = RESAMPLES) -> list[Estimate]:
    """One estimate for each column of `values`, `(queries, columns)`; zeros without a query.

    A column may be a measure of a system or the difference of two systems, query by query.
    """
    queries, columns = values.shape
    if not queries:
        return [Estimate(0.0, 0.0, 0.0)] * columns
    draw = np.random.default_rng(SEED)
    times = draw.multinomial(queries, np.full(queries, 1 / queries), size=resamples)
    means = times @ values / queries  # how often each query was drawn, times what it gave
    tail = (1 - COVERED) / 2
    low, high = np.quantile(means, (tail, 1 - tail), axis=0)
    return [
        Estimate(*map(float, found)) for found in zip(values.mean(axis=0), low, high, strict=True)
    ]
