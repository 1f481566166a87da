"""P01–P08: what is wrong with a project's table as a whole."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from corpus.records import Indicator, Level1, Level2, Project, ProjectKind
from corpus.values import value_text
from knowledge.concepts import MeasureClass
from knowledge.rules import Severity
from quality.context import BENEFITS, COSTS, OUTPUTS, RowContext, TableContext
from quality.findings import (
    NOT_APPLICABLE,
    NOT_ENOUGH_DATA,
    PASS,
    Outcome,
    Verdict,
    finding,
)
from text.name_classes import plain_name
from text.normalise import fold
from text.numbers import quantities

RowVerdicts = Mapping[str, Sequence[Verdict]]
"""What the row rules said: by rule id, a verdict for each row in order."""

_FEWEST_ROWS = 5
_MOST = 0.6
_WORKS = re.compile(r"建设|工程|改造|修缮|维修|装修|购置|采购|新建|扩建|修建|设备更新")
_SERVED = re.compile(
    r"群众|居民|村民|农户|农民|学生|师生|家长|患者|病人|企业|服务对象|受益|老人|老年|旅客|观众|听众"
    r"|受众|职工|干部|市民|儿童|妇女|残疾|退役|用户|游客|消费者|纳税人|公众|人民|对象"
)
_RESULT = re.compile(
    r"提升|提高|改善|保障|满足|解决|减少|增长|增强|确保|促进|降低|完成|建成|实现|达到"
)
_WEIGHTS = ((50.0, 30.0, 10.0, 0.0), (40.0, 20.0, 10.0, 20.0))
"""Official points: output, benefit, satisfaction, cost; budget execution has ten more."""


def missing_group(table: TableContext, _: RowVerdicts) -> tuple[Verdict, ...]:
    """P01: no output, no effect, no cost where works need it, no satisfaction where some serve."""
    project = table.project
    if not project.indicators:
        return (NOT_APPLICABLE if project.kind is ProjectKind.WHOLE_UNIT else NOT_ENOUGH_DATA,)
    groups = {_group(row) for row in project.indicators} - {None}
    if not groups:
        return (NOT_ENOUGH_DATA,)
    missing = [name for name in ("产出", "效益") if name not in groups]
    if "成本" not in groups and _WORKS.search(project.name):
        missing.append("成本（建设、维修、购置项目）")
    served = _SERVED.search(" ".join((project.name, project.purpose, project.goal)))
    if "满意度" not in groups and served:
        missing.append(f"满意度（有服务对象：{served.group()}）")
    return (finding(f"缺少指标：{'、'.join(missing)}"),) if missing else (PASS,)


def _group(row: Indicator) -> str | None:
    if row.level2 in COSTS or row.level1 is Level1.COST:
        return "成本"
    if row.level2 in OUTPUTS or row.level1 is Level1.OUTPUT:
        return "产出"
    if row.level2 in BENEFITS or (row.level1 is Level1.BENEFIT and row.level2 is None):
        return "效益"
    satisfied = row.level2 is Level2.SATISFACTION or row.level1 is Level1.SATISFACTION
    return "满意度" if satisfied else None


def one_value(table: TableContext, _: RowVerdicts) -> tuple[Verdict, ...]:
    """P02: one value on most rows; rows of fixed sets and graded standards do not count."""
    rows = [one for one in table.rows if not one.is_standard and not one.row.grades]
    if len(rows) < _FEWEST_ROWS:
        return (NOT_APPLICABLE,)
    texts = {one.position: fold(value_text(one.value)) for one in rows if one.value.raw}
    if not texts:
        return (PASS,)
    text, count = Counter(texts.values()).most_common(1)[0]
    if count < _MOST * len(rows):
        return (PASS,)
    same = tuple(position for position, one in texts.items() if one == text)
    return (finding(f"{len(rows)} 条指标中有 {count} 条都是“{text}”", "value", others=same),)


def echo_table(table: TableContext, rows: RowVerdicts) -> tuple[Verdict, ...]:
    """P03: most rows echo: value, name or description."""
    if len(table.rows) < _FEWEST_ROWS:
        return (NOT_APPLICABLE,)
    echoing = tuple(
        position
        for position in range(len(table.rows))
        if any(_echoes(rows[rule][position], rule) for rule in ("V01", "N01", "N02"))
    )
    if len(echoing) < _MOST * len(table.rows):
        return (PASS,)
    text = f"{len(table.rows)} 条指标中有 {len(echoing)} 条照抄名称、说明或类别"
    return (finding(text, others=echoing),)


def _echoes(verdict: Verdict, rule: str) -> bool:
    """A finding; N01's milder case (项目完成率) names something and is no echo."""
    return verdict.outcome is Outcome.FINDING and not (rule == "N01" and verdict.severity)


def cost_against_budget(table: TableContext, _: RowVerdicts) -> tuple[Verdict, ...]:
    """P04: costs above the budget, or the only total cost unlike it."""
    costs = [one for one in table.rows if one.level2 in COSTS and _is_total(one)]
    budget = table.project.budget_wan
    if not costs:
        return (NOT_APPLICABLE,)
    if not budget:
        return (NOT_ENOUGH_DATA,)
    amounts = [one.value.canonical_number or 0.0 for one in costs]
    total, rows = sum(amounts), tuple(one.position for one in costs)
    tolerance = max(0.01, 0.005 * budget)
    if max(amounts) > budget + tolerance:
        text = f"成本 {max(amounts):g} 万元高于项目预算 {budget:g} 万元"
    elif total > budget + tolerance and max(amounts) < budget - tolerance:
        text = f"成本合计 {total:g} 万元高于项目预算 {budget:g} 万元"
    elif len(costs) == 1 and total < budget - tolerance:
        text = f"总成本 {total:g} 万元与项目预算 {budget:g} 万元不等"
    else:
        return (PASS,)
    return (finding(text, "value", others=rows),)


