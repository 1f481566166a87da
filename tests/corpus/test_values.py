"""Target values: every pattern met in public disclosures."""

from typing import Any

import pytest

from corpus.records import MeasureFrom, ValueKind
from corpus.values import parse_value, shows_scan_damage, value_text


@pytest.mark.parametrize(
    ("raw", "operator", "number", "measure"),
    [
        ("≥95%", "≥", 95, "%"),
        ("≥95％", "≥", 95, "%"),
        ("≥９５％", "≥", 95, "%"),
        ("﹥60%", ">", 60, "%"),
        ("≤人民币50万元", "≤", 50, "万元"),
        ("≤上年的95%", "≤", 95, "%"),
        ("≤1NTU", "≤", 1, "NTU"),
        ("≤55dB(A)", "≤", 55, "dB(A)"),
        ("≥ 95 %", "≥", 95, "%"),
        (">=95%", "≥", 95, "%"),
        ("》=95%", "≥", 95, "%"),
        ("≧735人次", "≥", 735, "人次"),
        ("≥=95%", "≥", 95, "%"),
        ("≦380万", "≤", 380, "万"),
        ("<=6962人", "≤", 6962, "人"),
        ("═100%", "=", 100, "%"),
        ("＝100%", "=", 100, "%"),
        ("=100.00(%)", "=", 100, "%"),
        ("=11.00（个）", "=", 11, "个"),
        ("<4.2%", "<", 4.2, "%"),
        ("±3%以内", "±", 3, "%"),
        ("不少于10年", "≥", 10, "年"),
        ("不低于85%", "≥", 85, "%"),
        ("至少3次", "≥", 3, "次"),
        ("大于90%", ">", 90, "%"),
        ("大于等于90%", "≥", 90, "%"),
        ("超过5场", ">", 5, "场"),
        ("不超过15个工作日", "≤", 15, "个工作日"),
        ("小于5%", "<", 5, "%"),
        ("不高于5%", "≤", 5, "%"),
        ("312万元以内", "≤", 312, "万元"),
        ("90%以上", "≥", 90, "%"),
        ("95%（含）以上", "≥", 95, "%"),
        ("3个以上（含3个）", "≥", 3, "个"),
        ("60%以下", "≤", 60, "%"),
        ("24小时内", "≤", 24, "小时"),
        ("15个工作日内", "≤", 15, "个工作日"),
        ("全年编发数达到48期以上", "≥", 48, "期"),
        ("稳定岗位不少于900个", "≥", 900, "个"),
        ("不超过研发投入的20%", "≤", 20, "%"),
        ("接到报修后2小时内到达", "≤", 2, "小时"),
        ("年度预算220万元", "", 220, "万元"),
        ("37个基层医疗机构", "", 37, "个"),
        ("63人", "", 63, "人"),
        ("100%", "", 100, "%"),
        ("0", "", 0, ""),
        ("0.00", "", 0, ""),
        ("3,256.78", "", 3256.78, ""),
        ("1 286户", "", 1286, "户"),
        ("≥1,500.00万元", "≥", 1500, "万元"),
        ("≤0.5 ", "≤", 0.5, ""),
        ("-5%", "", -5, "%"),
        ("≥.5万元", "≥", 0.5, "万元"),
        ("1.45万人", "", 1.45, "万人"),
        ("2400台/件", "", 2400, "台/件"),
        ("≥380家次", "≥", 380, "家次"),
        ("≤80元/户·月", "≤", 80, "元/户·月"),
        ("530元/人·月", "", 530, "元/人·月"),
        ("≤860元/人/月", "≤", 860, "元/人/月"),
        ("17元/人.每天", "", 17, "元/人.每天"),
        ("≤46.5万元/公里", "≤", 46.5, "万元/公里"),
        ("≤620万/月", "≤", 620, "万/月"),
        ("≥100百分比", "≥", 100, "百分比"),
        ("4.5‰", "", 4.5, "‰"),
        ("32万头（只）", "", 32, "万头（只）"),
        ("5000余亩", "", 5000, "余亩"),
        ("2个村", "", 2, "个村"),
        ("3套方案", "", 3, "套"),
        ("≥0.565km", "≥", 0.565, "km"),
        ("≥90%%", "≥", 90, "%"),
        ("2023年≥95%", "≥", 95, "%"),
        ("12345热线办结率≥95%", "≥", 95, "%"),
    ],
)
def test_numbers(raw: str, operator: str, number: float, measure: str) -> None:
    value = parse_value(raw)
    assert value.kind is ValueKind.NUMERIC
    assert not value.unreadable
    assert (value.operator, value.number, value.measure) == (operator, number, measure)
    assert value.measure_from is (MeasureFrom.VALUE if measure else MeasureFrom.NONE)


