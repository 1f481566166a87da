"""A whole table from similar projects: nothing without a source."""

import pytest

from corpus.records import Level2
from corpus.values import value_text
from errors import UsageError
from peers.tables import DraftTable, ProjectDraft
from service.home import Home
from service.suggest import Advisor
from tests.peers.conftest import UNITS


@pytest.fixture(scope="module")
def table(advisor: Advisor) -> DraftTable:
    """A table for a project of one of the units."""
    return advisor.draft(
        ProjectDraft(
            "广播节目制作", budget_wan=77.5, exclude_unit=UNITS[0], department="宣传融媒体"
        )
    )


def test_every_row_has_its_sources(table: DraftTable, peer_home: Home) -> None:
    with peer_home.store() as store:
        stored = {one.id: one for one in store.indicators()}
    similar = {one.id for one in table.similar_projects}
    assert table.indicators
    for row in table.indicators:
        assert row.examples
        assert row.support.n == len(table.similar_projects)
        assert 1 <= row.support.k <= row.support.n
        for peer in row.examples:
            found = stored[peer.id]
            assert peer.project_id in similar
            assert (peer.name, peer.value) == (
                found.indicator.name,
                value_text(found.indicator.value),
            )


def test_the_own_unit_is_no_peer_and_slogans_are_no_rows(table: DraftTable) -> None:
    assert UNITS[0] not in {one.unit for one in table.similar_projects}
    assert "社会影响力" not in {row.name for row in table.indicators}
    assert {row.name for row in table.indicators} == {
        "广播节目播出期数",
        "设备验收合格率",
        "工程完工时间",
        "项目总成本",
        "公众号粉丝数量",
        "听众满意度",
    }


def test_support_is_counted_over_the_similar_projects(table: DraftTable) -> None:
    assert len(table.similar_projects) == len(UNITS) - 1
    assert {(row.support.k, row.support.n) for row in table.indicators} == {(7, 7)}


def test_the_cost_row_is_filled_from_the_budget(table: DraftTable) -> None:
    (cost,) = [row for row in table.indicators if row.level2 is Level2.COST]
    assert cost.suggestion is not None
    assert cost.suggestion.text == "≤77.5万元"
    assert cost.suggestion.from_budget


def test_coverage_names_the_groups_that_similar_projects_do_not_measure(
    table: DraftTable,
) -> None:
    covered = {one.level2: (one.rows, one.support.k) for one in table.coverage}
    assert covered[Level2.QUANTITY] == (1, 7)
    assert covered[Level2.ECOLOGICAL] == (0, 0)


def test_without_similar_projects_only_the_budget_tells_something(advisor: Advisor) -> None:
    found = advisor.draft(ProjectDraft("高标准农田灌溉渠道", budget_wan=12.0))
    assert found.similar_projects == ()
    assert [(row.name, row.support.k) for row in found.indicators] == [("项目总成本", 0)]
    assert advisor.draft(ProjectDraft("高标准农田灌溉渠道")).indicators == ()


def test_a_project_needs_a_name(advisor: Advisor) -> None:
    with pytest.raises(UsageError, match="name of a project"):
        advisor.draft(ProjectDraft("  "))
