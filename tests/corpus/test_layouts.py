"""One invented table, written in every layout: whatever the layout, the rows are the same."""

import itertools
from dataclasses import dataclass

import pytest

from corpus.parse import parse_bytes
from corpus.records import Form, Indicator, Project, ProjectKind


@dataclass(frozen=True)
class Printed:
    """One row as the paper shows it; a blank level is merged with the one above."""

    level1: str
    level2: str
    name: str
    sign: str
    value: str
    measure: str
    weight: str


ROWS = (
    Printed("产出指标", "数量指标", "新建水渠长度", "≥", "12.5", "公里", "20"),
    Printed("", "", "整修泵站数量", "=", "3", "座", "10"),
    Printed("", "质量指标", "工程验收合格率", "=", "100", "%", "10"),
    Printed("", "时效指标", "施工进度", "定性", "按期完工", "", "10"),
    Printed("效益指标", "社会效益指标", "受益农户户数", "≥", "1,260", "户", "30"),
    Printed("满意度指标", "服务对象满意度指标", "受益农户满意度", "≥", "92", "%", "10"),
)
EXPECTED = [
    ("产出指标", "数量指标", "新建水渠长度", "≥", 12.5, "公里"),
    ("产出指标", "数量指标", "整修泵站数量", "=", 3.0, "座"),
    ("产出指标", "质量指标", "工程验收合格率", "=", 100.0, "%"),
    ("产出指标", "时效指标", "施工进度", "", None, ""),
    ("效益指标", "社会效益指标", "受益农户户数", "≥", 1260.0, "户"),
    ("满意度指标", "服务对象满意度指标", "受益农户满意度", "≥", 92.0, "%"),
]
HEADS = {"sign": "计算符号", "value": "指标值", "measure": "度量单位", "weight": "权重"}
LEVELS = ("一级指标", "二级指标", "三级指标")


def read(text: str, name: str = "sample.txt") -> tuple[Project, ...]:
    return parse_bytes(text.encode(), name).projects


def seen(indicators: tuple[Indicator, ...]) -> list[tuple[object, ...]]:
    return [
        (
            i.level1_raw,
            i.level2_raw,
            i.name,
            i.value.operator.value,
            i.value.number,
            i.value.measure,
        )
        for i in indicators
    ]


def cells(row: Printed, order: tuple[str, ...]) -> list[str]:
    return [row.level1, row.level2, row.name, *(getattr(row, key) for key in order)]


def tabs(order: tuple[str, ...], heads: dict[str, str]) -> str:
    lines = [[*LEVELS, *(heads[k] for k in order)], *(cells(r, order) for r in ROWS)]
    head = ["项目名称\t渠系配套改造", "实施单位\t青石县水利局"]
    return "\n".join([*head, *("\t".join(line) for line in lines)])


def bars(order: tuple[str, ...], heads: dict[str, str]) -> str:
    """Cells merged downwards are missing at the start of a row."""
    lines = [[*LEVELS, *(heads[k] for k in order)]]
    for row in ROWS:
        line = cells(row, order)
        while not line[0]:
            line.pop(0)
        lines.append(line)
    head = ["| 项目名称 | 渠系配套改造 |||||", "| 实施单位 | 青石县水利局 |||||"]
    return "\n".join([*head, *("| " + " | ".join(line) + " ||" for line in lines)])


def cell_per_line(order: tuple[str, ...], heads: dict[str, str]) -> str:
    """Every cell on a line of its own after a tab; a blank line parts rows."""
    lines = [
        ["项目名称", "渠系配套改造"],
        ["实施单位", "青石县水利局"],
        [*LEVELS, *(heads[k] for k in order)],
        *(cells(r, order) for r in ROWS),
    ]
    return "\n\n".join("\n".join("\t" + c for c in line) for line in lines)


def stream(order: tuple[str, ...], heads: dict[str, str]) -> str:
    """A cell per line, no row ends; merged cells vanish, empty ones are a no-break space."""
    out = [
        "项目名称",
        "渠系配套改造",
        "实施单位",
        "青石县水利局",
        *LEVELS,
        *(heads[k] for k in order),
    ]
    for row in ROWS:
        line = cells(row, order)
        while not line[0]:
            line.pop(0)
        out += [c or "\u00a0" for c in line]
    return "\n\n".join(out)


