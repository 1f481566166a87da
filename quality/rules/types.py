"""T01–T06 and U01: whether an indicator is of the sort that its place in the table asks for."""

import re
from collections.abc import Callable

from corpus.records import Level2, ValueKind
from corpus.values import value_text
from knowledge.concepts import MeasureClass, Polarity
from knowledge.rules import Severity
from quality.context import BENEFITS, COSTS, HARMS, OUTPUTS, RowContext
from quality.findings import NOT_APPLICABLE, NOT_ENOUGH_DATA, PASS, Verdict, finding
from text.hollow_names import fits_anywhere
from text.name_classes import is_about_time, is_change, is_satisfaction, plain_name
from text.name_forms import (
    is_achievement,
    is_input,
    is_management,
    is_outcome,
    is_output,
    is_sentence,
    is_spending,
    is_steadiness,
)
from text.statements import Statement, statement_of
from text.unit_classes import counts_people

_MONEY = (MeasureClass.MONEY, MeasureClass.UNIT_COST)
_SIZES = (MeasureClass.AREA, MeasureClass.LENGTH, MeasureClass.VOLUME, MeasureClass.MASS)
_TIMES = (MeasureClass.DURATION, MeasureClass.FREQUENCY)
_COUNTED = (MeasureClass.COUNT, *_SIZES)
_OF_OUTPUT = re.compile(
    r"(?:完成|及时|验收|按时|按期|竣工|到位|拨付|发放)[^，]{0,3}率$|(?:工程|设备|产品|作业|质量)(?:合格|达标)率$"
)
_PEOPLE_NAME = re.compile(r"人数|人次|户数|人员数量?|学生数")
_PEOPLE = re.compile(r"人员|[人户者员]$|干部|职工|学生|群众|对象|农户")
_PAYING = re.compile(r"发放|缴纳|支付|兑[付现]|申领|享受|领取|收缴|征收|落实|资助|救助|补助|拨付")
_PRICE = re.compile(r"(?:利|费|税|汇|贴息|折扣|补贴|补助|奖补|分担|承担|配套)(?:率|比[例率])$")
_EXACT = re.compile(
    r"\d{1,2}月|\d日|季度|半年|年[底末]|每|周|\d{4}[-./]\d{1,2}|\d{6}|学期|旬|工作日|天|小时"
)
_DUE = re.compile(r"(?:日期|时限|期限|工期)(?:指标)?$")
_FORMULA = re.compile(r"率|比|占|÷|/|×|百分|除以")
_PER = re.compile(r"[/每]")  # 起/万台: so many of so many is a rate too
_LARGEST_CHANGE = 50.0  # %; 减少损失 ≥95% is no change but the usual 95%
_DONE_ONCE = re.compile(r"完成|完工|竣工|交付|验收|建成")  # what is done again has no one date
_PERSONS = "人或户"
_ANY_PIECES = frozenset(("个", "名", "位"))  # said of people too: 42个村干部
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
    if context.given in _MONEY:
        return _misplaced("质量指标写成了金额")
    pieces = context.given is MeasureClass.COUNT or context.given in _SIZES
    faults = context.polarity is Polarity.LOWER or context.value.canonical_measure in ("级", "等")
    if not pieces or faults or not context.value.number:
        return PASS
    text = "质量指标写成了数量：应写做得怎样，而不是做了多少"
    return _misplaced(text) if context.asked in _COUNTED else finding(text, "level2")


def _timeliness(context: RowContext) -> Verdict:
    value = context.value
    if not context.is_number or is_about_time(context.name) or is_about_time(value.raw):
        return PASS
    if context.given in _TIMES or context.asked in (*_TIMES, MeasureClass.DATE):
        return PASS
    text = "时效指标里没有日期、时长、频次，也不是及时率"
    sound = context.asked is not None and context.asked is context.given
    return _misplaced(text) if sound else finding(text, "level2")


def _benefit(context: RowContext) -> Verdict:
    if not context.is_number:
        return PASS
    if is_spending(context.name):
        return finding("效益指标写的是资金花得怎样，不是带来的变化", "level2")
    counted = context.given in (MeasureClass.COUNT, *_SIZES, MeasureClass.FREQUENCY)
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
    if context.given is None or context.given in _MONEY:
        return PASS
    return finding(f"成本写成了“{value_text(value)}”，应写金额或单位成本", "value")


def input_as_output(context: RowContext) -> Verdict:
    """T03: a quantity row about money, staff or goods put in."""
    if context.level2 is not Level2.QUANTITY:
        return NOT_APPLICABLE if context.level2 else NOT_ENOUGH_DATA
    known = context.known
    if known and known.exact and known.concept.level2 == Level2.QUANTITY:
        return PASS
    money_name = context.asked in _MONEY and (context.given in (*_MONEY, None))
    if context.given in _MONEY or money_name:
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
    """T06: ≤12月, a bare year, 及时."""
    value = context.value
    year = context.table.year
    by = f"{year}年12月31日前" if year else ""
    if value.kind is ValueKind.DEADLINE:
        bare = _BARE_MONTH.fullmatch(value.raw.strip()) or not _EXACT.search(value_text(value))
        if bare and not _is_serial(value.raw):
            text = f"“{value_text(value)}”不是确切的日期"
            return finding(text, "value", suggestion=by)
        return PASS
    if context.is_words and statement_of(value.raw) in (Statement.TIMELY, Statement.IN_TERM):
        once = _DONE_ONCE.search(context.name) is not None
        text = f"“{value.raw}”没有说明到哪一天或多长时间内"
        return finding(text, "value", suggestion=by if once else "")
    return NOT_APPLICABLE if not context.is_number else PASS


