"""Forms met in documents that were written down before they were read; see `hand_written`."""

import pytest

from corpus.parse import parse_bytes
from corpus.records import ValueKind
from corpus.values import parse_value
from errors import NoTableError
from tests.corpus.hand_written import differences

HEADS = "一级指标\t二级指标\t三级指标\t指标值"
ROWS = "产出指标\t数量指标\t保洁长度\t≥120公里\n\t质量指标\t保洁合格率\t≥95%"
SAID = "数量指标|保洁长度|≥120公里|120\n质量指标|保洁合格率|≥95%|95"
ABOVE = (("项目名称", "河道保洁"), (*HEADS.split("\t"), "备注"))
BELOW = tuple(tuple(row.split("\t")) for row in ROWS.replace("\n\t", "\n").splitlines())
BEFORE_BARS = "".join(
    "".join(f"|\n{cell}\n" for cell in row).rstrip("\n") + " ||\n"
    for row in (*ABOVE, (*BELOW[0], ""), (*BELOW[1], "抽查"))
)
LEDGER = """
单位 | 项目名称 | 预算数 | 年度目标 | 绩效指标
一级指标 | 二级指标 | 三级指标 | 指标值
云山县水利局 | 河道保洁 | 12.5 | 保洁120公里。 | 产出指标 | 数量指标 | 保洁长度 | ≥120公里
产出指标 | 质量指标 | 保洁合格率 | ≥95%
"""
SATISFACTION = "满意度指标\n服务对象\n满意度指标\n居民满意度\n≥90%"
PAGE_NUMBER = "\n".join(
    (*ABOVE[0], *ABOVE[1][:-1], *BELOW[0], "", "21", "", *BELOW[1], SATISFACTION)
)


def test_bars_that_stand_before_their_cells() -> None:
    assert differences(BEFORE_BARS, "project=河道保洁", SAID) == []


def test_bars_on_lines_of_their_own() -> None:
    rows = ["项目名称\t河道保洁", HEADS, *ROWS.replace("\n\t", "\n").split("\n")]
    text = "".join(row.replace("\t", "\n|\n") + "\n||\n" for row in rows)
    assert differences(text, "project=河道保洁", SAID) == []


def test_upper_heads_as_many_as_lower_ones() -> None:
    text = LEDGER.replace("指标值\n", "指标值 | 备注\n").replace("公里\n", "公里 | 无\n")
    head = "project=河道保洁|unit=云山县水利局|budget=12.5|goal=保洁120公里。"
    assert differences(text.replace("95%", "95% | 无"), head, SAID) == []


def test_a_ledger_whose_header_has_two_rows() -> None:
    head = "project=河道保洁|unit=云山县水利局|budget=12.5|goal=保洁120公里。"
    assert differences(LEDGER, head, SAID) == []
    tabs = LEDGER.replace(" | ", "\t").replace("\n一级", "\n\t\t\t\t一级")
    assert differences(tabs.replace("\n产出", "\n\t\t\t\t产出"), head, SAID) == []


def test_a_page_number_between_blank_lines_is_no_part_of_a_value() -> None:
    rows = f"{SAID}\n服务对象满意度指标|居民满意度|≥90%|90"
    assert differences(PAGE_NUMBER, "", rows) == []


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("整体绩效目标", "goal"), ("实施期绩效目标", "goal"), ("预算部门", "unit"),
        ("县级主管部门", "unit"), ("省级主管部门", "unit"), ("资金使用单位", "unit"),
        ("用款单位", "unit"), ("填报部门（公章）", "unit"), ("部门：云山县水利局", "unit"),
        ("本年目标", "goal"), ("年度工作目标", "goal"), ("绩效总目标", "goal"),
    ],
)  # fmt: skip
def test_labels_of_the_head(label: str, field: str) -> None:
    text = f"项目名称\t河道保洁\n{label}\t云山县水利局\n{HEADS}\n{ROWS}\n"
    assert differences(text, f"{field}=云山县水利局", SAID) == []


