"""Projects side by side: rows aligned one to one, values in one measure, groups covered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.records import Indicator, Level2, Project, ValueKind
from corpus.where import settled
from peers.alignment import Profile, Similarities, assign, is_cost, similarities

_GROUPS = {
    Level2.QUANTITY: "数量", Level2.QUALITY: "质量", Level2.TIMELINESS: "时效",
    Level2.COST: "成本", Level2.ECONOMIC_COST: "成本",
    Level2.ECONOMIC: "经济效益", Level2.SOCIAL: "社会效益", Level2.ECOLOGICAL: "生态效益",
    Level2.SUSTAINABLE: "可持续影响", Level2.SATISFACTION: "满意度",
    Level2.SOCIAL_COST: "社会成本", Level2.ECOLOGICAL_COST: "生态环境成本",
}  # fmt: skip
_CORE = ("数量", "质量", "时效", "成本", "社会效益", "满意度")
_POINTS = {"%": "个百分点", "‰": "个千分点"}


@dataclass(frozen=True, slots=True)
class Delta:
    """Values of one row in one measure, in the order of the projects (None: no such number).

    `differences` are to the first project that has a number; `per_wan` are numbers per 万元 of
    budget, for amounts only, None for shares, dates and unknown budgets.
    """

    measure: str
    numbers: tuple[float | None, ...]
    differences: tuple[float | None, ...]
    per_wan: tuple[float | None, ...]

    @property
    def counted_in(self) -> str:
        """The measure of a difference: that of two shares is in points."""
        return _POINTS.get(self.measure, self.measure)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One indicator as each project has it; `similarity` is the lowest of its pairs.

    1.0 where only one project has the row. `delta` is None where fewer than two have numbers in
    one measure.
    """

    concept: str
    cells: tuple[Indicator | None, ...]
    similarity: float
    delta: Delta | None


