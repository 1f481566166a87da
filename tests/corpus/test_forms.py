"""Forms that counties really use: head words, heads of two rows, page breaks, numbering, feet."""

import pytest

from corpus.parse import parse_bytes
from corpus.records import Indicator, Project, ProjectKind

Line = tuple[str, ...]
LEVELS = ("一级指标", "二级指标", "三级指标")
BODY: tuple[Line, ...] = (
    ("产出指标", "数量指标", "改造农村公厕", "≥36座"),
    ("", "质量指标", "公厕验收合格率", "=100%"),
    ("满意度指标", "服务对象满意度指标", "村民满意度", "≥90%"),
)
EXPECTED = [("改造农村公厕", 36.0), ("公厕验收合格率", 100.0), ("村民满意度", 90.0)]
HEAD: tuple[Line, ...] = (
    ("项目支出绩效目标表（2026年度）",),
    ("项目名称", "农村厕所革命"),
    ("实施单位", "青石县农业农村局"),
    ("年度资金总额：", "88.5"),
)


def page(lines: tuple[Line, ...]) -> bytes:
    """Lines as one HTML table."""
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in line)}</tr>" for line in lines)
    return f"<html><body><table>{rows}</table></body></html>".encode()


def read(*lines: Line) -> tuple[Project, ...]:
    return parse_bytes(page(lines), "form.html").projects


def said(indicators: tuple[Indicator, ...]) -> list[tuple[str, float | None]]:
    return [(i.name, i.value.number) for i in indicators]


@pytest.mark.parametrize(
    "head",
    [
        "指标值", "年度指标值", "绩效指标值", "本年指标值", "2026年指标值", "全年目标值",
        "计划指标值", "预期当年实现值", "计划完成值", "预期值", "指标目标值", "考核指标值",
        "年度目标", "绩效目标", "指标值（包含数字及文字描述）",
    ],
)  # fmt: skip
def test_the_target_under_its_many_heads(head: str) -> None:
    rows = [(*row, row[3].strip("≥="), "无") for row in BODY]
    (project,) = read(*HEAD, (*LEVELS, head, "实际完成值", "偏差原因"), *rows)
    assert said(project.indicators) == EXPECTED
    assert [i.actual for i in project.indicators] == ["36座", "100%", "90%"]


@pytest.mark.parametrize(
    "head",
    ["中期指标值", "实施周期指标值", "中期目标值", "上年完成值", "前年指标值", "责任科室", "备注"],
)
def test_columns_beside_the_target_are_not_taken_for_it(head: str) -> None:
    rows = [(*row[:3], "12个", row[3]) for row in BODY]
    (project,) = read(*HEAD, (*LEVELS, head, "指标值"), *rows)
    assert said(project.indicators) == EXPECTED


@pytest.mark.parametrize("head", ["指标解释", "指标内涵", "指标说明", "指标内容", "指标值说明"])
def test_descriptions_under_their_many_heads(head: str) -> None:
    rows = [(*row[:3], f"反映{row[2]}的情况", row[3]) for row in BODY]
    (project,) = read(*HEAD, (*LEVELS, head, "指标值"), *rows)
    assert said(project.indicators) == EXPECTED
    assert project.indicators[0].description == "反映改造农村公厕的情况"


@pytest.mark.parametrize("sign", ["符号", "指标符号", "比较符号", "绩效指标性质", "运算符号"])
@pytest.mark.parametrize("measure", ["单位", "指标单位", "绩效度量单位", "指标值单位"])
def test_sign_and_measure_under_their_many_heads(sign: str, measure: str) -> None:
    rows = (
        ("产出指标", "数量指标", "改造农村公厕", "大于等于", "36", "座", "定量指标"),
        ("满意度指标", "服务对象满意度指标", "村民满意度", "≥", "90", "%", "定量指标"),
    )
    (project,) = read(*HEAD, (*LEVELS, sign, "指标值", measure, "指标属性"), *rows)
    values = [i.value for i in project.indicators]
    assert [(v.operator, v.number, v.measure) for v in values] == [
        ("≥", 36.0, "座"),
        ("≥", 90.0, "%"),
    ]


