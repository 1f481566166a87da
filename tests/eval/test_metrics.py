from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import dcg, gain, mean, ndcg, recall, reciprocal_rank


def test_gain() -> None:
    assert [gain(grade) for grade in (0, 1, 2, 3)] == [0, 1, 3, 7]


def test_dcg_by_hand() -> None:
    # ranks 1, 2, 3 divide by log2(2) = 1, log2(3), log2(4) = 2
    assert dcg([3, 2, 1]) == pytest.approx(7 + 3 / log2(3) + 1 / 2)
    assert dcg([0, 0, 3], k=2) == 0


def test_ndcg_by_hand() -> None:
    assert ndcg([3, 2, 0]) == 1
    assert ndcg([0, 3]) == pytest.approx(1 / log2(3))
    assert ndcg([2, 3]) == pytest.approx((3 + 7 / log2(3)) / (7 + 3 / log2(3)))
    assert ndcg([0] * 10 + [3]) == 0
    assert ndcg([0, 0]) == 0
    assert ndcg([]) == 0


def test_recall_by_hand() -> None:
    assert recall([2, 0, 3, 1], k=2) == 0.5
    assert recall([1, 3], k=1) == 0
    assert recall([1, 1]) is None
    assert recall([3] * 40, k=20) == 0.5


def test_reciprocal_rank_by_hand() -> None:
    assert reciprocal_rank([0, 1, 2]) == pytest.approx(1 / 3)
    assert reciprocal_rank([3]) == 1
    assert reciprocal_rank([1, 1, 0]) is None


def test_mean_leaves_missing_out() -> None:
    assert mean([1.0, None, 0.0]) == 0.5
    assert mean([None]) == 0
    assert mean([]) == 0


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_no_order_beats_the_best(grades: list[int]) -> None:
    assert 0 <= ndcg(grades) <= 1
    if any(grades):
        assert ndcg(sorted(grades, reverse=True)) == pytest.approx(1)