def span_below(rows: tuple[Printed, ...], level: str) -> int:
    """How many rows a merged cell of the first of these rows reaches."""
    below = itertools.takewhile(lambda row: not getattr(row, level), rows[1:])
    return 1 + len(list(below))


def html(order: tuple[str, ...], heads: dict[str, str]) -> str:
    body = []
    for index, row in enumerate(ROWS):
        levels = [
            f'<td rowspan="{span_below(ROWS[index:], level)}">{getattr(row, level)}</td>'
            for level in ("level1", "level2")
            if getattr(row, level)
        ]
        rest = [f"<td>{c}</td>" for c in cells(row, order)[2:]]
        body.append("<tr>" + "".join([*levels, *rest]) + "</tr>")
    header = "".join(f"<th>{h}</th>" for h in [*LEVELS, *(heads[k] for k in order)])
    return (
        "<html><body><table><tr><td>项目名称</td><td colspan=6>渠系配套改造</td></tr>"
        "<tr><td>实施单位</td><td colspan=6>青石县水利局</td></tr>"
        f"<tr>{header}</tr>{''.join(body)}</table></body></html>"
    )


def spaces(order: tuple[str, ...], heads: dict[str, str]) -> str:
    """Single spaces part the cells; merged and empty cells leave nothing."""
    lines = [[*LEVELS, *(heads[k] for k in order)], *(cells(r, order) for r in ROWS)]
    head = ["项目名称 渠系配套改造", "实施单位 青石县水利局"]
    return "\n".join([*head, *(" ".join(c for c in line if c) for line in lines)])


def bar_after_cell(order: tuple[str, ...], heads: dict[str, str]) -> str:
    """A cell per line with a bar after it; doubled bars end a row; empty cells are a space."""
    lines = [
        ["项目名称", "渠系配套改造"],
        ["实施单位", "青石县水利局"],
        [*LEVELS, *(heads[k] for k in order)],
    ]
    for row in ROWS:
        line = cells(row, order)
        while not line[0]:
            line.pop(0)
        lines.append(line)
    return "\n".join(
        "\n".join([*(f"{c or ' '} |" for c in line[:-1]), f"{line[-1] or ' '} ||", "|"])
        for line in lines
    )


def unparted(order: tuple[str, ...], heads: dict[str, str]) -> str:
    """Nothing between the cells; only a name and its value can be told apart that way."""
    lines = ["项目名称渠系配套改造", "实施单位青石县水利局", "一级指标二级指标三级指标指标值"]
    for row in ROWS:
        sign = row.sign if row.sign != "定性" else ""
        lines.append(f"{row.level1}{row.level2}{row.name}{sign}{row.value}{row.measure}")
    return "\n".join(lines)


def one_line(order: tuple[str, ...], heads: dict[str, str]) -> str:
    """The whole table on one line, parted by spaces."""
    return spaces(order, heads).replace("\n", " ")


def cut_by_page(order: tuple[str, ...], heads: dict[str, str]) -> str:
    """Text of a narrow page: every cell is cut after a few characters."""
    out = ["项目名称", "渠系配套改", "造", "实施单位", "青石县水利", "局", *LEVELS, "指标值"]
    for row in ROWS:
        sign = row.sign if row.sign != "定性" else ""
        for cell in (row.level1, row.level2, row.name, f"{sign}{row.value}{row.measure}"):
            width = 5 if cell != f"{sign}{row.value}{row.measure}" else 12
            out += [cell[k : k + width] for k in range(0, len(cell), width)]
    return "\n".join(out)


