"""Tables whose cells nothing parts: many invented ones, and the cuts that are easily wrong."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from corpus.layouts.roles import Role
from corpus.layouts.run_columns import heads_of
from corpus.layouts.run_values import is_approving, is_certain_value, split_value
from corpus.parse import parse_bytes
from corpus.records import Indicator, Parsed
from corpus.specimens.entries import Table, invented_table
from corpus.specimens.style import Style, drawn_style
from corpus.specimens.text_forms import FORMS

DOCUMENTS = 25
WORDY = {Role.DESCRIPTION, Role.BASIS}


def specimens(family: str, *, readable: bool = True) -> list[tuple[Table, Style, str]]:
    """Documents with fixed seeds; in F, words glued to names cannot be told from them."""
    found: list[tuple[Table, Style, str]] = []
    seed = 0
    while len(found) < DOCUMENTS:
        rng = Random(f"test-{family}-{seed}")  # noqa: S311 - invented documents
        seed += 1
        table = invented_table(rng, cost_apart=rng.random() < 0.3)
        one_cell = family == "I"
        style = drawn_style(rng, split=not one_cell, evaluated=not one_cell)
        style = replace(style, spaced=False, broken=False)
        if family != "F" or bool(WORDY & set(style.columns)) is not readable:
            found.append((table, style, FORMS[family](table, style, rng)))
    return found


def read(text: str) -> Parsed:
    return parse_bytes(text.encode(), "runs.txt")


def rows(parsed: Parsed) -> list[Indicator]:
    return [i for p in parsed.projects for i in p.indicators]


@pytest.mark.parametrize(("family", "least"), [("F", 0.98), ("G", 0.99), ("H", 0.95), ("I", 0.98)])
def test_invented_tables_are_read(family: str, least: float) -> None:
    want: Counter[tuple[str, str, str]] = Counter()
    got: Counter[tuple[str, str, str]] = Counter()
    for number, (table, style, text) in enumerate(specimens(family)):
        want += Counter(
            (f"{number} {e.level2[:2]}", e.name, e.amount if style.split else e.value)
            for e in table.entries
        )
        got += Counter(
            (f"{number} {i.level2_raw[:2]}", i.name, i.value.raw) for i in rows(read(text))
        )
    assert 2 * (want & got).total() / (want.total() + got.total()) >= least


@pytest.mark.parametrize("family", list("FGHI"))
def test_heads_of_invented_tables_are_read(family: str) -> None:
    right = 0
    for table, _, text in specimens(family):
        project = read(text).projects[0]
        said = (project.unit, project.name, project.budget_wan, project.goal, project.year)
        right += said == (table.unit, table.project, table.budget_wan, table.goal, table.year)
    assert right >= 0.95 * DOCUMENTS


def test_words_glued_between_name_and_value_are_reported_not_guessed() -> None:
    for table, style, text in specimens("F", readable=False):
        columns = [c for c in style.columns if c in WORDY or c is Role.VALUE]
        parsed = read(text)
        if columns[0] is Role.VALUE:
            continue
        assert not rows(parsed), text
        assert len(parsed.problems) >= len({e.level2 for e in table.entries})


HEADER = "一级指标二级指标三级指标指标值权重\n"


def lines(*printed: str, header: str = HEADER) -> list[tuple[str, str, float | None]]:
    text = "项目名称渠系配套改造\n" + header + "产出指标数量指标" + "\n".join(printed)
    return [(i.name, i.value.raw, i.weight) for i in rows(read(text))]


@pytest.mark.parametrize(
    ("line", "name", "value", "weight"),
    [
        ("新建水渠长度≥12.5公里20", "新建水渠长度", "≥12.5公里", 20),
        ("整修泵站数量312", "整修泵站数量", "3", 12),
        ("工程验收合格率10010", "工程验收合格率", "100", 10),
        ("PM2.5监测点位数9个10", "PM2.5监测点位数", "9个", 10),
        ("项目完成时间2026年11月30日前10", "项目完成时间", "2026年11月30日前", 10),
        ("资金拨付及时率=100%10", "资金拨付及时率", "=100%", 10),
        ("特困供养标准≤860元/人/月10", "特困供养标准", "≤860元/人/月", 10),
        ("灌溉保障能力稳步提升10", "灌溉保障能力", "稳步提升", 10),
        ("管护工作质量符合管护规范要求10", "管护工作质量", "符合管护规范要求", 10),
    ],
)
def test_points_behind_values_are_cut(line: str, name: str, value: str, weight: int) -> None:
    usual = ("受益农户户数≥1,260户10", "整修闸门数量=3座12")
    assert lines(line, *usual)[0] == (name, value, weight)


def test_a_number_that_two_cuts_fit_is_reported() -> None:
    text = HEADER + "产出指标数量指标整修泵站数量1515\n受益农户户数≥1,260户10"
    parsed = read("项目名称渠系配套改造\n" + text)
    assert [i.name for i in rows(parsed)] == ["受益农户户数"]
    assert "1515" in parsed.problems[0].reason.replace(" ", "")


def test_the_points_of_a_row_are_never_its_value() -> None:
    parsed = read(HEADER + "产出指标数量指标整修泵站数量≥3座10\n农户生产条件大为可观10")
    assert [(i.name, i.value.raw) for i in rows(parsed)] == [("整修泵站数量", "≥3座")]
    assert len(parsed.problems) == 1


def test_target_actual_points_and_score_without_separators() -> None:
    header = "一级指标二级指标三级指标年度指标值实际完成值分值得分\n"
    body = "产出指标数量指标保障特困人员数=126人126人1010\n发放高龄津贴人数≥410人418人109.5"
    found = rows(read(header + body))
    assert [(i.name, i.value.raw, i.actual, i.weight) for i in found] == [
        ("保障特困人员数", "=126人", "126人", 10),
        ("发放高龄津贴人数", "≥410人", "418人", 10),
    ]


def test_target_and_result_in_words_that_end_alike() -> None:
    header = "一级指标二级指标三级指标年度指标值实际完成值分值得分\n"
    body = "产出指标数量指标办结案件数≥85件86件2020\n质量指标质量管理制度更加完善完善1010"
    assert [(i.name, i.value.raw, i.actual) for i in rows(read(header + body))] == [
        ("办结案件数", "≥85件", "86件"),
        ("质量管理制度", "更加完善", "完善"),
    ]


def test_level_words_without_the_suffix_are_not_taken_from_names() -> None:
    header = "一级指标二级指标三级指标指标值\n"
    body = "产出指标数量整修泵站数量≥3座\n质量质量合格率≥95%\n成本成本控制率≤100%"
    found = rows(read(header + body))
    assert [(i.level2_raw, i.name) for i in found] == [
        ("数量", "整修泵站数量"),
        ("质量", "质量合格率"),
        ("成本", "成本控制率"),
    ]


def test_wrapped_cells_are_joined_where_a_line_is_full() -> None:
    head = "一级指标\n二级指标\n三级指标\n指标说明\n指标值\n产出指标\n数量指\n标\n"
    body = (
        "建设高标准\n农田面积\n新建\n≥30亩\n整修灌溉泵\n站\n改建\n=3座\n"
        "新建田间机\n耕道路\n新建\n5公里"
    )
    found = rows(read(head + body))
    assert [(i.name, i.description, i.value.raw) for i in found] == [
        ("建设高标准农田面积", "新建", "≥30亩"),
        ("整修灌溉泵站", "改建", "=3座"),
        ("新建田间机耕道路", "新建", "5公里"),
    ]


def test_two_tables_of_one_document_are_two_projects() -> None:
    one = "项目名称 甲渠改造 一级指标 二级指标 三级指标 指标值 产出指标 数量指标 渠长 ≥3公里"
    one += " 质量指标 验收合格率 ≥95%"
    parsed = read(f"{one}\n{one.replace('甲', '乙')}\n")
    assert [p.name for p in parsed.projects] == ["甲渠改造", "乙渠改造"]
    assert [len(p.indicators) for p in parsed.projects] == [2, 2]


def test_a_header_printed_again_begins_no_table() -> None:
    header = "一级指标二级指标三级指标指标值"
    body = f"产出指标数量指标渠长≥3公里\n{header}\n质量指标验收合格率≥95%"
    parsed = read(f"项目名称甲渠改造\n{header}\n{body}")
    assert [[i.name for i in p.indicators] for p in parsed.projects] == [["渠长", "验收合格率"]]


def test_glued_values_of_a_damaged_scan_are_no_numbers() -> None:
    """The names come out, their values are marked; where a value is in words, the row is left."""
    text = HEADER + (
        "产出指标（50分）数量指标指标1建设繁育基地2600亩8指标2发放良种1O00斤8质量指标检测合格率1O0%8"
        "\n成本指标良种采购单价8不高于中标价是8"
    )
    parsed = read("项目名称牧草繁育\n" + text)
    found = [(i.level2_raw, i.name, i.value.number, i.value.unreadable) for i in rows(parsed)]
    assert found == [
        ("数量指标", "建设繁育基地", None, True),
        ("数量指标", "发放良种", None, True),
        ("质量指标", "检测合格率", None, True),
    ]
    (problem,) = parsed.problems
    assert "damaged" in problem.reason and "良种采购单价" in problem.reason


@pytest.mark.parametrize(
    ("run", "heads"),
    [
        (
            "一级指标二级绩效指标三级绩效指标绩效指标值权重",
            ("一级指标", "二级绩效指标", "三级绩效指标", "绩效指标值", "权重"),
        ),
        (
            "一级指标二级指标指标内容指标值确定依据指标值指标值说明备注",
            ("一级指标", "二级指标", "指标内容", "指标值确定依据", "指标值", "指标值说明", "备注"),
        ),
        (
            "一级指标 二级指标 三级指标 年度(/项目)指标值 实际完成值 分值 得分 偏差原因分析",
            (
                "一级指标", "二级指标", "三级指标", "年度(/项目)指标值", "实际完成值",
                "分值", "得分", "偏差原因分析",
            ),
        ),
    ],
)  # fmt: skip
def test_head_words_are_cut_from_a_run(run: str, heads: tuple[str, ...]) -> None:
    assert heads_of(run) == heads


def test_values_at_the_end_of_a_text() -> None:
    assert split_value("及时发放率达到目标值100%") == ("及时发放率", "达到目标值100%")
    assert split_value("户均增收0.6万元以上") == ("户均增收", "0.6万元以上")
    assert split_value("鉴定完成时间≤10月") == ("鉴定完成时间", "≤10月")
    assert split_value("受益户数") == ("受益户数", "")
    assert split_value("社会和谐稳定得到维护") == ("社会和谐稳定", "得到维护")
    assert split_value("城区内涝影响明显减轻") == ("城区内涝影响", "明显减轻")
    assert split_value("成果转化应用长期发挥作用") == ("成果转化应用", "长期发挥作用")
    assert split_value("项目实施效果显著") == ("项目实施", "效果显著")
    assert is_certain_value("5月底前、10月底前")
    assert not is_certain_value("30亩新建")
    assert is_approving("进一步扩大")
    assert not is_approving("及时率")


GLUED = (
    "产出指标数量指标接警处置起数反映接警处置起数情况≥26000起年度工作计划",
    "更新警用车辆数用于衡量更新警用车辆数=8辆年度工作计划",
    "质量指标设备完好率设备能够使用的比例≥98%年度工作计划",
    "满意度指标服务对象满意度指标群众满意度反映群众满意度情况≥95%年度工作计划",
)


def test_a_description_glued_to_its_name_is_told_by_the_name_in_it() -> None:
    """A description that does not repeat its name cannot be parted: that row is reported."""
    header = "一级指标二级指标三级指标绩效指标描述指标值指标值确定依据"
    text = "\n".join(("绩效目标表", "项目名称智慧警务", header, *GLUED))
    parsed = parse_bytes(text.encode(), "glued.txt")
    rows = [(i.level2_raw, i.name, i.value.raw) for p in parsed.projects for i in p.indicators]
    assert rows == [
        ("数量指标", "接警处置起数", "≥26000起"),
        ("数量指标", "更新警用车辆数", "=8辆"),
        ("服务对象满意度指标", "群众满意度", "≥95%"),
    ]
    assert ["设备完好率" in problem.reason for problem in parsed.problems] == [True]


def test_amounts_that_nothing_parts_are_no_amount() -> None:
    head = "部门整体支出绩效目标表\n部门（单位）名称青石县公安局\n"
    body = "一级指标二级指标三级指标指标值\n产出指标数量指标更新警用车辆数=8辆"
    for glued in ("年度资金总额126126126", "年度资金总额126.8126.80", "年度资金总额36%9"):
        (project,) = parse_bytes(f"{head}{glued}\n{body}".encode(), "glued.txt").projects
        assert project.budget_wan is None
    (project,) = parse_bytes(f"{head}年度资金总额126.8\n{body}".encode(), "glued.txt").projects
    assert project.budget_wan == 126.8
