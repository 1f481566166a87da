"""U01: whether the unit of a value is of the class that the name asks for."""

import re
from collections.abc import Callable

from corpus.records import Level2, ValueKind
from corpus.values import value_text
from knowledge.concepts import MeasureClass
from knowledge.rules import Severity
from quality.context import BENEFITS, COSTS, MONEYS, OUTPUTS, SIZES, TIMES, RowContext
from quality.findings import NOT_APPLICABLE, PASS, Verdict, finding
from text.name_classes import is_about_time, is_change, is_satisfaction, plain_name
from text.name_forms import is_achievement, is_input, is_sentence, is_steadiness
from text.unit_classes import counts_people

_PEOPLE_NAME = re.compile(r"人数|人次|户数|人员数量?|学生数")
_PEOPLE = re.compile(r"人员|[人户者员]$|干部|职工|学生|群众|对象|农户")
_PAYING = re.compile(r"发放|缴纳|支付|兑[付现]|申领|享受|领取|收缴|征收|落实|资助|救助|补助|拨付")
_DUE = re.compile(r"(?:日期|时限|期限|工期)(?:指标)?$")
_FORMULA = re.compile(r"率|比|占|÷|/|×|百分|除以")
_PER = re.compile(r"[/每]")  # 起/万台: so many of so many is a rate too
_LARGEST_CHANGE = 50.0  # %; 减少损失 ≥95% is no change but the usual 95%
_PERSONS = "人或户"
_ANY_PIECES = frozenset(("个", "名", "位"))  # said of people too: 42个村干部


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
    if asked in MONEYS or asked is MeasureClass.COUNT or asked in SIZES:
        description = context.row.description
        times = context.value.canonical_measure == "倍"
        if changes or times or (description and _FORMULA.search(description)):
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
    if asked is MeasureClass.DATE and given not in (*TIMES, MeasureClass.DATE):
        told = counts_people(measure) and not _PEOPLE.search(context.name)
        return "时间或及时率" if told or context.level2 is Level2.TIMELINESS else ""
    timed = asked is not MeasureClass.FREQUENCY and is_about_time(context.name)
    if timed and counts_people(measure) and context.level2 in OUTPUTS:
        return "" if _PEOPLE.search(context.name) else "时间或及时率"
    if _PEOPLE_NAME.search(context.name) and not counts_people(measure):
        return _PERSONS
    if asked is MeasureClass.MONEY and given not in MONEYS:
        put_in = _PAYING.search(context.name) or is_input(context.name)
        return "" if put_in else "金额"
    if asked is MeasureClass.AREA and given is not MeasureClass.AREA:
        return "面积"
    return ""


RULES: dict[str, Callable[[RowContext], Verdict]] = {"U01": unit_class}
