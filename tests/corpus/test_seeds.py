"""The five real documents, against the facts written down from them."""

import json
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from corpus.parse import parse_bytes
from corpus.records import Form, Indicator, Parsed, Project, ProjectKind
from text.normalise import squeeze

SHARED = Path(__file__).parents[2].parent / "shared"
SEEDS = SHARED / "seeds"
pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="../shared/seeds is not here: the real documents cannot be read"
)

LAOTING_MEDIA, HUAILAI, LUKOU, LAOTING_NET, CHENGDE = "000", "001", "002", "003", "004"


@lru_cache
def read(prefix: str) -> Parsed:
    path = next(SEEDS.glob(f"{prefix}_*.txt"))
    return parse_bytes(path.read_bytes(), path.name)


def whole_unit(prefix: str) -> Project:
    return next(p for p in read(prefix).projects if p.kind is ProjectKind.WHOLE_UNIT)


def named(prefix: str, name: str) -> Indicator:
    rows = [i for p in read(prefix).projects for i in p.indicators if i.name == name]
    return rows[0]


@pytest.mark.parametrize(
    ("prefix", "counts"),
    [
        (LAOTING_MEDIA, [0, 9, 9, 9, 9, 9, 9]),
        (HUAILAI, [0, 6, 8, 6]),
        (LUKOU, [19, 9, 11]),
        (LAOTING_NET, [0, 9, 8, 7]),
        (CHENGDE, [11, 9, 9, 9, 9, 9]),
    ],
)
def test_projects_and_indicators_are_all_there(prefix: str, counts: list[int]) -> None:
    projects = read(prefix).projects
    assert [len(p.indicators) for p in projects] == counts
    assert [p.kind for p in projects].count(ProjectKind.WHOLE_UNIT) == 1
    assert {p.form for p in projects} == {Form.TARGET}
    assert not read(prefix).problems


def test_every_row_agrees_with_the_facts() -> None:
    lines = (SHARED / "eval" / "indicators.jsonl").read_text("utf-8").splitlines()
    facts = [f for f in map(json.loads, lines) if f["id"].startswith("s0")]
    want = Counter(
        (
            f["source"][:3],
            "" if "整体" in (f["project"] or "") else squeeze(f["project"] or ""),
            f["level1"] or "",
            f["level2"] or "",
            squeeze(f["name"]),
        )
        for f in facts
    )
    got = Counter(
        (prefix, squeeze(p.name), i.level1 or "", i.level2 or "", squeeze(i.name))
        for prefix in (LAOTING_MEDIA, HUAILAI, LUKOU, LAOTING_NET, CHENGDE)
        for p in read(prefix).projects
        for i in p.indicators
    )
    assert got == want


def test_values_agree_with_the_facts() -> None:
    lines = (SHARED / "eval" / "indicators.jsonl").read_text("utf-8").splitlines()
    facts = [f for f in map(json.loads, lines) if f["id"].startswith("s0")]
    unreadable = "unreadable"
    want = Counter(
        (f["source"][:3], squeeze(f["name"]), f["number"], f["kind"], f["operator"]) for f in facts
    )
    got = Counter(
        (
            prefix,
            squeeze(i.name),
            i.value.number,
            unreadable if i.value.unreadable else i.value.kind.value,
            i.value.operator.value,
        )
        for prefix in (LAOTING_MEDIA, HUAILAI, LUKOU, LAOTING_NET, CHENGDE)
        for p in read(prefix).projects
        for i in p.indicators
    )
    assert got == want


def test_heads_of_the_hebei_form() -> None:
    project = read(LAOTING_MEDIA).projects[1]
    assert (project.unit, project.unit_code) == ("乐亭县广播电视台本级", "425001")
    assert (project.name, project.code) == ("各媒体平台运维费", "13022524P00420610016U")
    assert (project.budget_wan, project.purpose) == (34.4, "各媒体平台运维")
    assert project.goal.startswith("手机台运行维护费用于新媒体平台建设")
    assert [(s.by, s.percent) for s in project.spending_plan] == [
        ("3月底", 100.0),
        ("6月底", None),
        ("10月底", None),
        ("12月底", None),
    ]
    assert (project.year, project.year_inferred) == (None, 2024)
    assert {p.unit_code for p in read(CHENGDE).projects} == {"136001"}
    assert [p.budget_wan for p in read(CHENGDE).projects] == [None, 150, 15, 30, 0.5, 3.01]
    assert {p.year for p in read(HUAILAI).projects} == {2023}