def test_the_county_stands_before_the_province() -> None:
    body = f"\n{HEADS}\n{ROWS}\n"
    above = "项目名称\t河道保洁\n省级主管部门\t某某省水利厅\t县级主管部门\t云山县水利局"
    assert differences(above + body, "unit=云山县水利局", SAID) == []
    above = "项目名称\t河道保洁\n中央主管部门\t水利部\t省级主管部门\t某某省水利厅"
    assert differences(above + body, "unit=某某省水利厅", SAID) == []


def test_the_unit_of_a_paragraph_stands_beside_that_of_money() -> None:
    page = (
        "<p>416001云山县水利局\t\t单位：万元</p><table><tr><td>项目名称</td><td>河道保洁</td></tr>"
    )
    body = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in line.split(chr(9)))}</tr>"
        for line in f"{HEADS}\n{ROWS}".splitlines()
    )
    (project,) = parse_bytes(f"<html>{page}{body}</table></html>".encode(), "a.html").projects
    assert (project.unit, project.unit_code) == ("云山县水利局", "416001")


def test_the_unit_of_a_line_of_its_own_stands_above_that_of_money() -> None:
    cells = ("416001云山县水利局", "单位：万元", "项目名称", "河道保洁")
    text = "\n\n".join((*cells, *HEADS.split("\t"), *ROWS.replace("\n\t", "\t").split("\t")))
    assert differences(text, "unit=云山县水利局|project=河道保洁", SAID) == []


def test_of_medium_term_and_annual_names_the_annual_ones_are_taken() -> None:
    text = (
        "项目名称\t河道保洁\n一级指标\t二级指标\t三级指标\t中期指标值\t三级指标\t年度指标值\n"
        "产出指标\t数量指标\t三年保洁长度\t360公里\t保洁长度\t≥120公里\n"
        "产出指标\t质量指标\t三年合格率\t98%\t保洁合格率\t≥95%\n"
    )
    assert differences(text, "", SAID) == []


def test_two_tables_side_by_side_are_two_projects() -> None:
    """Neither is lost, and none is given the other's rows."""
    beside = "\n".join(
        f"{one}\t{two}"
        for one, two in zip(
            f"项目名称\t河道保洁\t\t\n{HEADS}\n{ROWS}".splitlines(),
            f"项目名称\t公园绿化\n{HEADS}\n{ROWS}".replace("保洁", "绿化").splitlines(),
            strict=True,
        )
    )
    projects = parse_bytes(beside.encode(), "a.txt").projects
    assert [(p.name, [i.name for i in p.indicators]) for p in projects] == [
        ("河道保洁", ["保洁长度", "保洁合格率"]),
        ("公园绿化", ["绿化长度", "绿化合格率"]),
    ]


def test_a_table_that_nobody_filled_in_is_called_so() -> None:
    text = f"项目名称\t\n{HEADS}\n产出指标\t数量指标\t\t\n\t质量指标\t指标1：\t\n"
    with pytest.raises(NoTableError, match="only its template"):
        parse_bytes(text.encode(), "a.txt")


@pytest.mark.parametrize("raw", ["2025年春节前", "每学期开学前", "入汛前"])
def test_days_without_a_date_of_their_own(raw: str) -> None:
    assert parse_value(raw, name="资金到位时间", level2="时效指标").kind is ValueKind.DEADLINE


NUMBERED = """
某某县融媒体中心2026年度预算项目绩效目标
项目名称：应急广播运行维护
1、产出指标
1.1 数量指标
维护发射机14部；巡检广播终端≥1,150个。
1.2 质量指标
安全播出率≥99.9%。
2、满意度指标
2.1 服务对象满意度指标
听众满意度≥93%。
"""


def test_levels_as_numbered_headings_of_sentences() -> None:
    rows = """
数量指标|维护发射机|14部|14
数量指标|巡检广播终端|≥1,150个|1150
质量指标|安全播出率|≥99.9%|99.9
服务对象满意度指标|听众满意度|≥93%|93
"""
    assert differences(NUMBERED, "project=应急广播运行维护|year=2026", rows) == []


NOTICE = """
云山县水利局关于河道保洁项目绩效目标的公示
一、绩效目标
保洁河道120公里。
二、绩效指标
数量指标：保洁长度≥120公里；质量指标：保洁合格率≥95%。
社会效益：群众知晓率≥90%。
2026年2月20日
"""