LAYOUTS = {
    "tabs": tabs,
    "bars": bars,
    "cells": cell_per_line,
    "stream": stream,
    "html": html,
    "spaces": spaces,
    "bar after cell": bar_after_cell,
    "one line": one_line,
}
WITHOUT_COLUMNS = {"unparted": unparted, "cut by the page": cut_by_page}
ORDERS = [
    ("sign", "value", "measure", "weight"),
    ("measure", "sign", "value", "weight"),
    ("value", "measure", "sign", "weight"),
    ("weight", "sign", "value", "measure"),
]
SYNONYMS = [
    HEADS,
    {"sign": "指标性质", "value": "目标值", "measure": "计量单位", "weight": "分值"},
    {"sign": "指标值类型", "value": "年度指标值", "measure": "度量单位", "weight": "指标分值权重"},
    {"sign": "指标方向性", "value": "指标值", "measure": "计量单位", "weight": "分值（100）"},
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("order", ORDERS, ids="-".join)
@pytest.mark.parametrize("heads", SYNONYMS, ids=lambda h: h["sign"])
def test_every_layout_gives_the_same_rows(
    layout: str, order: tuple[str, ...], heads: dict[str, str]
) -> None:
    (project,) = read(LAYOUTS[layout](order, heads))
    assert (project.name, project.unit) == ("渠系配套改造", "青石县水利局")
    assert seen(project.indicators) == EXPECTED
    assert [i.weight for i in project.indicators] == [20, 10, 10, 10, 30, 10]


@pytest.mark.parametrize("layout", WITHOUT_COLUMNS)
def test_names_and_values_that_nothing_parts(layout: str) -> None:
    (project,) = read(WITHOUT_COLUMNS[layout](ORDERS[0], HEADS))
    assert (project.name, project.unit) == ("渠系配套改造", "青石县水利局")
    assert seen(project.indicators) == EXPECTED


def test_signs_and_directions_are_told_apart_by_content() -> None:
    text = (
        "三级指标\t指标性质\t指标方向\t目标值\t计量单位\n"
        "抽检批次\t正向\t=\t860\t批次\n差错率\t反向\t≤\t0.5\t%\n处置率\t正向\t≥\t98\t%\n"
    ).replace("三级指标", "二级指标\t三级指标", 1)
    text = text.replace("\n抽检", "\n数量指标\t抽检").replace("\n差错", "\n质量指标\t差错")
    text = text.replace("\n处置", "\n\t处置")
    (project,) = read(text)
    assert [i.value.operator.value for i in project.indicators] == ["=", "≤", "≥"]
    assert [i.value.measure for i in project.indicators] == ["批次", "%", "%"]


def test_a_centred_label_does_not_decide_the_parent() -> None:
    text = (
        "一级指标 | 二级指标 | 三级指标 | 指标值 ||\n"
        "数量指标 | 培训人次 | 500人次 ||\n"
        "培训班次 | 8期 ||\n"
        "产出指标 | 质量指标 | 培训合格率 | ≥90% ||\n"
        "满意度指标 | 服务对象满意度指标 | 学员满意度 | ≥95% ||\n"
    )
    (project,) = read(text)
    assert [i.level1_raw for i in project.indicators] == ["产出指标"] * 3 + ["满意度指标"]
    assert [i.level2_raw for i in project.indicators][:2] == ["数量指标"] * 2


def test_a_self_evaluation_never_takes_the_achieved_value() -> None:
    text = (
        "项目名称\t图书采购\n一级指标\t二级指标\t三级指标\t分值\t年度指标值\t实际完成值\t得分\n"
        "产出指标\t数量指标\t采购图书\t10\t≥500册\t480册\t9.6\n"
    )
    (project,) = read(text)
    (row,) = project.indicators
    assert (row.value.number, row.actual, row.weight) == (500, "480册", 10)
    assert project.form is Form.SELF_EVALUATION


def test_a_flat_export_gives_one_project_per_name() -> None:
    text = (
        "单位名称,项目名称,预算数（元）,年度,年度目标,一级指标,二级指标,三级指标,指标值\n"
        "青石县水利局,渠系改造,125000,2026,改造12公里,产出指标,数量指标,渠道长度,≥12公里\n"
        ",,,,,,质量指标,合格率,=100%\n"
        ",泵站维护,80000,2026,,产出指标,数量指标,泵站数量,3座\n"
        "青石县林业局,造林,60000,2026,,产出指标,数量指标,造林面积,≥300亩\n"
    )
    projects = parse_bytes(text.encode(), "all.csv").projects
    assert [(p.unit, p.name, p.budget_wan, p.year, len(p.indicators)) for p in projects] == [
        ("青石县水利局", "渠系改造", 12.5, 2026, 2),
        ("青石县水利局", "泵站维护", 8.0, 2026, 1),
        ("青石县林业局", "造林", 6.0, 2026, 1),
    ]
    assert projects[0].indicators[1].source.row == 3
    assert [[g.text for g in p.goals] for p in projects] == [["改造12公里"], [], []]


def test_townships_in_columns_give_one_record_each() -> None:
    text = (
        "项目名称\t物资储备\n二级指标\t三级指标\t柏树镇\t石桥乡\n"
        "数量指标\t储备点（个）\t2\t1\n质量指标\t验收合格率\t>=95%\t>=90%\n"
    )
    (project,) = read(text)
    assert [(i.name, i.area, i.value.number) for i in project.indicators] == [
        ("储备点（个）", "柏树镇", 2),
        ("储备点（个）", "石桥乡", 1),
        ("验收合格率", "柏树镇", 95),
        ("验收合格率", "石桥乡", 90),
    ]


def test_totals_stars_numbers_and_unused_rows() -> None:
    text = (
        "一级指标\t二级指标\t三级指标\t指标值\n"
        "产出指标\t数量指标\t★指标1：补助户数（≥**户）\t≥58户\n\t\t指标2：\t\n\t\t……\t\n"
        "\t质量指标\t\t\n总分\t\t\t100\n"
    )
    parsed = parse_bytes(text.encode(), "a.txt")
    assert [i.name for p in parsed.projects for i in p.indicators] == ["补助户数"]
    assert [n.place for n in parsed.notes] == ["line 3", "line 4", "line 5"]


def test_money_in_yuan_becomes_wan() -> None:
    text = (
        "金额单位：元\n项目名称\t图书采购\n年度资金总额\t553,500.00\n"
        "二级指标\t三级指标\t指标值\n数量指标\t采购图书\t≥500册\n"
    )
    assert read(text)[0].budget_wan == 55.35


def test_whole_unit_tables_have_no_project_name() -> None:
    text = (
        "2026年部门整体支出绩效目标表\n填报单位(盖章): 青石县水利局\n"
        "年度履职目标\t<p>管好水</p> <p>用好水</p>\n"
        "二级指标\t三级指标\t指标值\n数量指标\t巡查次数\t≥12次\n"
    )
    (project,) = read(text)
    assert (project.kind, project.name, project.year) == (ProjectKind.WHOLE_UNIT, "", 2026)
    assert project.goal == "管好水 用好水"


def test_goal_of_the_year_beside_the_medium_term_goal() -> None:
    head = "项目名称 渠系改造 总体目标 中期目标 年度目标 三年建成 今年建成12公里"
    table = "一级指标 二级指标 三级指标 指标值 产出指标 数量指标 渠道长度 ≥12公里"
    text = "\n\n".join([*head.split(), *table.split()])
    assert read(text)[0].goal == "今年建成12公里"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_and_line_ends(encoding: str) -> None:
    text = tabs(ORDERS[0], HEADS).replace("\n", "\r\n")
    (project,) = parse_bytes(text.encode(encoding), "x.txt").projects
    assert seen(project.indicators) == EXPECTED


def test_a_head_of_two_rows_with_a_cell_per_line() -> None:
    """The lower row is wider: cells merged to the right leave nothing in the upper one."""
    top = (*LEVELS, "绩效指标值", "权重")
    below = ("", "", "", "计算符号", "指标值", "度量单位", "")
    lines = [top, below, *(cells(r, ("sign", "value", "measure", "weight")) for r in ROWS)]
    text = "\n\n".join("\n".join(f"\t{cell}" for cell in line) for line in lines)
    (project,) = read(text)
    assert seen(project.indicators) == EXPECTED
    assert [i.weight for i in project.indicators] == [float(r.weight) for r in ROWS]
