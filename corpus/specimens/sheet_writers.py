"""How invented units come to their tables: written, copied, carried over, echoed, prescribed."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from random import Random

from corpus.specimens.entries import Entry
from corpus.specimens.figures import entry_of, place_of, placed, rounded
from corpus.specimens.flaws import echo, spoilt
from corpus.specimens.programmes import Programme
from corpus.specimens.sheets import Habit, Head, Row, Sheet, SheetKind, short
from corpus.specimens.wording import (
    BASES,
    IDLE_BASES,
    OWN_GOAL,
    STOCK_DESCRIPTIONS,
    STOCK_GOALS,
    STOCK_NAMES,
    in_own_words,
    stated,
)
from knowledge.concepts import Concept, concepts

TOTAL_COST = "项目总成本"
"""The concept whose target is the project's own budget."""


def own_sheet(head: Head, habit: Habit, rng: Random) -> Sheet:
    """A table written for its project, with weak rows as the unit's habit has them."""
    rows = [_row(head, concept, habit, rng) for concept in _measured(head.programme, rng)]
    if rng.random() < habit.stock_words / 2:
        rows += [_stock_row(head, family) for family in rng.sample(sorted(STOCK_NAMES), 2)]
    return _sheet(head, SheetKind.OWN, rows, *_goal(head, rows, habit, rng))


def transfer_sheet(head: Head, rng: Random) -> Sheet:
    """A central transfer: all rows of its set, the same words and shares everywhere."""
    fixed = Random(head.programme.key)  # noqa: S311 - invented figures, no secret
    rows = []
    for concept in head.programme.concepts:
        size = head.budget_wan / head.programme.budget_wan
        source = rng if concept.level2 == "数量" else fixed
        entry = entry_of(concept, concept.name, size, head.year, source)
        description, _ = stated(concept, concept.name, fixed)
        entry = replace(entry, description=description, basis="资金管理办法")
        family = f"transfer:{head.programme.key}:{concept.name}"
        rows.append(Row(entry, concept.name, (), family, family))
    goal = f"落实{head.programme.key}政策，{head.programme.aim}。"
    family = f"transfer:{head.programme.key}"
    return replace(_sheet(head, SheetKind.STANDARD, rows, goal, family), origin=family)


_RUNNING = (
    ("数量", "足额保障率", "=", "100", "%", "足额保障的人员数占应保障人员数的比例"),
    ("数量", "科目调整次数", "≤", "10", "次", "年度内预算科目调整的次数"),
    ("质量", "结余率", "≤", "5", "%", "结余数占预算数的比例"),
    ("时效", "发放（缴纳）及时率", "=", "100", "%", "按时发放或缴纳的金额占应付金额的比例"),
    ("社会效益", "发放（缴纳）覆盖率", "=", "100", "%", "实际发放或缴纳人数占应发人数的比例"),
)


def running_sheet(head: Head) -> Sheet:
    """Salaries and running costs: the fixed set of rows that a whole province uses."""
    rows = []
    for level2, name, sign, amount, measure, description in _RUNNING:
        entry = replace(
            placed(level2, name), sign=sign, amount=amount, measure=measure,
            description=description, basis="预算支出标准",
        )  # fmt: skip
        family = f"running:{name}"
        rows.append(Row(entry, "", (), family, family))
    goal = "严格执行相关政策，保障工资及时发放、足额发放，预算编制科学合理，减少结余资金。"
    sheet = _sheet(head, SheetKind.STANDARD, rows, goal, "running")
    return replace(sheet, origin="running")


def copied_sheet(head: Head, source: Sheet, rng: Random) -> Sheet:
    """Another unit's table under the own project name; a figure or a row may be changed."""
    kept = [row for row in source.rows if rng.random() > 0.06] or list(source.rows)
    rows = [_renamed(row, source.short_title, short(head.title)) for row in kept]
    if rng.random() < 0.4:
        place = rng.randrange(len(rows))
        rows[place] = _grown(rows[place], rng.choice((0.8, 1.2, 1.5)))
    goal = source.goal.replace(source.short_title, short(head.title))
    family = source.goal_family or f"goal of {source.id}"
    sheet = _sheet(head, SheetKind.COPIED, rows, goal, family)
    other_cost = any(
        row.concept == TOTAL_COST and row.entry.amount != f"{head.budget_wan:g}" for row in rows
    )
    weak = ("P04", "P11") if other_cost else ("P11",)
    return replace(sheet, origin=source.origin, weak=weak)