@pytest.mark.parametrize(
    ("raw", "low", "high", "measure"),
    [
        ("800-1500元/人", 800, 1500, "元/人"),
        ("89～94元/人", 89, 94, "元/人"),
        ("5%-8%", 5, 8, "%"),
        ("800元—1500元/人", 800, 1500, "元/人"),
        ("3至5天", 3, 5, "天"),
    ],
)
def test_ranges(raw: str, low: float, high: float, measure: str) -> None:
    value = parse_value(raw)
    assert (value.number, value.number_high, value.measure) == (low, high, measure)


@pytest.mark.parametrize(
    ("raw", "row", "deadline"),
    [
        ("2023年12月31日", {}, "2023-12-31"),
        ("2025年11月30日前", {}, "2025-11-30"),
        ("2026-12-31 00:00:00", {}, "2026-12-31"),
        ("2020.1.1-2020.12.31", {}, "2020-12-31"),
        ("2021年1月-12月", {}, "2021-12"),
        ("2020年1月--2020年11月", {}, "2020-11"),
        ("2021年全年", {}, "2021-12"),
        ("2023年底", {}, "2023-12"),
        ("8月25日前", {}, "08-25"),
        ("年底前完成", {}, "12"),
        ("12月底到位", {}, "12"),
        ("5月底前、10月底前", {}, "10"),
        ("分两批于6月、11月拨付", {"level2": "时效指标"}, "11"),
        ("每月15日前", {}, ""),
        ("每季度末", {}, ""),
        ("次月15日前", {}, ""),
        ("预计于2021年2月完工", {}, "2021-02"),
        ("≤12月", {"name": "维护任务完成时限"}, "12"),
        ("≤10月", {"level2": "时效指标"}, "10"),
        ("202601-202612", {"name": "完成时间"}, "2026-12"),
        ("第三季度末", {"name": "完成时间"}, "09"),
        ("46,356", {"name": "抽检任务完成时间", "measure": "46,356"}, "2026-11-30"),
        ("46356", {"name": "完成时间", "year": 2026}, "2026-11-30"),
        ("规定时间内完成节目", {"level2": "时效指标"}, ""),
        ("2023", {"name": "完成时间"}, "2023-12"),
    ],
)
def test_deadlines(raw: str, row: dict[str, Any], deadline: str) -> None:
    value = parse_value(raw, **row)
    assert (value.kind, value.deadline) == (ValueKind.DEADLINE, deadline)
    assert value.number is None and value.measure == ""


@pytest.mark.parametrize(
    ("raw", "row"),
    [
        ("≤12月", {"name": "发放月数"}),
        ("≥12月", {"name": "持续时间"}),
        ("12", {"name": "完成时限（月）", "sign": "≤", "measure": "月"}),
        ("46,356", {"name": "投诉数量"}),
        ("46,356", {"name": "完成时间", "measure": "件"}),
        ("46,356", {"name": "完成时间", "year": 2016}),
        ("1年", {"level2": "时效指标"}),
        ("15个工作日", {"level2": "时效指标"}),
        ("12月底前拨付100%", {"name": "资金拨付及时率"}),
    ],
)
def test_what_is_no_deadline(raw: str, row: dict[str, Any]) -> None:
    assert parse_value(raw, **row).kind is ValueKind.NUMERIC


@pytest.mark.parametrize(
    "raw",
    [
        "良好",
        "有所提升",
        "优良中低差",
        "优",
        "达标",
        "超支",
        "不足",
        "不高于中标价",
        "控制在预算内",
        "全覆盖",
        "完成1部宣传片,2套方案",
        "长约1公里,宽3.5米",
        "3A级",
        "7×24小时",
        "1:3",
        "95%,100%",
        "第3名",
        "≥2023年水平",
        "十万元",
        "1.2.3",
        "9999999999999999999999",
    ],
)
def test_words(raw: str) -> None:
    value = parse_value(raw)
    assert value.kind is ValueKind.QUALITATIVE
    assert value.number is None and not value.unreadable


