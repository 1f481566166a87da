"""The statistics against brute force."""

import math
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Level2
from knowledge.concepts import MeasureClass
from peers.records import Peer
from peers.summary import (
    agreement,
    centre,
    distribution,
    in_scale,
    near,
    per_budget,
    shown_measure,
    winning_scale,
)
from tests.peers.making import peer

SHARE, COUNT, DATE = MeasureClass.SHARE, MeasureClass.COUNT, MeasureClass.DATE
numbers = st.lists(st.integers(1, 3000), min_size=1, max_size=12)
weights = st.floats(0.1, 1.0)


def quantile(ordered: Sequence[float], share: float) -> float:
    """Linear between the two nearest ranks."""
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


@given(numbers)
def test_a_distribution_is_that_of_its_rows(values: list[int]) -> None:
    votes = [peer(f"≥{value}人", f"{n}局") for n, value in enumerate(values)]
    found = distribution(votes, "人", 0.5)
    assert found is not None
    ordered = sorted(float(value) for value in values)
    assert (found.n, found.units) == (len(values), len(values))
    assert (found.min, found.max) == (ordered[0], ordered[-1])
    for told, share in ((found.q1, 0.25), (found.median, 0.5), (found.q3, 0.75)):
        assert told == pytest.approx(quantile(ordered, share))
    counts = Counter(f"≥{value}人" for value in values)
    assert [(one.text, one.n) for one in found.common] == sorted(
        counts.items(), key=lambda item: (-item[1], item[0])
    )[:5]


def merit(
    at: int, values: Sequence[float], own: Sequence[float], kind: MeasureClass, equal: float
) -> float:
    """Weight near a value, equal ones counted once more by `equal`."""
    return sum(
        weight * (near(kind, value, values[at]) + equal * (value == values[at]))
        for value, weight in zip(values, own, strict=True)
    )


@given(st.lists(st.tuples(st.integers(1, 100), weights), min_size=1, max_size=10))
def test_the_centre_has_most_weight_near_it(pairs: list[tuple[int, float]]) -> None:
    values, own = [float(v) for v, _ in pairs], [w for _, w in pairs]
    for kind, equal in ((SHARE, 1.0), (DATE, 1.0), (COUNT, 0.3)):
        chosen = centre(values, own, kind)
        best = max(merit(n, values, own, kind, equal) for n in range(len(values)))
        assert merit(chosen, values, own, kind, equal) == pytest.approx(best, abs=1e-6)


@given(st.lists(st.integers(1, 40), min_size=2, max_size=7, unique=True))
def test_agreement_leaves_each_vote_out_in_turn(whole: list[int]) -> None:
    # powers of three: no value is near another, but for those made so below
    values = [float(3**n) for n in whole] + [float(3 ** whole[0]) * 1.5]
    own = [1.0 + n / 100 for n in range(len(values))]
    hits = 0.0
    for out in range(len(values)):
        rest = [value for n, value in enumerate(values) if n != out]
        rest_own = [weight for n, weight in enumerate(own) if n != out]
        best = max(range(len(rest)), key=lambda n: merit(n, rest, rest_own, COUNT, 0.3))
        hits += own[out] * near(COUNT, values[out], rest[best])
    told = agreement(values, own, COUNT)
    assert told == pytest.approx(hits / sum(own), abs=0.5 / len(values))


def test_one_vote_agrees_with_nobody_and_equal_ones_fully() -> None:
    assert agreement([5.0], [1.0], COUNT) == 0.0
    assert agreement([95.0, 95.0, 95.0], [1.0, 0.5, 1.0], SHARE) == 1.0
    assert agreement([1.0, 1000.0], [1.0, 1.0], COUNT) == 0.0


@given(st.floats(0.1, 1e6), st.floats(0.1, 1e6))
def test_near_is_the_same_both_ways(one: float, other: float) -> None:
    for kind in MeasureClass:
        assert near(kind, one, other) is near(kind, other, one)
    assert near(COUNT, one, other) is (max(one, other) <= 2 * min(one, other) * (1 + 1e-9))


def test_a_rate_is_near_within_points_and_a_month_within_one() -> None:
    assert near(SHARE, 95, 90)
    assert not near(SHARE, 95, 89.9)
    assert near(DATE, 11, 12)
    assert not near(DATE, 10, 12)
    assert near(COUNT, 0, 0)
    assert not near(COUNT, 0, 1)


def test_deadlines_are_not_averaged() -> None:
    votes = [
        peer(raw, f"{n}局", name="完成时间", level2=Level2.TIMELINESS)
        for n, raw in enumerate(("6月底前", "12月底前", "12月31日前"))
    ]
    found = distribution(votes, "月", 1.0)
    assert found is not None
    assert (found.min, found.max) == (6, 12)
    assert found.q1 is found.median is found.q3 is None


def test_the_scale_with_most_weight_wins_and_bare_counts_join_it() -> None:
    votes = [
        peer("≥10期", "1局", name="刊发数量"),
        peer("≥12期", "2局", name="刊发数量"),
        peer("≥11", "3局", name="刊发数量"),
        peer("≥900条", "4局", name="刊发数量"),
    ]
    found = winning_scale(votes)
    assert found is not None
    assert found[:2] == (COUNT, "期")
    assert found[2] == pytest.approx(0.75)
    assert [p.unit for p in in_scale(votes, COUNT, "期")] == ["1局", "2局", "3局"]
    assert winning_scale([]) is None


def test_measures_of_one_scale_are_compared_and_the_usual_one_is_shown() -> None:
    votes = [
        peer("≥1公里", "1局", name="管网长度"),
        peer("≥3公里", "2局", name="管网长度"),
        peer("≥2000米", "3局", name="管网长度"),
    ]
    assert shown_measure(votes) == "公里"
    found = distribution(votes, "公里", 1.0)
    assert found is not None
    assert (found.min, found.median, found.max) == (1, 2, 3)


@given(st.lists(st.floats(2, 2000), min_size=5, max_size=20))
def test_what_follows_the_budget_is_explained_by_it(budgets: list[float]) -> None:
    votes = [
        peer(f"≥{budget * 7:.4f}人", f"{n}局", budget_wan=budget)
        for n, budget in enumerate(budgets)
    ]
    found = per_budget(votes, "人")
    assert found is not None
    assert found.median == pytest.approx(7, rel=1e-3)
    assert found.spread == pytest.approx(0, abs=1e-3)
    logs = [math.log(budget) for budget in budgets]
    middle = quantile(sorted(logs), 0.5)
    raw = quantile(sorted(abs(log - middle) for log in logs), 0.5)
    assert found.spread_raw == pytest.approx(raw, abs=2e-3)
    if raw > 0.01:
        assert found.explains_better


def test_budgets_explain_nothing_where_they_are_few_or_do_not_matter() -> None:
    few = [peer("≥10人", f"{n}局", budget_wan=10.0) for n in range(4)]
    assert per_budget(few, "人") is None
    same: list[Peer] = [peer("≥10人", f"{n}局", budget_wan=float(10**n)) for n in range(6)]
    found = per_budget(same, "人")
    assert found is not None
    assert not found.explains_better
