"""Measures of a ranking against graded relevance.

Grades: 3 the same meaning, 2 close sibling, 1 loosely related, 0 nothing. A ranking is given as
the grades of its items, best first, each item once.
"""

from collections.abc import Sequence
from math import log2

RELEVANT = 2
"""The lowest grade that answers a query."""


def gain(grade: int) -> int:
    """Worth of one item: `2^grade - 1`."""
    return int(2**grade - 1)


def dcg(grades: Sequence[int], k: int = 10) -> float:
    """Discounted cumulative gain of the first `k`: the item at rank `r` counts `1/log2(r+1)`."""
    return sum(gain(grade) / log2(rank + 1) for rank, grade in enumerate(grades[:k], 1))


def ndcg(grades: Sequence[int], k: int = 10) -> float:
    """DCG of the first `k` as a share of the best order of all items; 0 where none has a grade.

    `grades` must hold every item, also those ranked last, for the best order to be known.
    """
    best = dcg(sorted(grades, reverse=True), k)
    return dcg(grades, k) / best if best else 0.0


def recall(grades: Sequence[int], k: int = 20, lowest: int = RELEVANT) -> float | None:
    """Share of the items graded `lowest` or more that stand in the first `k`; None without any."""
    total = sum(grade >= lowest for grade in grades)
    return sum(grade >= lowest for grade in grades[:k]) / total if total else None


def reciprocal_rank(grades: Sequence[int], lowest: int = RELEVANT) -> float | None:
    """One over the rank of the first item graded `lowest` or more; None without any."""
    for rank, grade in enumerate(grades, 1):
        if grade >= lowest:
            return 1 / rank
    return None


def mean(values: Sequence[float | None]) -> float:
    """Mean of the values that are there; 0 without any."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else 0.0
