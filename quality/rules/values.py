"""V01–V07: what is wrong with a target value."""

import re
from collections.abc import Callable
from functools import lru_cache

from corpus.cells import scan
from corpus.records import Level2, MeasureFrom, Operator, ValueKind
from corpus.values import serial_of, value_text
from knowledge.concepts import MeasureClass, Polarity
from knowledge.rules import Severity
from quality.context import COSTS, HARMS, MONEYS, SIZES, RowContext
from quality.findings import NOT_APPLICABLE, PASS, Verdict, finding
from text.name_classes import is_about_time, is_change, is_satisfaction, is_share_of_whole
from text.normalise import fold
from text.statements import Statement, statement_of
from text.unit_classes import counts_people, is_activity
from text.units import half_width

_PUNCTUATION = re.compile(r"[\W_]+")
_TREND = re.compile(
    r"(?:进一步|持续|不断|逐步|有效|稳步|显著|明显|全面|切实|有所|得到|更加)"
    r"|提高|提升|增强|促进|推动|改善|优化|加强|加快|扩大|保障|增加|减少|降低|完善|巩固|推进"
)
_FILLING = re.compile(r"的|指标|情况")
_DOUBLED = re.compile(
    r"[%％‰]\s*[%％‰]|[≥≤><＝=≧≦]\s*[≥≤><≧≦]|百分之.{1,6}[%％]|(万?元|人次?|个|次|天)\1(?!\w)"
    r"|(?<![0-9.,])0[0-9]+(?![0-9.:])"
)
_GLUED = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[,，][0-9]{1,2}(?![0-9])|[,，][0-9]{4,})")
_CONTROL = re.compile(r"控制|预算|不超|节约|成本|概算|限额")
_MAY_HAVE_FLOOR = re.compile(
    r"节约|节省|降低|减少|压[减降]|补助|补贴|救助|待遇|工资|保障|资助|慰问|津贴|供养|低保|标准"
)
_EXAMINED = re.compile(r"检[查验测定修]|巡[查检护]|抽检|监测|维护|培训|服务")
_BOUGHT = re.compile(r"购置|采购|购买|租[用赁]|印刷|维修")
_HEADS = re.compile(r"(?:人数|人次|户数|人口数?)量?$")
_NOT_SERVED = re.compile(
    r"编制|在编|在职|在岗|实有|聘|雇|临时工|出国|供养|控制|精减|压[减降]|失业|贫困|死亡|伤|发病|上访|涉案"
)
_UNLIMITED = (Operator.AT_LEAST, Operator.MORE)
_LIMITED = (Operator.AT_MOST, Operator.LESS)
_ENDING = re.compile(r"[性率度]$|程度$")
_SHORTEST_ECHO = 3
_SHORTEST_END = 2
_ECHO_SHARE = 0.7
_WHOLE = 100.0
_LEFT_OUT_UNIT = {
    MeasureClass.SHARE: "%",
    MeasureClass.MONEY: "万元",
    MeasureClass.DURATION: "天",
    MeasureClass.DATE: "天",
}


def echo(context: RowContext) -> Verdict:
    """V01: the value repeats name, description or category, wholly or but for a word.

    A value that is the name of an indicator (观众人次) repeats a description, printed or not.
    """
    value = context.value
    if value.kind is ValueKind.EMPTY:
        return NOT_APPLICABLE
    if value.kind is not ValueKind.QUALITATIVE:
        if value.raw and fold(value.raw) == fold(context.name):
            return finding(f"指标值“{value.raw}”与指标名称是同一句话", "value")
        return PASS
    if value.echo:
        return finding(f"指标值“{value.raw}”只是重复名称、说明或类别，没有要达到的数值", "value")
    for text in (context.row.name, context.row.description, context.row.level2_raw):
        if _repeats(value.raw, text):
            return finding(
                f"指标值“{value.raw}”与“{text}”说的是同一句话，没有要达到的数值", "value"
            )
    said = statement_of(value.raw)
    if said is Statement.CHECKED and _is_end_of_name(value.raw, context.name):
        text = f"指标值“{value.raw}”只是名称的后半句，没有说明要达到多少"
        return finding(text, "value", severity=Severity.WARNING)
    if said is Statement.INDICATOR and not _TREND.match(value.raw):  # 提高普及率 is a slogan
        return finding(f"指标值“{value.raw}”是指标的名称，没有说明要达到多少", "value")
    return PASS