def test_a_notice_with_a_level_without_its_suffix_and_a_date_below() -> None:
    rows = f"{SAID}\n社会效益|群众知晓率|≥90%|90"
    assert differences(NOTICE, "project=河道保洁项目|year=2026|goal=保洁河道120公里。", rows) == []


def test_several_labels_in_one_line() -> None:
    above = "<p>项目名称：河道保洁</p><p>实施单位：云山县水利局　　预算金额：12.5万元</p>"
    body = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in line.split(chr(9)))}</tr>"
        for line in f"{HEADS}\n{ROWS}".splitlines()
    )
    page = f"<html>{above}<table>{body}</table></html>".encode()
    assert differences(page, "unit=云山县水利局|budget=12.5", SAID, "a.html") == []


def test_a_head_on_the_line_of_the_header() -> None:
    text = (
        "项目绩效目标表 （2026年度） 项目名称 河道保洁 实施单位 云山县水利局 预算金额 12.5万元"
        " 年度目标 保洁120公里。 一级指标 二级指标 三级指标 指标值\n"
        "产出指标 数量指标 保洁长度 ≥120公里\n质量指标 保洁合格率 ≥95%\n"
    )
    head = "project=河道保洁|unit=云山县水利局|budget=12.5|year=2026|goal=保洁120公里。"
    assert differences(text, head, SAID) == []


def test_a_return_period_is_no_length_of_time() -> None:
    value = parse_value("达到20年一遇", name="河道防洪标准")
    assert (value.number, value.measure) == (20.0, "年一遇")


def test_columns_from_the_value_back_to_level_1_behind_a_running_number() -> None:
    """A total below is of no project; of two columns of units, the one that spends counts."""
    text = """
序号,主管部门,预算单位,项目名称,资金额度,总体绩效目标,指标值,三级指标,二级指标,一级指标
1,云山县水利局,云山县河道所,河道保洁,12.5,保洁120公里。,≥120公里,保洁长度,数量指标,产出指标
2,,,,,,≥95%,保洁合格率,质量指标,产出指标
3,,,,,,明显改善,河道环境,生态效益指标,效益指标
合计,,,,99.5,,,,,
"""
    head = "project=河道保洁|unit=云山县河道所|budget=12.5|goal=保洁120公里。"
    rows = f"{SAID}\n生态效益指标|河道环境|明显改善"
    assert differences(text.strip().encode(), head, rows, "a.csv") == []


def test_the_unit_of_money_between_the_header_and_the_first_row() -> None:
    text = f"项目名称\t河道保洁\t预算金额\t125000\n{HEADS}\n金额单位：元\n{ROWS}\n"
    assert differences(text, "project=河道保洁|budget=12.5", SAID) == []


def test_cost_is_a_level_2_where_the_annual_columns_repeat_it() -> None:
    heads = "一级指标 二级指标 三级指标 实施期指标值 二级指标 三级指标 年度指标值"
    rows = (
        "产出指标 数量指标 保洁长度 360公里 数量指标 保洁长度 ≥120公里"
        " 成本指标 保洁单价 2万元 成本指标 保洁单价 ≤1.8万元"
    )
    text = "\n\n".join(("项目名称", "河道保洁", *heads.split(), *rows.split()))
    (project,) = parse_bytes(text.encode(), "a.txt").projects
    assert [(i.level1_raw, i.level2_raw, i.value.number) for i in project.indicators] == [
        ("产出指标", "数量指标", 120.0),
        ("产出指标", "成本指标", 1.8),
    ]


def test_a_frequency_in_a_sentence_is_no_part_of_the_name() -> None:
    text = NOTICE.replace("保洁长度≥120公里", "开展巡查场次全年达到60场以上")
    rows = SAID.replace("保洁长度|≥120公里|120", "开展巡查场次|全年达到60场以上|60")
    assert differences(text, "", f"{rows}\n社会效益|群众知晓率|≥90%|90") == []


def test_rows_without_the_name_of_their_project_are_reported() -> None:
    text = f"单位名称\t项目名称\t{HEADS}\n云山县水利局\t\t{ROWS}".replace("\n\t质", "\n\t\t\t质")
    notes = [n.reason for n in parse_bytes(text.encode(), "a.txt").notes]
    assert any("without the name of their project: 2 indicators" in note for note in notes)