def carried_sheet(head: Head, source: Sheet, rng: Random) -> Sheet:
    """The unit's own table of the year before, some figures brought up to date."""
    rows = [_brought_forward(row, source, head, rng) for row in source.rows]
    goal = source.goal.replace(str(source.year), str(head.year))
    family = source.goal_family or f"goal of {source.id}"
    kind = source.kind if source.kind is not SheetKind.OWN else SheetKind.CARRIED
    sheet = _sheet(head, kind, rows, goal, family)
    return replace(sheet, origin=source.origin, weak=source.weak)


def echo_sheet(head: Head, rng: Random) -> Sheet:
    """Values that repeat the names, descriptions too."""
    rows = []
    for concept in _measured(head.programme, rng):
        entry = placed(concept.level2, concept.name)
        entry = replace(echo(entry, rng), description=entry.name, basis=rng.choice(IDLE_BASES))
        rows.append(Row(entry, concept.name, ("V01", "N02"), "", "same"))
    goal, family = _stock_goal(head, rng)
    sheet = _sheet(head, SheetKind.ECHO, rows, goal, family)
    return replace(sheet, weak=("P03", "P08"))


def one_value_sheet(head: Head, rng: Random) -> Sheet:
    """One share as the value of every row, whatever it measures."""
    rows = []
    for concept in _measured(head.programme, rng):
        entry = placed(concept.level2, concept.name)
        said = STOCK_DESCRIPTIONS["completion"].format(name=entry.name)
        entry = replace(
            entry,
            sign="≥",
            amount="95",
            measure="%",
            description=said,
            basis=rng.choice(IDLE_BASES),
        )
        weak = () if concept.measure_class == "share" else _mistyped(entry)
        rows.append(Row(entry, concept.name, weak, "", "completion"))
    goal, family = _stock_goal(head, rng)
    sheet = _sheet(head, SheetKind.ONE_VALUE, rows, goal, family)
    return replace(sheet, weak=("P02", "P08"))


def _mistyped(entry: Entry) -> tuple[str, ...]:
    return {"数量": ("T01",), "成本": ("T02",)}.get(entry.level2, ("U01",))


def _sheet(head: Head, kind: SheetKind, rows: Sequence[Row], goal: str, goal_family: str) -> Sheet:
    ordered = sorted(rows, key=lambda row: place_of(row.entry))
    return Sheet(
        id=head.id,
        county=head.county,
        department=head.department,
        year=head.year,
        programme=head.programme.key,
        title=head.title,
        code=head.code,
        budget_wan=head.budget_wan,
        goal=goal,
        goal_family=goal_family,
        kind=kind,
        origin=head.id,
        rows=tuple(ordered),
    )


def _measured(programme: Programme, rng: Random) -> list[Concept]:
    """Four rows or more of the project's own, and what every table has."""
    own = programme.concepts
    found = rng.sample(own, rng.randint(min(4, len(own)), len(own)))
    have = {concept.level2 for concept in found}
    common = _common()
    wanted = [
        *(("时效", name) for name in ("资金到位率", "任务完成日期")),
        ("成本", TOTAL_COST),
        *(("质量", name) for name in ("竣工验收合格率", "资金使用合规率")),
        *(("社会效益", name) for name in ("受益人口数", "政策知晓率")),
        *(("满意度", name) for name in ("受益群众满意度", "服务对象满意度", "社会公众满意度")),
    ]
    for level2 in ("质量", "时效", "成本", "社会效益", "满意度"):
        names = [name for own_level, name in wanted if own_level == level2]
        if level2 not in have and rng.random() < 0.8:
            found.append(common[rng.choice(names)])
    return found


@cache
def _common() -> dict[str, Concept]:
    return {concept.name: concept for concept in concepts() if concept.department == "通用"}


