"""T01–T06: whether an indicator is of the sort that its place in the table asks for."""

import re
from collections.abc import Callable

from corpus.records import Level2, Operator, ValueKind
from corpus.values import value_text
from knowledge.concepts import MeasureClass, Polarity
from knowledge.rules import Severity
from quality.context import BENEFITS, COSTS, HARMS, MONEYS, SIZES, TIMES, RowContext
from quality.findings import NOT_APPLICABLE, NOT_ENOUGH_DATA, PASS, Verdict, finding
from text.hollow_names import fits_anywhere
from text.name_classes import is_about_time, is_satisfaction, plain_name
from text.name_forms import (
    is_input,
    is_management,
    is_outcome,
    is_output,
    is_spending,
)
from text.statements import Statement, statement_of

_COUNTED = (MeasureClass.COUNT, *SIZES)
_OF_OUTPUT = re.compile(
    r"(?:完成|及时|验收|按时|按期|竣工|到位|拨付|发放)[^，]{0,3}率$|(?:工程|设备|产品|作业|质量)(?:合格|达标)率$"
)
_LENT = re.compile(r"贷款|担保|授信|融资|引资|外资|销售|交易|产值|税收|收入|保[额费]")
_PRICE = re.compile(r"(?:利|费|税|汇|贴息|折扣|补贴|补助|奖补|分担|承担|配套)(?:率|比[例率])$")
_EXACT = re.compile(
    r"\d{1,2}月|\d日|季度|半年|年[底末]|每|周|\d{4}[-./]\d{1,2}|\d{6}|学期|旬|工作日|天|小时"
)
_DONE_ONCE = re.compile(r"完成|完工|竣工|交付|验收|建成")  # what is done again has no one date
_BARE_MONTH = re.compile(r"\D?\d{1,2}月?|(?:19|20)\d\d年?")


def wrong_type(context: RowContext) -> Verdict:
    """T01: the row does not fit its level 2.

    A warning where the value contradicts what the name asks for (完成项目数量 ≥95%);
    a hint where a sound indicator only stands in the wrong place (疫苗接种率 in 数量).
    """
    if context.level2 is None:
        return NOT_ENOUGH_DATA
    if context.level2 in COSTS | HARMS:
        return NOT_APPLICABLE
    if context.level2 is Level2.SATISFACTION:
        return _satisfaction(context)
    if is_satisfaction(context.name) and context.asked is MeasureClass.SHARE:
        return _misplaced("满意度应放在满意度指标下")
    if context.level2 in BENEFITS:
        return _benefit(context)
    return _OUTPUT_TYPES[context.level2](context)


def _misplaced(text: str) -> Verdict:
    return finding(text, "level2", severity=Severity.HINT)


def _satisfaction(context: RowContext) -> Verdict:
    told = re.search(r"投诉|信访|意见|支持|知晓|口碑|评价|获得感|幸福", context.name)
    if is_satisfaction(context.name) or told:
        return PASS
    return _misplaced("满意度指标下的这一行没有说谁对什么满意")


def _quantity(context: RowContext) -> Verdict:
    share = context.given is MeasureClass.SHARE and context.is_number
    text = "数量指标写成了比率：应写做了多少件、多少人次"
    if share and (context.asked is not MeasureClass.SHARE or fits_anywhere(context.name)):
        return finding(text, "level2")
    return _misplaced(text) if context.asked is MeasureClass.SHARE else PASS


def _quality(context: RowContext) -> Verdict:
    if not context.is_number:
        deadline = context.value.kind is ValueKind.DEADLINE
        return _misplaced("质量指标写成了时限") if deadline else PASS
    if context.given in MONEYS:
        return _misplaced("质量指标写成了金额")
    within = context.value.operator in (Operator.AT_MOST, Operator.LESS)  # 平整度 ≤2毫米
    pieces = context.given is MeasureClass.COUNT or (context.given in SIZES and not within)
    faults = context.polarity is Polarity.LOWER or context.value.canonical_measure in ("级", "等")
    if not pieces or faults or not context.value.number:
        return PASS
    text = "质量指标写成了数量：应写做得怎样，而不是做了多少"
    return _misplaced(text) if context.asked in _COUNTED else finding(text, "level2")


def _timeliness(context: RowContext) -> Verdict:
    value = context.value
    if not context.is_number or is_about_time(context.name) or is_about_time(value.raw):
        return PASS
    if context.given in TIMES or context.asked in (*TIMES, MeasureClass.DATE):
        return PASS
    text = "时效指标里没有日期、时长、频次，也不是及时率"
    sound = context.asked is not None and context.asked is context.given
    return _misplaced(text) if sound else finding(text, "level2")