@dataclass(frozen=True, slots=True)
class GroupCoverage:
    """How many rows each project has in one official group.

    `peers_share` is the share of similar projects that have any (None without such projects).
    """

    group: str
    counts: tuple[int, ...]
    peers_share: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Projects side by side; `gaps` say in Chinese what some measure and others do not."""

    projects: tuple[Project, ...]
    rows: tuple[ComparedRow, ...]
    coverage: tuple[GroupCoverage, ...]
    gaps: tuple[str, ...]


def compare(profiles: Sequence[Profile], peers: Sequence[Project] = ()) -> Comparison:
    """Lay two projects or more side by side, in their order.

    Rows of the second are assigned to those of the first, rows of the third to those of either,
    and so on. `peers` are similar projects, against which the coverage of groups is shown.
    """
    projects = tuple(profile.project for profile in profiles)
    table: list[list[int | None]] = []
    alike: list[float] = []
    for place, profile in enumerate(profiles):
        _take_in(table, alike, profiles[:place], profile)
    rows = tuple(
        _row(profiles, cells, similarity)
        for cells, similarity in sorted(
            zip(table, alike, strict=True), key=lambda one: _order(projects, one[0])
        )
    )
    coverage = _coverage(projects, peers)
    return Comparison(projects, rows, coverage, _gaps(projects, coverage))


def _take_in(
    table: list[list[int | None]], alike: list[float], before: Sequence[Profile], new: Profile
) -> None:
    """Assign the rows of a project to the rows of the table; what fits none comes at the end."""
    found = _to_table(table, before, new)
    taken = {}
    for pair in assign(found):
        taken[pair.right] = pair.left
        alike[pair.left] = min(alike[pair.left], pair.similarity)
    by_row = {row: own for own, row in taken.items()}
    for row, cells in enumerate(table):
        cells.append(by_row.get(row))
    for own in range(len(new.project.indicators)):
        if own not in taken:
            table.append([*([None] * len(before)), own])
            alike.append(1.0)


def _to_table(
    table: Sequence[Sequence[int | None]], before: Sequence[Profile], new: Profile
) -> Similarities:
    """`(rows of the table, rows of the project)`: to the most alike cell of each row."""
    found = np.zeros((len(table), len(new.project.indicators)))
    for place, profile in enumerate(before):
        near = similarities(profile, new)
        for row, cells in enumerate(table):
            own = cells[place]
            if own is not None:
                found[row] = np.maximum(found[row], near[own])
    return found


def _order(projects: Sequence[Project], cells: Sequence[int | None]) -> tuple[int, int]:
    """By official group, then as printed."""
    place, own = next((n, cell) for n, cell in enumerate(cells) if cell is not None)
    group = _group(projects[place].indicators[own])
    order = list(dict.fromkeys(_GROUPS.values()))
    return (order.index(group) if group in order else len(order)), place * 1000 + own


def _group(row: Indicator) -> str:
    return _GROUPS[row.level2] if row.level2 else ("成本" if is_cost(row) else "")


def _row(
    profiles: Sequence[Profile], cells: Sequence[int | None], similarity: float
) -> ComparedRow:
    rows = tuple(
        None if own is None else profile.project.indicators[own]
        for profile, own in zip(profiles, cells, strict=True)
    )
    known = [
        profile.concepts[own]
        for profile, own in zip(profiles, cells, strict=True)
        if own is not None and profile.concepts[own] is not None
    ]
    name = next(row.name for row in rows if row is not None)
    concept = known[0].name if known and known[0] else name
    return ComparedRow(concept, rows, similarity, _delta(profiles, rows))


def _delta(profiles: Sequence[Profile], rows: Sequence[Indicator | None]) -> Delta | None:
    numbered = [row for row in rows if row is not None and _number(row) is not None]
    measures = {row.value.canonical_measure for row in numbered}
    if len(numbered) < 2 or len(measures) != 1:
        return None
    measure = measures.pop()
    numbers = tuple(None if row is None else _number(row) for row in rows)
    first = next(number for number in numbers if number is not None)
    return Delta(
        measure=measure,
        numbers=numbers,
        differences=tuple(None if n is None else round(n - first, 8) for n in numbers),
        per_wan=tuple(
            _per_wan(number, measure, profile.project.budget_wan)
            for number, profile in zip(numbers, profiles, strict=True)
        ),
    )


def _number(row: Indicator) -> float | None:
    value = row.value
    return value.canonical_number if value.kind is ValueKind.NUMERIC else None


def _per_wan(number: float | None, measure: str, budget: float | None) -> float | None:
    amounts = measure and "%" not in measure and "/" not in measure and measure != "万元"
    if number is None or not budget or not amounts or measure in ("天", "月", "年", "小时", "分"):
        return None
    return round(number / budget, 4)


def _coverage(projects: Sequence[Project], peers: Sequence[Project]) -> tuple[GroupCoverage, ...]:
    counts = [[_group(row) for row in project.indicators] for project in projects]
    others = [{_group(row) for row in project.indicators} for project in peers]
    met = {group for groups in (*counts, *others) for group in groups}
    return tuple(
        GroupCoverage(
            group=group,
            counts=tuple(groups.count(group) for groups in counts),
            peers_share=_share(sum(group in groups for groups in others), len(others)),
        )
        for group in dict.fromkeys(_GROUPS.values())
        if group in met or group in _CORE
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _gaps(projects: Sequence[Project], coverage: Sequence[GroupCoverage]) -> tuple[str, ...]:
    """What some measure and others do not."""
    said = []
    for group in coverage:
        having = [_title(p) for p, n in zip(projects, group.counts, strict=True) if n]
        lacking = [_title(p) for p, n in zip(projects, group.counts, strict=True) if not n]
        if having and lacking:
            said.append(f"{group.group}：{'、'.join(having)}有，{'、'.join(lacking)}没有")
        elif lacking and group.peers_share is not None and group.peers_share >= 0.5:
            share = f"{100 * group.peers_share:.0f}%"
            said.append(f"{group.group}：{share} 的同类项目有，这里都没有")
    return tuple(said)


def _title(project: Project) -> str:
    year = settled(project).year
    name = project.name or "部门整体"
    return f"“{name}”" + (f"（{project.unit}{year or ''}）" if project.unit else "")