def _row(head: Head, concept: Concept, habit: Habit, rng: Random) -> Row:
    formal = (concept.name, concept.name, concept.name, *concept.phrasings[:2])
    name = rng.choice(formal)
    size = head.budget_wan / head.programme.budget_wan
    entry = entry_of(concept, name, size, head.year, rng)
    if concept.name == TOTAL_COST:
        entry = replace(entry, amount=f"{head.budget_wan:g}")
    described = _described(head, concept, entry, habit, rng)
    if rng.random() >= habit.weak_rows:
        return described
    weak, rule = spoilt(described.entry, concept, rng)
    family = "same" if rule == "N02" else described.description_family
    return replace(described, entry=weak, weak=(rule,), description_family=family)


def _described(head: Head, concept: Concept, entry: Entry, habit: Habit, rng: Random) -> Row:
    if rng.random() < habit.stock_words:
        family = rng.choice(("reflects", "reflects", "completion", "examines"))
        said = STOCK_DESCRIPTIONS[family].format(name=entry.name, project=short(head.title))
        entry = replace(entry, description=said, basis=rng.choice(IDLE_BASES))
        return Row(entry, concept.name, (), "", family)
    if rng.random() < 0.4:
        said, family = in_own_words(concept, rng), ""
    else:
        said, family = stated(concept, entry.name, rng)
    entry = replace(entry, description=said, basis=rng.choice(BASES))
    return Row(entry, concept.name, (), "", family)


def _stock_row(head: Head, family: str) -> Row:
    pattern, level2 = STOCK_NAMES[family]
    entry = placed(level2, pattern.format(project=short(head.title)))
    said = STOCK_DESCRIPTIONS["completion"].format(name=entry.name)
    entry = replace(entry, sign="≥", amount="95", measure="%", description=said, basis="部门标准")
    return Row(entry, "", ("T02",) if level2 == "成本" else (), f"stock:{family}", "completion")


def _goal(head: Head, rows: Sequence[Row], habit: Habit, rng: Random) -> tuple[str, str]:
    good = [row.entry for row in rows if row.entry.measure and not row.weak]
    counted = [entry for entry in good if entry.level2 == "数量"]
    effects = [entry for entry in good if entry.level2.endswith(("效益", "满意度"))]
    if rng.random() < habit.stock_words or len(counted) < 2 or not effects:
        return _stock_goal(head, rng)
    first, second, effect = counted[0], counted[1], rng.choice(effects)
    goal = OWN_GOAL.format(
        first=first.name,
        first_value=f"{first.amount}{first.measure}",
        second=second.name,
        second_value=f"{second.amount}{second.measure}",
        effect=effect.name,
        effect_value=f"{effect.amount}{effect.measure}",
    )
    return goal, ""


def _stock_goal(head: Head, rng: Random) -> tuple[str, str]:
    family = rng.choice(sorted(STOCK_GOALS))
    office = head.county.unit(head.department).removeprefix(head.county.name)
    goal = STOCK_GOALS[family].format(
        project=short(head.title), aim=head.programme.aim, office=office
    )
    return goal, f"stock:{family}"


def _renamed(row: Row, old: str, new: str) -> Row:
    entry = row.entry
    entry = replace(
        entry,
        name=entry.name.replace(old, new),
        amount=entry.amount.replace(old, new),
        description=entry.description.replace(old, new),
    )
    return replace(row, entry=entry)


def _grown(row: Row, factor: float) -> Row:
    """The row with another figure, where it has one that may change."""
    entry = row.entry
    if entry.measure in ("", "%", "%%") or not entry.amount.replace(".", "", 1).isdigit():
        return row
    usual = float(entry.amount)
    return replace(row, entry=replace(entry, amount=rounded(usual * factor, usual)))


def _brought_forward(row: Row, source: Sheet, head: Head, rng: Random) -> Row:
    """Last year's row with this year's date and budget; every third with another figure."""
    if row.concept == TOTAL_COST and row.entry.measure == "万元":
        return replace(row, entry=replace(row.entry, amount=f"{head.budget_wan:g}"))
    if rng.random() < 0.3:
        row = _grown(row, rng.uniform(1.0, 1.15))
    amount = row.entry.amount.replace(f"{source.year}年", f"{head.year}年")
    return replace(row, entry=replace(row.entry, amount=amount))