def _is_serial(raw: str) -> bool:
    return len(re.sub(r"\D", "", raw)) > 4


def unit_class(context: RowContext) -> Verdict:
    """U01: the unit is of another class than the name."""
    if context.value.kind is ValueKind.DEADLINE:
        if context.asked is MeasureClass.SHARE:
            return finding(
                f"“{context.name}”是比率，“{value_text(context.value)}”却是时间", "value"
            )
        return PASS
    if not context.is_number or context.given is None:
        return NOT_APPLICABLE
    if context.given is MeasureClass.SHARE:
        return _share_unit(context)
    wanted = _wanted(context)
    if wanted:
        text = f"“{context.name}”应以{wanted}计，单位却是“{context.value.measure}”"
        careless = context.value.canonical_measure in _ANY_PIECES and wanted == _PERSONS
        return finding(text, "value", severity=Severity.HINT if careless else None)
    steady = is_steadiness(context.name) and context.given is MeasureClass.DURATION
    if steady and context.level2 is Level2.QUALITY:
        text = f"用天数（{value_text(context.value)}）衡量运行质量，看不出稳定的程度"
        return finding(f"{text}，可用正常运行率或故障次数", "value", severity=Severity.HINT)
    return PASS


def _share_unit(context: RowContext) -> Verdict:
    """A percentage of what? Names of degree without a formula, amounts and times have none."""
    if context.level2 in (*COSTS, Level2.QUANTITY, Level2.SATISFACTION):
        return PASS  # T02 and T01 say it; below 满意度 the share is of those content
    asked = context.asked
    known_share = context.known and context.known.concept.measure_class is MeasureClass.SHARE
    clause = is_sentence(context.name) and asked is not MeasureClass.SHARE
    changes = is_change(context.name) or is_change(context.value.raw)
    if asked in (None, MeasureClass.DEGREE) and changes and not known_share:
        return _share_of_change(context)
    activity = asked is None and not is_achievement(context.name) and not context.row.grades
    open_ended = asked is MeasureClass.DEGREE or (clause and not is_about_time(context.name))
    if (open_ended or activity) and not known_share and not is_satisfaction(context.name):
        if context.row.description and _FORMULA.search(context.row.description):
            return PASS
        text = f"“{context.name}”不是比率，说不清“{value_text(context.value)}”是什么的百分比"
        effect = context.level2 in BENEFITS and not plain_name(context.name).endswith("度")
        return finding(text, "value", severity=None if open_ended or effect else Severity.HINT)
    if asked is MeasureClass.DURATION or _DUE.search(context.name):
        return finding(f"“{context.name}”是时间，不应以百分比计", "value")
    if asked in _MONEY or asked is MeasureClass.COUNT or asked in _SIZES:
        change = re.search(r"增长|增加|下降|降低|减少|提升|提高|增幅", context.name)
        description = context.row.description
        if change or (description and _FORMULA.search(description)):
            return PASS
        return finding(f"“{context.name}”是数量，不应以百分比计", "value")
    return PASS


def _share_of_change(context: RowContext) -> Verdict:
    """税收增加 ≥8% is a change; 减少绕行损失 ≥95% is none, and nothing else.

    科学素质 = 提升10% is a change too, but what is measured stays open: a hint.
    """
    number = context.value.canonical_number
    if number is None or number <= _LARGEST_CHANGE:
        if is_change(context.name):
            return PASS
        text = f"“{context.name}”没有说明按什么指标提升或下降"
        return finding(text, "value", severity=Severity.HINT)
    text = f"“{context.name}”说不清“{value_text(context.value)}”是什么的百分比"
    return finding(text, "value")


def _wanted(context: RowContext) -> str:
    """What the name should be counted in, "" where its unit may stand; the unit is no share."""
    asked, given, measure = context.asked, context.given, context.value.canonical_measure
    if measure.startswith("%"):
        return ""  # %%: V04 says it
    if asked is MeasureClass.SHARE and given is not MeasureClass.SCORE:
        return "" if _PER.search(measure) else "百分比"
    if asked is MeasureClass.DATE and given not in (*_TIMES, MeasureClass.DATE):
        told = counts_people(measure) and not _PEOPLE.search(context.name)
        return "时间或及时率" if told or context.level2 is Level2.TIMELINESS else ""
    timed = asked is not MeasureClass.FREQUENCY and is_about_time(context.name)
    if timed and counts_people(measure) and context.level2 in OUTPUTS:
        return "" if _PEOPLE.search(context.name) else "时间或及时率"
    if _PEOPLE_NAME.search(context.name) and not counts_people(measure):
        return _PERSONS
    if asked is MeasureClass.MONEY and given not in _MONEY:
        put_in = _PAYING.search(context.name) or is_input(context.name)
        return "" if put_in else "金额"
    if asked is MeasureClass.AREA and given is not MeasureClass.AREA:
        return "面积"
    return ""


RULES: dict[str, Callable[[RowContext], Verdict]] = {
    "T01": wrong_type,
    "T02": cost_not_money,
    "T03": input_as_output,
    "T04": benefit_as_cost,
    "T05": process,
    "T06": vague_deadline,
    "U01": unit_class,
}