@pytest.mark.parametrize(
    ("raw", "operator", "measure"),
    [
        ("", "", ""),
        (" \n", "", ""),
        ("/", "", ""),
        ("-", "", ""),
        ("——", "", ""),
        ("无", "", ""),
        ("*", "", ""),
        ("**", "", ""),
        ("待定", "", ""),
        ("密文", "", ""),
        ("≥**人", "≥", "人"),
        ("≥XX%", "≥", "%"),
        ("≧%", "≥", "%"),
        ("公里", "", "公里"),
    ],
)
def test_nothing(raw: str, operator: str, measure: str) -> None:
    value = parse_value(raw, sign="≥", measure="个")
    assert value.kind is ValueKind.EMPTY
    assert (value.operator, value.measure, value.number) == (operator, measure, None)


@pytest.mark.parametrize(
    ("raw", "row"),
    [
        ("1O00人次", {}),
        ("!00%", {}),
        ("00%", {}),
        ("□95%", {}),
        ("#REF!", {}),
        ("#DIV/0!", {}),
        ("≥95‰o", {}),
        ("l00%", {}),
        ("二95%", {}),
        ("扁2200篇", {}),
        ("到0次", {}),
        ("第O份", {}),
        ("M.8万元", {}),
        ("?95%", {}),
        ("≥9%%", {}),
        ("1 00%", {}),
        ("10215%", {}),
        ("290%", {"name": "良种检测合格率"}),
        ("2600亩", {"scanned": True}),
        ("215%", {"name": "亩均增产", "scanned": True}),
        ("524小时", {"name": "修复时限", "scanned": True}),
        (".95%", {"name": "合格率"}),
        ("2-95%", {"name": "合格率"}),
    ],
)
def test_damage_is_never_guessed(raw: str, row: dict[str, Any]) -> None:
    value = parse_value(raw, **row)
    assert value.unreadable and value.kind is ValueKind.NUMERIC
    assert value.number is None and value.canonical_number is None
    assert (value.operator, value.measure) == ("", "")
    assert value_text(value) == raw


@pytest.mark.parametrize(
    ("raw", "row"),
    [
        ("2600亩", {}),
        ("200次", {"scanned": True}),
        ("524小时", {}),
        ("524人", {"scanned": True}),
        ("2-5%", {"name": "增长率"}),
        ("2,600亩", {"scanned": True}),
        ("≥2600亩", {"scanned": True}),
        ("26", {"scanned": True, "sign": "≥"}),
        ("215%", {"name": "产值增长率"}),
        ("120%", {"name": "满意度"}),
    ],
)
def test_what_looks_odd_but_is_readable(raw: str, row: dict[str, Any]) -> None:
    assert parse_value(raw, **row).number is not None


def test_a_lone_sign_lost_its_number() -> None:
    value = parse_value(">")
    assert value.unreadable and value.kind is ValueKind.EMPTY and value.number is None


def test_scan_damage_of_a_document() -> None:
    assert shows_scan_damage([parse_value("5个"), parse_value("1O00人次")])
    assert shows_scan_damage([parse_value("290%", name="合格率")])
    assert not shows_scan_damage(
        [parse_value("#REF!"), parse_value("≥9%%"), parse_value(">"), parse_value("2600亩")]
    )


@pytest.mark.parametrize(
    ("raw", "row", "echo"),
    [
        ("广告宣传数量", {"name": "广告宣传数量"}, True),
        ("广告宣传数量。", {"name": "广告宣传数量"}, True),
        ("服务对象的满意度", {"name": "服务对象满意度"}, True),
        ("维护系统设备", {"name": "维护系统设备（台）"}, True),
        ("ＡＰＰ 推广", {"name": "app推广"}, True),
        ("按预期进度完成情况", {"name": "项目报告", "description": "按预期进度完成情况"}, True),
        ("社会效益指标率", {"name": "社会效益显著", "level2": "社会效益指标"}, True),
        ("社会效益", {"name": "影响", "level2": "社会效益指标"}, True),
        ("检测维修设备数量", {"name": "维护系统设备（台）"}, False),
        ("观众人次", {"name": "社会影响力"}, False),
        ("良好", {"name": "社会影响力", "level2": "社会效益指标"}, False),
        ("1年", {"name": "1年"}, False),
    ],
)
def test_echo(raw: str, row: dict[str, Any], echo: bool) -> None:
    assert parse_value(raw, **row).echo is echo