def _is_total(context: RowContext) -> bool:
    return (
        context.is_number
        and context.given is MeasureClass.MONEY
        and context.value.canonical_measure == "万元"
        and context.asked is not MeasureClass.UNIT_COST
    )


def spending_plan(table: TableContext, _: RowVerdicts) -> tuple[Verdict, ...]:
    """P05: cumulative shares that fall, pass 100 %, end below it, or are blank."""
    plan = table.project.spending_plan
    if not plan:
        return (NOT_APPLICABLE,)
    shares = [step.percent for step in plan]
    known = [share for share in shares if share is not None]
    faults = []
    if len(known) < len(shares):
        blank = "、".join(step.by for step in plan if step.percent is None)
        faults.append(f"没有填写：{blank}")
    if any(later < earlier for earlier, later in pairwise(known)):
        faults.append("支出进度前高后低")
    if known and max(known) > 100:
        faults.append(f"超过 100%（{max(known):g}%）")
    if shares[-1] is not None and shares[-1] < 100:
        faults.append(f"年末只到 {shares[-1]:g}%")
    return (finding(f"支出计划：{'；'.join(faults)}", "spending_plan"),) if faults else (PASS,)


def duplicates(table: TableContext, _: RowVerdicts) -> tuple[Verdict, ...]:
    """P06: the same indicator twice, or one text copied into purpose, goal and description."""
    if not table.rows:
        return (NOT_APPLICABLE,)
    met: dict[tuple[str, str], list[int]] = {}
    for one in table.rows:
        if plain_name(one.name) and not one.is_standard:
            met.setdefault((plain_name(one.name), one.row.area), []).append(one.position)
    found = [
        finding(f"“{table.rows[rows[0]].name}”出现了 {len(rows)} 次", "name", others=tuple(rows))
        for rows in met.values()
        if len(rows) > 1
    ]
    copied = _copied_text(table.project)
    if copied:
        found.append(copied)
    return tuple(found) or (PASS,)


def _copied_text(project: Project) -> Verdict | None:
    texts = [row.description for row in project.indicators if len(row.description) >= 8]
    often = [(text, n) for text, n in Counter(map(fold, texts)).most_common(1) if n >= 3]
    if often:
        text, count = often[0]
        return finding(f"同一段说明用在 {count} 条指标上：“{text[:30]}”", "description")
    goal, purpose = fold(project.goal), fold(project.purpose)
    in_rows = [row for row in project.indicators if goal and fold(row.description) == goal]
    if in_rows and goal == purpose:
        return finding("用途、绩效目标和指标说明是同一段话", "goal")
    return None


def weights(table: TableContext, _: RowVerdicts) -> tuple[Verdict, ...]:
    """P07: points of the groups unlike the official ones."""
    rows = [row for row in table.project.indicators if row.weight is not None]
    if not rows:
        return (NOT_APPLICABLE,)
    if len(rows) < len(table.rows) or any(_group(row) is None for row in rows):
        return (NOT_ENOUGH_DATA,)
    sums = dict.fromkeys(("产出", "效益", "满意度", "成本"), 0.0)
    for row in rows:
        below_output = row.level2 is Level2.COST and row.level1 is not Level1.COST
        sums["产出" if below_output else str(_group(row))] += row.weight or 0.0
    own = tuple(sums.values())
    if any(_near(own, official) for official in _WEIGHTS):
        return (PASS,)
    said = "、".join(f"{name} {points:g}" for name, points in sums.items() if points)
    return (finding(f"分值合计为：{said}", "weight"),)


def _near(own: Sequence[float], official: Sequence[float]) -> bool:
    return all(abs(a - b) < 0.01 for a, b in zip(own, official, strict=True))


def empty_goal(table: TableContext, _: RowVerdicts) -> tuple[Verdict, ...]:
    """P08: a goal without number and result, or that repeats the project's name."""
    project = table.project
    goal = fold(re.sub(r"目标内容\d*[:：、.]?|^\d+[.、]", "", project.goal))
    if not goal:
        return (NOT_ENOUGH_DATA,)
    name = fold(project.name)
    if name and (goal.strip("。.;；") == name or (name in goal and len(goal) < len(name) + 4)):
        return (finding("绩效目标只是重复项目名称", "goal"),)
    if quantities(project.goal):
        return (PASS,)
    if not _RESULT.search(goal):
        return (finding("绩效目标没有数量，也没有结果", "goal"),)
    text = "绩效目标没有一个可以核对的数量"
    return (finding(text, "goal", severity=Severity.HINT),)


RULES: dict[str, Callable[[TableContext, RowVerdicts], tuple[Verdict, ...]]] = {
    "P01": missing_group,
    "P02": one_value,
    "P03": echo_table,
    "P04": cost_against_budget,
    "P05": spending_plan,
    "P06": duplicates,
    "P07": weights,
    "P08": empty_goal,
}