def test_project_name_of_the_table_wins_over_its_title() -> None:
    names = [p.name for p in read(CHENGDE).projects]
    assert names[4].startswith("关于提前下达2024年中央补助地方国家电影事业发展专项资金预算的通知")


def test_heads_of_the_hunan_form() -> None:
    whole, centre, village = read(LUKOU).projects
    assert squeeze(whole.unit) == "株洲市渌口区融媒体中心(广播电视台)"
    assert (whole.budget_wan, centre.budget_wan, village.budget_wan) == (762.9, 50, 22)
    assert {p.year for p in read(LUKOU).projects} == {2026}
    assert centre.name == "2026年融媒体中心运行专项"
    assert "<p>" not in whole.goal
    assert whole.goal.startswith("(一) 贯彻执行党和国家")
    tasks = [g for g in whole.goals if g.section == "年度主要任务"]
    assert any("打造一批精品力作" in g.text for g in tasks)


def test_merged_basis_is_carried_down_and_an_empty_one_is_not() -> None:
    assert named(HUAILAI, "办公空间改造数量").basis == named(HUAILAI, "设备购置数量").basis
    assert named(HUAILAI, "项目建设验收合格率").basis == "2023年工作计划、合同"
    assert named(LUKOU, "掌上渌口粉丝量").basis == ""


def test_cells_with_line_breaks_are_one_cell() -> None:
    assert named(HUAILAI, "融媒体中心设备正常运行率").description == "融媒体中心设备正常运行"
    description = named(HUAILAI, "保障新媒体平台运营事项数量").description
    assert description.startswith("保障新媒体平台运营事项数量1怀来发布APP。")
    assert description.endswith("8怀来发布微博号")


def test_a_row_that_starts_at_column_0_keeps_its_columns() -> None:
    row = named(LUKOU, "宣传报道督促环保整改件数")
    assert (row.value.operator, row.value.number, row.value.measure) == ("≥", 3, "件")
    assert (row.level2_raw, row.source.row) == ("生态效益", 39)


def test_a_label_printed_with_the_second_row_serves_the_first() -> None:
    row = named(LUKOU, "《渌口新闻》播发新闻档期")
    assert (row.level1_raw, row.level2_raw, row.source.row) == ("产出指标", "数量指标", 22)


def test_percent_in_value_and_unit_column_is_one_percent() -> None:
    value = named(LUKOU, "受众满意度").value
    assert (value.operator, value.number, value.measure) == ("≥", 90, "%")


def test_graded_standards_come_with_the_whole_unit() -> None:
    whole = whole_unit(CHENGDE)
    assert [g.standard for g in whole.indicators[0].grades] == ["100%", "90%", "80%", "60%以下"]
    assert [i.name for i in whole.indicators][3:5] == ["宣传思想工作", "项目完成率"]
    assert whole.unit == "承德高新技术产业开发区宣传中心本级"
    assert whole.year_inferred == 2024


def test_template_goals_are_noted_and_not_taken() -> None:
    assert [p.goal for p in read(CHENGDE).projects[1:]] == [""] * 5
    assert sum("template" in n.reason for n in read(CHENGDE).notes) == 5


def test_unused_template_rows_are_noted_with_their_lines() -> None:
    places = {n.place for n in read(LUKOU).notes}
    assert places == {"line 44", "line 45", "line 69", "line 70", "line 93", "line 99", "line 100"}


def test_narrative_is_cut_into_clauses_with_their_numbers() -> None:
    whole = whole_unit(HUAILAI)
    sections = [g.section for g in whole.goals]
    assert sections == sorted(sections, key=["总体绩效目标", "分项绩效目标", "工作保障措施"].index)
    assert [g.order for g in whole.goals] == list(range(1, len(whole.goals) + 1))
    found = {(q.number, q.measure) for g in whole.goals for q in g.quantities}
    assert {(240.0, "期"), (720.0, "条"), (980.0, "篇"), (17.8, "万"), (120.0, "条")} <= found
    news = next(g for g in whole.goals if "播出240期" in g.text)
    assert "《怀来新闻》" in news.text
    assert news.source.row == 42


def test_lines_cut_by_the_page_are_joined_in_the_narrative() -> None:
    texts = [g.text for g in whole_unit(CHENGDE).goals]
    assert any("组织对全区先进典型的学习推广" in t for t in texts)