@pytest.mark.parametrize(
    ("raw", "row", "expected", "text"),
    [
        ("50000", {"sign": "≥", "measure": "人"}, ("≥", 50000, "人", "column"), "≥50000人"),
        ("95", {"sign": "大于等于", "measure": "（％）"}, ("≥", 95, "%", "column"), "≥95%"),
        ("90%", {"sign": "≥", "measure": "%"}, ("≥", 90, "%", "both"), "≥90%"),
        ("5万", {"sign": "≥", "measure": "次"}, ("≥", 5, "万次", "column"), "≥5万次"),
        ("5万", {"measure": "万次"}, ("", 5, "万次", "column"), "5万次"),
        ("≤5", {"sign": "≥", "measure": "个"}, ("≤", 5, "个", "column"), "≤5个"),
        ("95以上", {"measure": "%"}, ("≥", 95, "%", "column"), "95%以上"),
        ("全年完成48期", {"sign": "≥"}, ("≥", 48, "期", "value"), "全年完成≥48期"),
        ("2", {"name": "储备点（个）"}, ("", 2, "个", "name"), "2个"),
        ("85", {"name": "成活率%"}, ("", 85, "%", "name"), "85%"),
        ("42.5", {"name": "大棚面积（≥**亩）"}, ("", 42.5, "亩", "name"), "42.5亩"),
        ("7", {"name": "数量（个）", "measure": "/"}, ("", 7, "个", "name"), "7个"),
        ("7", {"name": "会议(全市)", "measure": "-"}, ("", 7, "", ""), "7"),
    ],
)
def test_columns_and_names(
    raw: str, row: dict[str, Any], expected: tuple[str, float, str, str], text: str
) -> None:
    value = parse_value(raw, **row)
    got = (value.operator, value.number, value.measure, value.measure_from)
    assert got == expected
    assert value_text(value) == text


def test_a_qualitative_sign_has_no_operator() -> None:
    value = parse_value("健康向上", sign="定性")
    assert (value.kind, value.operator) == (ValueKind.QUALITATIVE, "")
    deadline = parse_value("2026年4月底前", sign="定性")
    assert (deadline.kind, deadline.operator) == (ValueKind.DEADLINE, "")


def test_an_excel_day_is_read_as_its_date() -> None:
    value = parse_value("46,356", name="完成时间", sign="=", measure="46,356")
    assert value_text(value) == "=2026-11-30"
    assert value.operator == "="


@pytest.mark.parametrize(
    ("raw", "row", "number", "measure"),
    [
        ("5万次", {}, 50000, "次"),
        ("1.2万人", {}, 12000, "人"),
        ("3万余份", {}, 30000, "份"),
        ("80.00万元", {}, 80, "万元"),
        ("553500元", {}, 55.35, "万元"),
        ("2.6亿元", {}, 26000, "万元"),
        ("35万", {"level2": "成本指标"}, 35, "万元"),
        ("17.8万", {"name": "粉丝数量"}, 178000, ""),
        ("46.5万元/公里", {}, 465000, "元/公里"),
        ("310元/平方米", {}, 310, "元/平方米"),
        ("620万/月", {"level2": "成本指标"}, 6200000, "元/月"),
        ("17元/人.每天", {}, 17, "元/人·天"),
        ("860元/人/月", {}, 860, "元/人·月"),
        ("每亩300元", {}, 300, "元/亩"),
        ("每年1次", {}, 1, "次/年"),
        ("100百分比", {}, 100, "%"),
        ("4.5‰", {}, 4.5, "‰"),
        ("15个工作日", {}, 15, "工作日"),
        ("6个月", {}, 6, "月"),
        ("3日", {}, 3, "天"),
        ("120㎡", {}, 120, "平方米"),
        ("2千米", {}, 2, "公里"),
    ],
)
def test_canonical(raw: str, row: dict[str, Any], number: float, measure: str) -> None:
    value = parse_value(raw, **row)
    assert value.canonical_number == pytest.approx(number)
    assert value.canonical_measure == measure


def test_line_breaks_inside_a_cell_are_joined() -> None:
    value = parse_value(" ≥9\n5% \r\n")
    assert (value.raw, value.number) == ("≥95%", 95)