@pytest.mark.parametrize("mark", ["{}.", "{}、", "（{}）", "({})", "指标{}："])
def test_numbers_before_names_are_none_of_them(mark: str) -> None:
    rows = [(*row[:2], mark.format(n) + row[2], row[3]) for n, row in enumerate(BODY, start=1)]
    (project,) = read(*HEAD, (*LEVELS, "指标值"), *rows)
    assert said(project.indicators) == EXPECTED


@pytest.mark.parametrize(
    "name", ["110接警处置数", "12345热线办结数", "3岁以下托位数", "1.5米宽步道"]
)
def test_names_that_begin_with_a_number_keep_it(name: str) -> None:
    (project,) = read(
        *HEAD, (*LEVELS, "指标值"), ("产出指标", "数量指标", name, "≥20个"), *BODY[1:]
    )
    assert project.indicators[0].name == name


def test_a_page_break_repeats_the_head_of_the_columns_and_nothing_else() -> None:
    columns = (*LEVELS, "指标值")
    once = read(*HEAD, ("绩效指标", *columns), *(("", *row) for row in BODY))
    rows = [("", *row) for row in BODY]
    again = read(*HEAD, ("绩效指标", *columns), *rows[:2], ("", *columns), *rows[2:])
    assert [p.name for p in again] == ["农村厕所革命"]
    assert said(again[0].indicators) == said(once[0].indicators) == EXPECTED


def test_a_page_break_repeats_a_head_of_two_rows() -> None:
    top, below = (*LEVELS, "绩效指标值", "", ""), ("", "", "", "指标性质", "指标值", "度量单位")
    one = ("产出指标", "数量指标", "改造农村公厕", "≥", "36", "座")
    other = ("满意度指标", "服务对象满意度指标", "村民满意度", "≥", "90", "%")
    (project,) = read(*HEAD, top, below, one, top, below, other)
    assert said(project.indicators) == [EXPECTED[0], EXPECTED[2]]


@pytest.mark.parametrize(
    "foot",
    [
        "注：指标值应当可衡量。",
        "填表人：某某　联系电话：0000-0000000",
        "填报日期：2026年1月5日",
        "说明：1.本表由实施单位填写；2.指标值可以调整。",
        "单位负责人：某某",
    ],
)
def test_what_stands_below_the_table_is_no_row_of_it(foot: str) -> None:
    (project, *_) = read(*HEAD, (*LEVELS, "指标值"), *BODY, (foot, "", "", ""))
    assert said(project.indicators) == EXPECTED


@pytest.mark.parametrize(
    "label", ["专项名称", "专项（项目）名称", "转移支付名称", "项目（专项）名称", "专项资金名称"]
)
def test_the_forms_of_transfer_payments(label: str) -> None:
    head: tuple[Line, ...] = (
        ("中央对地方转移支付区域绩效目标表",),
        ("（2026年度）",),
        (label, "农村厕所革命"),
        ("中央主管部门", "农业农村部"),
        ("资金情况（万元）", "年度金额：", "88.5"),
        ("", "其中：中央补助", "80"),
        ("", "地方资金", "8.5"),
        ("年度目标", "改造农村公厕36座。"),
    )
    (project,) = read(*head, (*LEVELS, "指标值"), *BODY)
    assert (project.name, project.year, project.budget_wan) == ("农村厕所革命", 2026, 88.5)
    assert project.goal == "改造农村公厕36座。"
    assert said(project.indicators) == EXPECTED


