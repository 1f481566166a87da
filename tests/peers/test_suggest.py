"""Suggestions over a real home: every number leads to its rows."""

import statistics
from dataclasses import replace

import pytest

from corpus.records import Level2, Project
from corpus.values import value_text
from peers.records import Draft, Reach, RefusalCode, Suggested
from service.home import Home
from service.suggest import Advisor
from tests.peers.conftest import ROWS, UNITS

DRAFTS = tuple(
    Draft(name, level2=Level2(level2), budget_wan=60.0, exclude_unit=UNITS[0])
    for name, level2, _, _ in ROWS
)


@pytest.mark.parametrize("draft", DRAFTS, ids=[draft.name for draft in DRAFTS])
def test_a_distribution_is_recomputed_from_the_rows_shown(
    draft: Draft, advisor: Advisor, peer_home: Home
) -> None:
    answer = advisor.suggest(draft)
    with peer_home.store() as store:
        stored = {one.id: one for one in store.indicators()}
    for row in (*answer.rows, *answer.examples, *answer.siblings):
        found = stored[row.id]
        assert found.head.unit == row.unit != draft.exclude_unit
        assert (found.indicator.name, value_text(found.indicator.value)) == (row.name, row.value)
        assert found.indicator.source == row.source
    if answer.distribution is None:
        assert answer.rows == ()
        return
    told = answer.distribution
    numbers = [row.number for row in answer.rows]
    known = [number for number in numbers if number is not None]
    assert len(known) == len(numbers) == told.n
    assert len({row.unit for row in answer.rows}) == told.units
    assert (min(known), max(known)) == (told.min, told.max)
    if told.median is not None:
        assert statistics.median(known) == pytest.approx(told.median)
    near = sum(row.near for row in answer.rows)
    assert told.concentration == pytest.approx(near / told.n, abs=1e-4)


def answer_of(advisor: Advisor, name: str, **fields: object) -> Suggested:
    return advisor.suggest(replace(Draft(name), **fields))  # type: ignore[arg-type]


def test_values_come_from_other_units(advisor: Advisor, projects: tuple[Project, ...]) -> None:
    answer = answer_of(advisor, "听众满意度", exclude_unit=UNITS[3])
    assert answer.suggestion is not None
    assert answer.suggestion.text == "≥95%"
    assert {row.unit for row in answer.rows} == set(UNITS) - {UNITS[3]}
    assert answer.peers == len(projects)


def test_a_cost_is_scaled_to_the_budget(advisor: Advisor) -> None:
    answer = answer_of(advisor, "项目总成本", level2=Level2.COST, budget_wan=33.0)
    assert answer.suggestion is not None
    assert answer.suggestion.text == "≤33万元"
    assert answer.per_budget is not None
    assert answer.per_budget.median == pytest.approx(1)


def test_a_deadline_and_a_count(advisor: Advisor) -> None:
    date = answer_of(advisor, "工程完工时间").suggestion
    assert date is not None
    assert date.text == "12月底前"
    count = answer_of(advisor, "广播节目播出期数").suggestion
    assert count is not None
    assert count.measure == "期"
    assert 40 <= count.number <= 80


def test_a_slogan_is_refused_with_measurable_siblings(advisor: Advisor) -> None:
    answer = answer_of(advisor, "社会影响力", level2=Level2.SOCIAL)
    assert answer.refusal is not None
    assert answer.refusal.code is RefusalCode.NOT_MEASURABLE
    assert "公众号粉丝数量" in {row.name for row in answer.siblings}
    assert {row.value for row in answer.examples} == {"社会影响力"}


def test_nothing_similar_is_said_so(advisor: Advisor) -> None:
    answer = answer_of(advisor, "高标准农田亩均投资", level2=Level2.COST)
    assert answer.suggestion is None
    assert answer.refusal is not None
    assert answer.rows == ()


def test_the_family_serves_where_the_indicator_is_unknown(advisor: Advisor) -> None:
    answer = answer_of(advisor, "游客满意度", level2=Level2.SATISFACTION)
    assert answer.suggestion is not None
    assert answer.suggestion.text == "≥95%"
    assert {row.reach for row in answer.rows} <= {Reach.SAME, Reach.FAMILY}


def test_peers_of_like_scale_and_conditions(advisor: Advisor) -> None:
    answer = answer_of(advisor, "听众满意度", budget_wan=20.0, scale_like=True)
    assert {row.budget_wan for row in answer.rows} == {20.0, 50.0, 80.0}
    one = answer_of(advisor, "听众满意度", where={"unit": (UNITS[2],)})
    assert {row.unit for row in one.examples} == {UNITS[2]}
    assert one.refusal is not None
    assert one.refusal.code is RefusalCode.TOO_FEW_PEERS


def test_the_nearest_in_scale_come_first(advisor: Advisor) -> None:
    answer = answer_of(advisor, "听众满意度", budget_wan=230.0)
    budgets = [row.budget_wan for row in answer.rows]
    assert budgets == sorted(budgets, key=lambda budget: -(budget or 0))


def test_fuller_wordings_are_offered(advisor: Advisor) -> None:
    answer = answer_of(advisor, "听众满意度")
    assert any("公式" in one.tells for one in answer.rephrased)
    assert all(one.unit in UNITS for one in answer.rephrased)