def _benefit(context: RowContext) -> Verdict:
    if not context.is_number:
        return PASS
    if is_spending(context.name):
        return finding("效益指标写的是资金花得怎样，不是带来的变化", "level2")
    counted = context.given in (MeasureClass.COUNT, *SIZES, MeasureClass.FREQUENCY)
    if counted and is_output(context.name):
        return _misplaced("效益指标写的是做了多少（产出），不是带来的变化")
    if context.given is MeasureClass.SHARE and _OF_OUTPUT.search(context.name):
        return _misplaced("效益指标写的是工作完成得怎样（产出），不是带来的变化")
    return PASS


_OUTPUT_TYPES: dict[Level2, Callable[[RowContext], Verdict]] = {
    Level2.QUANTITY: _quantity,
    Level2.QUALITY: _quality,
    Level2.TIMELINESS: _timeliness,
}


def cost_not_money(context: RowContext) -> Verdict:
    """T02: a cost row with a rate, words or a slogan; echoes and empty cells are V01 and V02."""
    if context.level2 not in COSTS:
        return NOT_APPLICABLE if context.level2 else NOT_ENOUGH_DATA
    value = context.value
    if value.echo or value.unreadable or value.kind is ValueKind.EMPTY:
        return NOT_APPLICABLE
    if not context.is_number:
        return finding(f"成本写成了“{value.raw}”，应写金额、单位成本或控制数", "value")
    if context.given is MeasureClass.SHARE:
        if _PRICE.search(plain_name(context.name)):
            return PASS  # an interest rate is what a loan costs
        return finding(f"成本写成了比率“{value_text(value)}”，应写金额或单位成本", "value")
    if context.given is None or context.given in MONEYS:
        return PASS
    return finding(f"成本写成了“{value_text(value)}”，应写金额或单位成本", "value")


def input_as_output(context: RowContext) -> Verdict:
    """T03: a quantity row about money, staff or goods put in.

    Loans given and sales made are what a project does with money, and not what is put in.
    """
    if context.level2 is not Level2.QUANTITY:
        return NOT_APPLICABLE if context.level2 else NOT_ENOUGH_DATA
    known = context.known
    if known and known.exact and known.concept.level2 == Level2.QUANTITY:
        return PASS
    money_name = context.asked in MONEYS and (context.given in (*MONEYS, None))
    if money_name and _LENT.search(context.name):
        return PASS
    if context.given in MONEYS or money_name:
        return finding("数量指标写的是资金，资金是投入，不是产出", "name")
    if is_input(context.name) or is_spending(context.name):
        return finding("数量指标写的是投入，不是做成的事", "name")
    return PASS


def benefit_as_cost(context: RowContext) -> Verdict:
    """T04: a benefit among social or ecological costs, which are harm."""
    if context.level2 not in HARMS:
        return NOT_APPLICABLE if context.level2 else NOT_ENOUGH_DATA
    higher = context.polarity is Polarity.HIGHER or is_satisfaction(context.name)
    if higher or (is_outcome(context.name) and context.polarity is not Polarity.LOWER):
        return finding(f"“{context.name}”是效益，不是{context.row.level2}", "name")
    return PASS


def process(context: RowContext) -> Verdict:
    """T05: a duty of management as an indicator."""
    if is_management(context.name):
        return finding(f"“{context.name}”是管理上应尽的职责，不反映产出和效果", "name")
    return PASS


def vague_deadline(context: RowContext) -> Verdict:
    """T06: ≤12月, a bare year, 及时; the last is no mere hint, as nothing else tells the term."""
    value = context.value
    year = context.table.year
    by = f"{year}年12月31日前" if year else ""
    if value.kind is ValueKind.DEADLINE:
        bare = _BARE_MONTH.fullmatch(value.raw.strip()) or not _EXACT.search(value_text(value))
        if bare and not _is_serial(value.raw):
            text = f"“{value_text(value)}”不是确切的日期"
            return finding(text, "value", suggestion=by)
        return PASS
    said = statement_of(value.raw) if context.is_words else None
    if said in (Statement.TIMELY, Statement.IN_TERM):
        once = _DONE_ONCE.search(context.name) is not None
        text = f"“{value.raw}”没有说明到哪一天或多长时间内"
        severity = Severity.WARNING if said is Statement.TIMELY else None
        return finding(text, "value", severity=severity, suggestion=by if once else "")
    return NOT_APPLICABLE if not context.is_number else PASS


def _is_serial(raw: str) -> bool:
    return len(re.sub(r"\D", "", raw)) > 4


RULES: dict[str, Callable[[RowContext], Verdict]] = {
    "T01": wrong_type,
    "T02": cost_not_money,
    "T03": input_as_output,
    "T04": benefit_as_cost,
    "T05": process,
    "T06": vague_deadline,
}