def test_the_budget_of_a_whole_unit_is_the_total_of_its_tasks() -> None:
    head: tuple[Line, ...] = (
        ("部门整体支出绩效目标表（2026年度）",),
        ("部门（单位）名称", "青石县农业农村局"),
        ("年度主要任务", "任务名称", "主要内容", "预算金额（万元）"),
        ("", "任务1", "改造农村公厕", "60"),
        ("", "任务2", "清运生活垃圾", "28.5"),
        ("", "金额合计", "88.5"),
        ("年度总体目标", "改善农村人居环境。"),
    )
    (project,) = read(*head, (*LEVELS, "指标值"), *BODY)
    assert project.kind is ProjectKind.WHOLE_UNIT
    assert (project.unit, project.budget_wan) == ("青石县农业农村局", 88.5)


def test_a_flat_export_of_unit_and_project_in_one_column() -> None:
    head = ("单位名称、项目名称", "项目年度绩效目标", *LEVELS, "指标值")
    lead = ("农村厕所革命", "改造农村公厕36座。")
    (project,) = read(head, *((*lead, *row) for row in BODY))
    assert (project.name, project.goal) == lead
    assert said(project.indicators) == EXPECTED


def test_names_that_sound_like_labels_stay_in_the_table() -> None:
    """Cells of a stream: 财政资金到位率 is an indicator and 项目完成情况 a description."""
    cells = [
        *LEVELS, "指标值", "绩效指标描述",
        "产出指标", "数量指标", "改造农村公厕", "≥36座", "反映公厕改造完成情况",
        "时效指标", "财政资金到位率", "≥95%", "财政资金到位率",
        "满意度指标", "服务对象满意度指标", "村民满意度", "≥90%", "反映村民的满意程度",
    ]  # fmt: skip
    (project,) = parse_bytes("\n\n".join(cells).encode(), "form.txt").projects
    assert [i.name for i in project.indicators] == ["改造农村公厕", "财政资金到位率", "村民满意度"]


SPLIT = (
    ("产出指标", "数量指标", "改造农村公厕", "≥", "36", "座", "10"),
    ("满意度指标", "服务对象满意度指标", "村民满意度", "≥", "90", "%", "10"),
)


@pytest.mark.parametrize("parted", [" | {} |", "cells"])
def test_a_head_of_two_rows_where_merged_cells_leave_nothing(parted: str) -> None:
    top, below = (*LEVELS, "绩效指标值", "权重"), ("指标性质", "指标值", "度量单位")
    if parted == "cells":  # a cell per line, nothing marks the row end
        text = "\n\n".join(cell for line in (top, below, *SPLIT) for cell in line)
    else:
        text = "\n".join(parted.format(" | ".join(line)) for line in (top, below, *SPLIT))
    (project,) = parse_bytes(text.encode(), "form.txt").projects
    assert said(project.indicators) == [EXPECTED[0], EXPECTED[2]]
    assert [i.weight for i in project.indicators] == [10, 10]


def test_a_stream_of_cells_with_a_page_break_and_a_foot() -> None:
    head = (*LEVELS, "指标值", "分值")
    rows = [(*row, "10") for row in BODY]
    cells = [*head, *rows[0], *head, *rows[1][1:], *rows[2], "填表人：某某", "总分", "100"]
    (project,) = parse_bytes("\n\n".join(cells).encode(), "form.txt").projects
    assert said(project.indicators) == EXPECTED


def test_a_second_table_in_a_cell_per_line() -> None:
    """No paragraph parts the tables: the title of the next one stands after a tab too."""

    def table(name: str) -> str:
        lines = (("项目支出绩效目标表",), ("项目名称", name), (*LEVELS, "指标值"), *BODY)
        return "\n\n".join("\n".join(f"\t{cell}" for cell in line) for line in lines)

    text = "\n\n".join(map(table, ("农村厕所革命", "村庄绿化")))
    projects = parse_bytes(text.encode(), "form.txt").projects
    assert [p.name for p in projects] == ["农村厕所革命", "村庄绿化"]
    assert [said(p.indicators) for p in projects] == [EXPECTED, EXPECTED]


