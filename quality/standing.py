"""How a project stands: which rows, which rules, what share can be measured."""

from collections import Counter
from collections.abc import Iterable

from corpus.measurable import is_measurable
from corpus.records import Project
from knowledge.rules import Head, Severity
from quality.findings import GRAVE, Finding, Outcome, Standing

_SPOILS_MEASURE = frozenset(("V01", "V02", "V03", "V04"))
_MOST_RULES = 3


def standing_of(project: Project, outcomes: Iterable[Finding]) -> Standing:
    """Sum up what the rules said of one project."""
    found = [one for one in outcomes if one.outcome is Outcome.FINDING]
    weak = {one.position for one in found if one.severity in GRAVE} - {None}
    noted = {one.position for one in found} - weak - {None}
    spoilt = {
        one.position for one in found if one.rule.id in _SPOILS_MEASURE and one.severity in GRAVE
    }
    measurable = tuple(
        position
        for position, row in enumerate(project.indicators)
        if position not in spoilt and is_measurable(row.value)
    )
    by_rule = Counter(one.rule.id for one in found)
    by_severity = Counter(one.severity for one in found)
    by_head = Counter(one.head for one in found)
    return Standing(
        rows=len(project.indicators),
        measurable=measurable,
        weak=tuple(sorted(position for position in weak if position is not None)),
        noted=tuple(sorted(position for position in noted if position is not None)),
        by_severity={str(severity): by_severity[severity] for severity in Severity},
        by_rule=dict(by_rule.most_common()),
        by_head={str(head): by_head[head] for head in Head},
        sentence=_sentence(project, found, len(weak), len(measurable)),
    )


def _sentence(project: Project, found: list[Finding], weak: int, measurable: int) -> str:
    rows = len(project.indicators)
    if not rows:
        said = "没有指标行" + ("" if found else "，未发现问题")
    else:
        said = f"共 {rows} 条指标，{weak} 条需要修改，{measurable} 条可以衡量"
    grave = [one for one in found if one.severity in GRAVE]
    often = Counter(one.rule.id for one in grave).most_common(_MOST_RULES)
    titles = {one.rule.id: one.rule.title for one in grave}
    if often:
        said += "。主要问题：" + "、".join(f"{titles[rule]} {count} 处" for rule, count in often)
    table = [one for one in grave if one.position is None]
    if table:
        said += f"。整表：{'；'.join(dict.fromkeys(one.rule.title for one in table))}"
    return said + "。"
