"""What must hold for the value of any cell, whatever its text."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import from_excel

from corpus.deadlines import serial_date
from corpus.records import MeasureFrom, Operator, Value, ValueKind
from corpus.values import parse_value, value_text

_MEASURES = [
    "%",
    "‰",
    "人次",
    "万元",
    "元/人·月",
    "平方米",
    "个",
    "万次",
    "台/件",
    "百分比",
    "期",
    "",
]
_NAMES = ["满意度", "培训人数（人）", "完成时间", "资金拨付及时率", "成本", "", "受益面积(亩)"]
_LEVELS = ["时效指标", "数量指标", "成本指标", ""]
_CELLS = (
    "0123456789.,，%％≥≤=<>±万元人个年月日前底以上内不少于超过达到-—/*（）() OI二每第约到～\n《》"
)


def _same(a: Value, b: Value) -> bool:
    keys = ("kind", "unreadable", "operator", "number", "number_high", "measure")
    return all(getattr(a, key) == getattr(b, key) for key in keys)


@settings(deadline=None)
@given(
    operator=st.sampled_from([sign.value for sign in Operator]),
    number=st.integers(0, 10**8).map(lambda n: n / 100),
    grouped=st.booleans(),
    measure=st.sampled_from(_MEASURES),
    split=st.booleans(),
)
def test_what_is_printed_comes_back(
    operator: str, number: float, grouped: bool, measure: str, split: bool
) -> None:
    digits = f"{number:,.2f}" if grouped else f"{number:.2f}"
    if split:
        value = parse_value(digits, sign=operator, measure=measure)
    else:
        value = parse_value(operator + digits + measure)
    if measure == "%" and not operator and number >= 10000 and not grouped:
        assert value.unreadable
        return
    assert (value.kind, value.operator) == (ValueKind.NUMERIC, operator)
    assert (value.number, value.measure) == (number, measure)
    assert value_text(value) == operator + digits + measure
    assert _same(parse_value(value_text(value)), value)


@settings(deadline=None)
@example(raw="<《0", sign="≥", measure="")
@given(
    raw=st.text(alphabet=_CELLS, max_size=24) | st.text(max_size=24),
    sign=st.sampled_from([*(sign.value for sign in Operator), "定性", "正向指标", "不少于"]),
    measure=st.sampled_from([*_MEASURES, "/", "46,356"]),
)
def test_the_text_of_a_value_reads_the_same(raw: str, sign: str, measure: str) -> None:
    value = parse_value(raw, sign=sign, measure=measure)
    text = value_text(value)
    assert _same(parse_value(text), value)
    assert value_text(parse_value(text)) == text


@settings(deadline=None)
@given(
    raw=st.text(alphabet=_CELLS, max_size=40) | st.text(),
    name=st.sampled_from(_NAMES) | st.text(max_size=8),
    level2=st.sampled_from(_LEVELS),
    sign=st.sampled_from(["", "≥", "定性"]) | st.text(max_size=3),
    measure=st.sampled_from(_MEASURES) | st.text(max_size=4),
    scanned=st.booleans(),
)
def test_any_text_gives_a_sound_value(
    raw: str, name: str, level2: str, sign: str, measure: str, scanned: bool
) -> None:
    value = parse_value(
        raw, name=name, level2=level2, sign=sign, measure=measure, year=2026, scanned=scanned
    )
    has_number = value.kind is ValueKind.NUMERIC and not value.unreadable
    assert (value.number is not None) is has_number
    assert (value.canonical_number is not None) is has_number
    assert not (value.deadline and value.kind is not ValueKind.DEADLINE)
    assert bool(value.measure) is (value.measure_from is not MeasureFrom.NONE)
    assert not value.echo or value.kind is ValueKind.QUALITATIVE
    assert "\n" not in value.raw and value.raw == value.raw.strip()
    assert (
        parse_value(
            value.raw,
            name=name,
            level2=level2,
            sign=sign,
            measure=measure,
            year=2026,
            scanned=scanned,
        )
        == value
    )


@pytest.mark.parametrize("text", ["1,", "2", "≥", "每年", ",.", "2026年1", "到位前", " 1 "])
def test_long_cells_are_prose(text: str) -> None:
    value = parse_value(text * 20000)
    assert value.number is None


@settings(deadline=None)
@given(st.integers(36526, 55000))
def test_excel_days_agree_with_openpyxl(number: int) -> None:
    assert serial_date(number) == from_excel(number).date().isoformat()
