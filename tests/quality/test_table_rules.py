"""Every project rule: tables where it must fire, and tables where it must not."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.records import Level1, Level2, Project, SpendingStep
from knowledge.rules import BasisStatus
from quality.findings import Outcome, ProjectReview
from quality.lookup import ConceptLookup
from quality.rules import TABLE_RULES
from tests.quality.conftest import document

Check = Callable[[Project], ProjectReview]

GOOD = document(
    [
        ("数量", "新建健身广场个数", "≥6个", "在社区内建成并开放的广场"),
        ("质量", "器材验收合格率", "=100%", "一次验收合格的器材数除以器材总数"),
        ("时效", "工程完工时间", "2026年10月31日前", "最后一处完工的日期"),
        ("成本", "广场建设成本", "≤60万元", "土建和器材的全部支出"),
        ("社会效益", "经常锻炼人数增加", "≥800人", "每周锻炼三次以上的居民"),
        ("满意度", "居民满意度", "≥90%", "问卷中表示满意的人数占比"),
    ]
)
GOOD = replace(
    GOOD,
    name="社区健身广场建设",
    unit="柳湾区文体中心",
    budget_wan=60.0,
    goal="年内新建健身广场6个，让3个社区的居民步行十分钟可到。",
    spending_plan=tuple(
        SpendingStep(by, f"{share}%", float(share))
        for by, share in (("3月底", 10), ("6月底", 40), ("10月底", 90), ("12月底", 100))
    ),
)


def renamed(*names: str) -> Project:
    """The good table with other names on its first rows."""
    rows = [replace(row, name=name) for row, name in zip(GOOD.indicators, names, strict=False)]
    return replace(GOOD, indicators=(*rows, *GOOD.indicators[len(rows) :]))


def weighted(*weights: float) -> Project:
    rows = zip(GOOD.indicators, weights, strict=True)
    return replace(GOOD, indicators=tuple(replace(row, weight=points) for row, points in rows))


def own_cost(project: Project) -> Project:
    """With cost as a level 1 of its own, as since 2021."""
    rows = [
        replace(row, level1=Level1.COST, level2=Level2.ECONOMIC_COST)
        if row.level2 is Level2.COST
        else row
        for row in project.indicators
    ]
    return replace(project, indicators=tuple(rows))


def planned(*shares: float | None) -> Project:
    steps = zip(GOOD.spending_plan, shares, strict=True)
    return replace(GOOD, spending_plan=tuple(replace(step, percent=share) for step, share in steps))


def without(level2: str) -> Project:
    return replace(GOOD, indicators=tuple(r for r in GOOD.indicators if r.level2 != level2))


def one_value() -> Project:
    names = ("广场完好率", "器材完好率", "按时开放率", "居民参与率", "设施使用率", "居民满意度")
    levels = ("质量", "质量", "时效", "社会效益", "社会效益", "满意度")
    return document([(level, name, "≥95%") for level, name in zip(levels, names, strict=True)])


def echoing() -> Project:
    rows = [(str(row.level2), row.name, row.name) for row in GOOD.indicators]
    return document(rows)


FIRES: dict[str, tuple[Project, ...]] = {
    "P01": (without("成本"), without("社会效益"), without("满意度")),
    "P02": (one_value(),),
    "P03": (echoing(),),
    "P04": (replace(GOOD, budget_wan=45.0), replace(GOOD, budget_wan=75.0)),
    "P05": (
        planned(50, 40, 90, 100),
        planned(10, 40, 90, 120),
        planned(10, 40, 80, 90),
        planned(100, None, None, None),
    ),
    "P06": (
        renamed("器材验收合格率"),
        replace(
            GOOD,
            indicators=tuple(
                replace(row, description="按年度工作计划完成") for row in GOOD.indicators
            ),
        ),
    ),
    "P07": (weighted(30, 20, 20, 10, 10, 10),),
    "P08": (
        replace(GOOD, goal="社区健身广场建设。"),
        replace(GOOD, goal="用于社区健身广场的各项支出"),
    ),
    "L01": (replace(GOOD, goal="1.目标内容1"), replace(GOOD, goal="2024年新建广场6个")),
}
SILENT: dict[str, tuple[Project, ...]] = {
    "P01": (GOOD,),
    "P02": (GOOD,),
    "P03": (GOOD,),
    "P04": (GOOD,),
    "P05": (GOOD, replace(GOOD, spending_plan=())),
    "P06": (GOOD,),
    "P07": (weighted(15, 15, 10, 10, 30, 10), own_cost(weighted(15, 15, 10, 20, 20, 10)), GOOD),
    "P08": (GOOD,),
    "L01": (GOOD, replace(GOOD, goal="比2025年增加6个广场")),
}


def cases(by_rule: dict[str, tuple[Project, ...]]) -> list[tuple[str, Project]]:
    return [(rule, project) for rule, projects in by_rule.items() for project in projects]


def of_table(review: ProjectReview) -> set[str]:
    return {one.rule.id for one in review.findings if one.position is None}


def test_every_project_rule_without_peers_has_a_table_of_either_kind() -> None:
    """P09 to P11 need a corpus: tests/service/test_review.py."""
    assert set(FIRES) == set(SILENT) == set(TABLE_RULES) - {"P09", "P10", "P11"} | {"L01"}


@pytest.mark.parametrize(("rule", "project"), cases(FIRES))
def test_a_rule_fires(check: Check, rule: str, project: Project) -> None:
    assert rule in of_table(check(project))


@pytest.mark.parametrize(("rule", "project"), cases(SILENT))
def test_a_rule_is_silent(check: Check, rule: str, project: Project) -> None:
    assert rule not in of_table(check(project))


def test_no_finding_is_without_what_it_rests_on(check: Check) -> None:
    for rule, project in cases(FIRES):
        for one in check(project).findings:
            assert one.rule.basis and one.rule.basis_status in tuple(BasisStatus), rule


def test_a_good_project_has_no_finding(check: Check) -> None:
    review = check(GOOD)
    assert review.findings == ()
    assert review.standing.measurable_share == 1.0
    assert "0 条需要修改" in review.standing.sentence


def test_four_outcomes(check: Check) -> None:
    outcomes = {one.rule.id: one.outcome for one in check(GOOD).outcomes if one.position is None}
    assert outcomes["P02"] is Outcome.PASS
    assert outcomes["P07"] is Outcome.NOT_APPLICABLE
    assert outcomes["P09"] is Outcome.NOT_ENOUGH_DATA


def test_every_rule_answers_for_every_row(check: Check) -> None:
    review = check(GOOD)
    for position in range(len(GOOD.indicators)):
        told = [one.rule.id for one in review.outcomes if one.position == position]
        assert len(told) == len(set(told)) == 20


def test_fixed_sets_make_no_table_of_one_value(check: Check) -> None:
    rows = [
        ("数量", "发放（缴纳）覆盖率", "=100%"),
        ("质量", "足额保障率", "=100%"),
        ("时效", "发放（缴纳）及时率", "=100%"),
        ("时效", "资金拨付及时率", "=100%"),
        ("社会效益", "运转保障率", "=100%"),
        ("满意度", "职工满意度", "≥95%"),
    ]
    assert not {"P02", "P03", "P06"} & of_table(check(document(rows)))


def test_a_standing_explains_itself(check: Check) -> None:
    standing = check(echoing()).standing
    assert standing.weak == (0, 1, 2, 3, 4, 5)
    assert standing.measurable == ()
    assert standing.by_rule["V01"] == 6
    assert sum(standing.by_severity.values()) == sum(standing.by_rule.values())
    assert sum(standing.by_head.values()) == sum(standing.by_rule.values())
    assert "指标值照抄 6 处" in standing.sentence
    assert "全表照抄" in standing.sentence


def test_a_concept_is_unknown_where_nothing_is_near(lookup: ConceptLookup) -> None:
    assert lookup.of("龘靐齉爩") is None
    assert lookup.of("") is None
    known = lookup.of("培训人次")
    assert known is not None and known.exact
