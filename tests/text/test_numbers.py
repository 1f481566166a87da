"""Numbers with their measure in running text, and amounts of money."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from text.numbers import parse_money_wan, quantities
from text.units import half_width, is_measure

SENTENCE = (
    "2023年，怀来电视台将保证《怀来新闻》播出240期，《新闻综述》52期，新闻720条，专题专栏100期。"
)


def _pairs(text: str) -> list[tuple[float, str]]:
    return [(found.number, found.measure) for found in quantities(text)]


def test_a_sentence_of_the_seeds() -> None:
    assert _pairs(SENTENCE) == [(240, "期"), (52, "期"), (720, "条"), (100, "期")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("粉丝量17.8万。", [(17.8, "万")]),
        ("预算17.8万元", [(17.8, "万元")]),
        ("满意度90%以上", [(90, "%")]),
        ("满意度９０％以上", [(90, "%")]),
        ("投入3,256.78万元", [(3256.78, "万元")]),
        ("补助标准600元/生·年", [(600, "元/生·年")]),
        ("每人17元/人.每天", [(17, "元/人.每天")]),
        ("免疫32万头（只）", [(32, "万头（只）")]),
        ("在15个工作日内办结", [(15, "个工作日")]),
        ("发放5万余份", [(5, "万余份")]),
        ("完成1部宣传片,2套方案", [(1, "部"), (2, "套")]),
        ("播出 240 期", [(240, "期")]),
        ("对58户脱贫户给予补助", [(58, "户")]),
    ],
)
def test_number_and_measure(text: str, expected: list[tuple[float, str]]) -> None:
    assert _pairs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2023年",
        "2021-2023年规划",
        "2023年12月底前完成",
        "6月、11月拨付",
        "H5作品",
        "5G网络",
        "二级等保",
        "第3期",
        "前3名",
        "《百度24小时排行》",
        "1.加强管理",
        "（一）加强管理",
        "1 286户",
        "7×24小时",
        "完成5，300人参加",
        "版本1.2.3个",
        "",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert quantities(text) == []


def test_a_range_has_both_ends() -> None:
    found = quantities("每人800-1500元/人，共5%-8%")
    assert [(q.number, q.high, q.measure) for q in found] == [
        (800, 1500, "元/人"),
        (5, 8, "%"),
    ]


@settings(deadline=None)
@given(st.text(alphabet="0123456789.,，年月日万元个%期《》第前 -/每人H至"))
def test_spans_are_what_they_say(text: str) -> None:
    found = quantities(text)
    for one in found:
        assert text[one.start : one.end] == one.text
        assert any(char.isdigit() for char in one.text)
        assert is_measure(one.measure)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(deadline=None)
@given(
    number=st.integers(0, 10**11).map(lambda fen: f"{fen / 100:.2f}"),
    measure=st.sampled_from(["期", "万元", "%", "元/人·月", "平方米", "个工作日", "人次"]),
    before=st.sampled_from(["播出", "全年不少于", "，", ""]),
)
def test_a_printed_number_is_found(number: str, measure: str, before: str) -> None:
    text = f"{before}{number}{measure}，其他"
    (found,) = quantities(text)
    assert (found.number, found.measure) == (float(number), measure)


@settings(deadline=None)
@given(st.text())
def test_half_width_keeps_places(text: str) -> None:
    assert len(half_width(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("553,500.00", "元", 55.35),
        ("386,400.00", "金额单位：元", 38.64),
        ("80.00万元", "", 80.0),
        ("80.00万元", "元", 80.0),
        ("180", "", 180.0),
        ("180", "（万元）", 180.0),
        ("2.5亿元", "元", 25000.0),
        ("1.2", "亿元", 12000.0),
        ("1 286.5", "万元", 1286.5),
        ("２３．５", "万元", 23.5),
        ("2023年预算 120 万元", "", 120.0),
        ("3人，5万元", "", 5.0),
        ("-5", "万元", -5.0),
        ("0", "元", 0.0),
        ("", "元", None),
        ("-", "万元", None),
        ("3人", "元", None),
        ("530元/人", "", None),
        ("无", "", None),
    ],
)
def test_money_in_wan(text: str, hint: str, expected: float | None) -> None:
    assert parse_money_wan(text, hint) == expected


@settings(deadline=None)
@given(st.integers(0, 10**11))
def test_grouped_yuan_and_wan_agree(fen: int) -> None:
    yuan = f"{fen / 100:,.2f}"
    amount = parse_money_wan(yuan, "元")
    assert amount is not None
    assert amount == pytest.approx(fen / 1e6, abs=1e-7)
    assert parse_money_wan(f"{yuan}元", "万元") == amount


@settings(deadline=None)
@given(st.text(), st.text())
def test_money_never_fails(text: str, hint: str) -> None:
    amount = parse_money_wan(text, hint)
    assert amount is None or amount == amount