@lru_cache(maxsize=8192)
def _repeats(value: str, text: str) -> bool:
    """Whether one is nearly all of the other, in its order (产品质量验收合格率, 质量验收合格率)."""
    one, other = _core(value), _core(text)
    if min(len(one), len(other)) < _SHORTEST_ECHO:
        return False
    short, long = sorted((one, other), key=len)
    if short in long and len(short) >= _ECHO_SHARE * len(long):
        return True
    one, other = _TREND.sub("", one), _TREND.sub("", other)
    return len(one) >= _SHORTEST_ECHO and one == other


def _is_end_of_name(value: str, name: str) -> bool:
    """Whether a name already ends in what the value says: 资金使用合规性 = 合规."""
    end = _core(value)
    return len(end) >= _SHORTEST_END and _ENDING.sub("", _core(name)).endswith(end)


def _core(text: str) -> str:
    return _FILLING.sub("", _PUNCTUATION.sub("", fold(text)))


def empty(context: RowContext) -> Verdict:
    """V02: nothing, or a placeholder; 无 where nothing is the aim (安全事故 = 无) is a target.

    So it is among social and ecological costs, which are harm.
    """
    value = context.value
    if value.unreadable or value.kind is not ValueKind.EMPTY:
        return PASS
    harmful = context.polarity is Polarity.LOWER or context.level2 in HARMS
    if value.raw in ("无", "没有") and harmful:
        return PASS
    if not value.raw:
        return finding("没有填写指标值", "value")
    return finding(f"指标值“{value.raw}”只是占位符，没有内容", "value")


def slogan(context: RowContext) -> Verdict:
    """V03: words without a number and without a graded scale.

    Not for echoes (V01), costs "within the budget" (T02), nor words of time in a row about time
    (及时, 年内: T06).
    """
    value = context.value
    if not context.is_words or echo(context) is not PASS:
        return NOT_APPLICABLE
    if context.level2 in COSTS and _CONTROL.search(value.raw):
        return NOT_APPLICABLE
    if context.row.grades:
        return PASS
    said = statement_of(value.raw)
    if said in (Statement.GRADED, Statement.COUNTED):
        return PASS
    in_time = context.level2 is Level2.TIMELINESS or is_about_time(context.name)
    if said in (Statement.IN_TERM, Statement.TIMELY) and in_time:
        return PASS
    if said is Statement.CHECKED and context.level2 is not Level2.QUANTITY:
        return PASS
    return finding(f"“{value.raw}”无法衡量：没有数值，也没有分级标准", "value")


def malformed(context: RowContext) -> Verdict:
    """V04: doubled, lost or glued signs and units, day numbers, numbers that cannot be read."""
    value = context.value
    if value.unreadable:
        return finding(f"指标值“{value.raw}”无法辨认，请核对原件", "value")
    if value.kind not in (ValueKind.NUMERIC, ValueKind.DEADLINE):
        return NOT_APPLICABLE
    raw = half_width(value.raw)
    if _DOUBLED.search(half_width(value.measure)):
        raw = half_width(value_text(value))
    doubled = _DOUBLED.search(raw) or _GLUED.search(raw)
    if value.kind is ValueKind.DEADLINE:
        day = value.deadline if serial_of(scan(value.raw)) else ""
        if day:
            text = f"日期变成了序号“{value.raw}”，应为 {day}"
            return finding(text, "value", suggestion=day)
        return PASS
    if doubled:
        span = doubled.span()
        text = f"指标值“{value.raw}”的“{raw[slice(*span)]}”重复、粘连或多余"
        return finding(text, "value", span=span, suggestion=_clean(context))
    if value.measure_from is MeasureFrom.BOTH:
        unit = value.measure
        text = f"计量单位一列已有单位，“{value.raw}”里又写了“{unit}”，数值一栏只写数值"
        at = raw.find(half_width(unit))
        where = (at, at + len(unit)) if at >= 0 else None
        return finding(text, "value", span=where, suggestion=_clean(context))
    if value.measure == "百分比":
        text = f"单位“百分比”应写成 %：{value_text(value)}"
        return finding(text, "value", severity=Severity.HINT, suggestion=_percent(context))
    return _shrunk(context) or _lost(context)


def _clean(context: RowContext) -> str:
    value = context.value
    if value.number is None:
        return ""
    high = "" if value.number_high is None else f"-{value.number_high:g}"
    return f"{value.operator}{value.number:g}{high}{value.measure}"


def _percent(context: RowContext) -> str:
    return _clean(context).replace("百分比", "%")