def test_a_name_that_begins_with_a_year_opens_its_group() -> None:
    cells = [
        *LEVELS, "指标值",
        "产出指标", "数量指标", "2026年新建公厕数量", "≥12座", "24小时值守点位", "≥3个",
        "时效指标", "2026年任务完成时间", "2026年10月底前",
    ]  # fmt: skip
    (project,) = parse_bytes("\n\n".join(cells).encode(), "form.txt").projects
    assert [(i.name, i.value.raw, i.level2_raw) for i in project.indicators] == [
        ("2026年新建公厕数量", "≥12座", "数量指标"),
        ("24小时值守点位", "≥3个", "数量指标"),
        ("2026年任务完成时间", "2026年10月底前", "时效指标"),
    ]


def test_annual_indicators_beside_those_of_the_medium_term() -> None:
    """财预〔2018〕167号: the same columns twice, the annual ones last."""
    head = (*LEVELS, "指标值", "二级指标", "三级指标", "指标值")
    longer = ("≥100座", "=100%", "≥95%")
    rows = [(*row[:3], more, *row[1:]) for row, more in zip(BODY, longer, strict=True)]
    (project,) = read(*HEAD, head, *rows)
    assert said(project.indicators) == EXPECTED
    assert [i.level1_raw for i in project.indicators] == ["产出指标", "产出指标", "满意度指标"]


def test_levels_with_numbers_before_them() -> None:
    rows = (
        ("一、产出指标", "（一）数量指标", "改造农村公厕", "≥36座"),
        ("", "2.质量指标", "公厕验收合格率", "=100%"),
        ("三、满意度指标", "1、服务对象满意度指标", "村民满意度", "≥90%"),
    )
    (project,) = read(*HEAD, (*LEVELS, "指标值"), *rows)
    assert said(project.indicators) == EXPECTED
    assert [(i.level1_raw, i.level2_raw) for i in project.indicators] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("满意度指标", "服务对象满意度指标"),
    ]


def test_levels_of_no_official_tree_are_kept_as_printed() -> None:
    rows = (
        ("预算执行率（10分）", "", "预算执行率", "≥95%"),
        *BODY[:2],
        ("影响力指标", "长效管理", "管护制度健全性", "健全"),
    )
    (project,) = read(*HEAD, (*LEVELS, "指标值"), *rows)
    assert [(i.level1_raw, i.level2_raw, i.level2) for i in project.indicators] == [
        ("预算执行率", "", None),
        ("产出指标", "数量指标", "数量"),
        ("产出指标", "质量指标", "质量"),
        ("影响力指标", "长效管理", None),
    ]


def test_a_column_of_names_under_the_head_of_the_whole_table() -> None:
    (project,) = read(*HEAD, ("绩效指标", "一级指标", "二级指标", "绩效指标", "指标值"), *(
        ("", *row) for row in BODY
    ))  # fmt: skip
    assert said(project.indicators) == EXPECTED


def test_a_value_like_a_year_and_a_value_that_repeats_its_name() -> None:
    """Cells of a stream: 2000 is no title, and 社会公众满意度 below its own name no level."""
    cells = [
        *LEVELS, "指标值类型", "指标值", "度量单位",
        "产出指标", "数量指标", "改造户厕数量", "≥", "2000", "户", "垃圾清运量", "≥", "2045", "吨",
        "满意度指标", "服务对象满意度", "社会公众满意度", "定性", "社会公众满意度", "\u00a0",
    ]  # fmt: skip
    (project,) = parse_bytes("\n\n".join(cells).encode(), "form.txt").projects
    assert [(i.name, i.value.raw, i.value.echo) for i in project.indicators] == [
        ("改造户厕数量", "2000", False),
        ("垃圾清运量", "2045", False),
        ("社会公众满意度", "社会公众满意度", True),
    ]