def test_rules_of_markdown_are_no_rows() -> None:
    rows = [f"| {' | '.join(row)} |" for row in (HEADS.split("\t"), *BELOW)]
    rule = "| :---: | :---: | --- | --- |"
    text = "\n".join(
        ("# 绩效目标表", "| 项目名称 | 河道保洁 | | |", rule, rows[0], rule, *rows[1:])
    )
    assert differences(text, "project=河道保洁", SAID) == []


def test_the_title_of_a_page_printed_again_beside_its_number() -> None:
    title = "云山县水利局2026年部门预算公开"
    text = f"{title}\n{PAGE_NUMBER}".replace("\n\n21\n\n", f"\n- 21 -\n{title}\n")
    rows = f"{SAID}\n服务对象满意度指标|居民满意度|≥90%|90"
    assert differences(text, "", rows) == []


def test_a_line_says_that_the_table_goes_on() -> None:
    text = f"项目名称\t河道保洁\n{HEADS}\n{ROWS}".replace("\n\t质量", "\n接上表\n\t质量")
    assert differences(text, "project=河道保洁", SAID) == []


def test_a_bar_alone_is_a_blank_cell_where_bars_stand_before_their_cells() -> None:
    heads = (*HEADS.split("\t")[:3], "备注", "分值", "实际完成值", "指标性质", "指标值", "度量单位")
    rows = (
        ("产出指标", "数量指标", "保洁长度", "", "10", "121公里", "≥", "120", "公里"),
        ("质量指标", "保洁合格率", "", "10", "96%", "≥", "95", "%"),
    )
    text = "".join(
        "".join(f"| {cell}".rstrip() + "\n" for cell in row) + "||\n"
        for row in (ABOVE[0], heads, *rows)
    )
    said = SAID.replace("≥", "").replace("公里", "").replace("%", "")
    assert differences(text, "project=河道保洁", said) == []


ONE_LINE = (
    "项目绩效目标表 项目名称 河道保洁 年度目标 保洁120公里。 绩效一级指标 二级指标 三级指标"
    " 指标性质 指标值 度量单位"
    " 产出指标 数量 保洁长度 = 120 公里 产出指标 数量 添置设备 = 24 台（套）"
    " 产出指标 质量 保洁合格率 ≥ 95 % 满意度指标 服务对象满意度 居民满意度 ≥ 90 %"
)


def test_levels_without_their_suffix_in_every_row_of_a_line() -> None:
    rows = """
数量|保洁长度|120|120
数量|添置设备|24|24
质量|保洁合格率|95|95
服务对象满意度|居民满意度|90|90
"""
    assert differences(ONE_LINE, "project=河道保洁|goal=保洁120公里。", rows) == []
    (project,) = parse_bytes(ONE_LINE.encode(), "a.txt").projects
    assert project.indicators[1].value.measure == "台（套）"


@pytest.mark.parametrize(
    ("cut", "value"),
    [("2026.05.\n31", "2026.05.31"), ("每年10月1日至\n次年5月31日", "每年10月1日至次年5月31日")],
)
def test_a_date_that_its_column_cuts(cut: str, value: str) -> None:
    row = f"{BELOW[1][-1]}\n时效指标\n防火值守期\n{cut}\n满意度指标"
    text = PAGE_NUMBER.replace("\n\n21\n\n", "\n").replace(f"{BELOW[1][-1]}\n满意度指标", row)
    rows = f"{SAID}\n时效指标|防火值守期|{value}\n服务对象满意度指标|居民满意度|≥90%|90"
    assert differences(text, "", rows) == []


def test_a_label_of_a_row_that_nobody_filled_in_is_no_name() -> None:
    heads = ("绩效指标", *HEADS.split("\t"), "权重", "备注")
    rows = [
        ("产出指标", "数量指标", "保洁长度", "≥120公里", "10", "无"),
        ("效益指标", "社会效益指标", "", "", "", ""),
    ]
    text = "\n||\n".join("|\n" + "\n|\n".join(row) for row in (ABOVE[0], heads, *rows)) + "\n||\n"
    assert differences(text, "project=河道保洁", SAID.splitlines()[0]) == []