def _shrunk(context: RowContext) -> Verdict | None:
    """≥0 asks for nothing (rounded away); 满意度 ≥0.95% lost its factor of a hundred."""
    value, number = context.value, context.value.number
    nothing = value.operator is Operator.AT_LEAST or context.given is MeasureClass.UNIT_COST
    if number == 0 and nothing:
        return finding(f"“{value_text(value)}”没有意义，数值可能在取整时丢失", "value")
    good = context.polarity is Polarity.HIGHER and is_share_of_whole(context.name)
    if number and number <= 1 and value.canonical_measure == "%" and good:
        text = f"“{value_text(value)}”可能应为 {100 * number:g}%"
        return finding(text, "value", suggestion=f"{value.operator}{100 * number:g}%")
    return None


def _lost(context: RowContext) -> Verdict:
    """A bare number whose unit stands nowhere; a count's name (人数) may tell it."""
    value = context.value
    if value.measure or value.number is None:
        return PASS
    asked = context.asked
    if asked in (MeasureClass.COUNT, MeasureClass.SCORE, MeasureClass.FREQUENCY):
        text = f"指标值“{value.raw}”没有写计量单位"
        return finding(text, "value", severity=Severity.HINT)
    if asked in _LEFT_OUT_UNIT:
        unit = _LEFT_OUT_UNIT[asked]
        return finding(f"指标值“{value.raw}”缺少计量单位（如 {unit}）", "value")
    return finding(f"指标值“{value.raw}”没有计量单位，看不出是多少什么", "value")


def at_least_all(context: RowContext) -> Verdict:
    """V05: a rate that is to be at least 100 %, which only 100 % can be."""
    value = context.value
    if not context.is_number or context.given is not MeasureClass.SHARE:
        return NOT_APPLICABLE
    if value.canonical_measure != "%" or is_change(context.name):
        return PASS
    if value.operator in _UNLIMITED and value.number == _WHOLE:
        text = f"“{value_text(value)}”最高就是 100%，只能取等号"
        return finding(text, "value", suggestion="=100%")
    return PASS


def above_whole(context: RowContext) -> Verdict:
    """V06: a share of a whole above 100 %."""
    value = context.value
    if not context.is_number or value.canonical_measure != "%":
        return NOT_APPLICABLE
    highest = max(value.number or 0.0, value.number_high or 0.0)
    if highest <= _WHOLE:
        return PASS
    if is_share_of_whole(context.name) or is_satisfaction(context.name):
        return finding(f"“{context.name}”最高为 100%，不可能达到 {highest:g}%", "value")
    return PASS


def polarity(context: RowContext) -> Verdict:
    """V07: ≥ where less is better, ≤ where more is."""
    value = context.value
    if not context.is_number or value.operator not in (*_UNLIMITED, *_LIMITED):
        return NOT_APPLICABLE
    better = _polarity(context)
    if better is Polarity.LOWER and value.operator in _UNLIMITED:
        text = f"“{context.name}”越低越好，不应要求“{value_text(value)}”"
        return finding(text, "value", suggestion=_turned(context, "≤"))
    if better is Polarity.HIGHER and value.operator in _LIMITED:
        things = context.given is MeasureClass.COUNT and not is_activity(value.canonical_measure)
        goods = things and not _EXAMINED.search(context.name)
        bought = _BOUGHT.search(context.name) is not None
        mild = goods or bought or context.asked in SIZES or context.given in SIZES
        text = f"“{context.name}”越高越好，“{value_text(value)}”成了上限"
        severity = Severity.HINT if mild else None
        return finding(text, "value", severity=severity, suggestion=_turned(context, "≥"))
    return PASS


def _polarity(context: RowContext) -> Polarity:
    """As the name tells; an amount of money in a cost row is a ceiling, whatever its name.

    Support that people receive (补助标准) and money saved may have a floor. Heads are of people
    served, of whom more is better; not those of staff and of people in trouble.
    """
    if context.level2 in COSTS and context.given in MONEYS:
        return Polarity.NONE if _MAY_HAVE_FLOOR.search(context.name) else Polarity.LOWER
    shares = [one is MeasureClass.SHARE for one in (context.asked, context.given)]
    if context.asked is not None and any(shares) and not all(shares):
        return Polarity.NONE  # days of a 及时率, 95% of a 次数: U01 says it
    served = counts_people(context.value.canonical_measure) and context.level2 not in COSTS | HARMS
    if context.polarity is Polarity.NONE and served and _HEADS.search(context.name):
        return Polarity.NONE if _NOT_SERVED.search(context.name) else Polarity.HIGHER
    return context.polarity


def _turned(context: RowContext, sign: str) -> str:
    value = context.value
    return f"{sign}{value.number:g}{value.measure}"


RULES: dict[str, Callable[[RowContext], Verdict]] = {
    "V01": echo,
    "V02": empty,
    "V03": slogan,
    "V04": malformed,
    "V05": at_least_all,
    "V06": above_whole,
    "V07": polarity,
}
