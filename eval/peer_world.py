"""Invented units whose target values follow known laws, for testing what peers tell.

Each measurable concept of `knowledge/concepts` gets a law: a share keeps to a few round values, a
deadline to a month, a count or an amount is spread log-normally around a typical value, for half
of the concepts in step with the project's budget. Units print values drawn from these laws, now
and then an echo, a slogan or a share where none belongs, and some copy their neighbour's table.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from corpus.layouts.levels import level1_of, level2_of
from corpus.records import Indicator, Level1, Level2, Project, ProjectKind, Source, ValueKind
from corpus.values import parse_value
from knowledge.concepts import Concept, MeasureClass, Polarity, concepts

MEDIAN_BUDGET = 80.0
"""万元, of invented projects; budgets are log-normal around it."""

_BUDGET_SIGMA = 1.0
_ROWS = 10
_YEARS = (2023, 2024, 2025, 2026)
_PLACE_HEADS = "砚澄霁岚芷砺笺荻槿筠沅棠"
_PLACE_TAILS = "禾岩湾桥泉溪原岭川渡"
_LEVEL1 = {
    "数量": Level1.OUTPUT,
    "质量": Level1.OUTPUT,
    "时效": Level1.OUTPUT,
    "成本": Level1.COST,
    "经济成本": Level1.COST,
    "社会成本": Level1.COST,
    "生态环境成本": Level1.COST,
    "满意度": Level1.SATISFACTION,
}
_SCOPES = (
    "",
    "全县",
    "农村",
    "城区",
    "乡镇",
    "社区",
    "重点",
    "基层",
    "片区",
    "山区",
    "集中",
    "日常",
    "年度",
    "本级",
    "新增",
    "示范",
)


@dataclass(frozen=True, slots=True)
class Noise:
    """Shares of rows that say nothing or the wrong thing, and of tables that are copied."""

    echo: float = 0.08
    slogan: float = 0.05
    wrong_class: float = 0.04
    copied: float = 0.08


@dataclass(frozen=True, slots=True)
class Law:
    """How the values of one concept come about.

    `centre` is the typical canonical number (a deadline: the month) in `measure`; `sigma` the
    spread of its logarithm; `per_budget`: in step with the budget, `centre` at the median budget.
    """

    concept: Concept
    operator: str
    centre: float
    measure: str
    sigma: float
    per_budget: bool

    def typical(self, budget_wan: float) -> float:
        """The middle of the law for a project of this budget (万元)."""
        return self.centre * (budget_wan / MEDIAN_BUDGET if self.per_budget else 1.0)


@dataclass(frozen=True, slots=True)
class Row:
    """An invented row with the law it was drawn from; None where it is noise."""

    indicator: Indicator
    law: Law | None


@dataclass(frozen=True, slots=True)
class Invented:
    """An invented project; `rows` stand in the order of its indicators."""

    project: Project
    rows: tuple[Row, ...]


@cache
def laws(seed: int = 1) -> tuple[Law, ...]:
    """One law for each concept with a measurable value, the same ones in every run."""
    return tuple(law for concept in concepts() if (law := _law(concept, seed)))


def world(
    units: int,
    seed: int = 1,
    noise: Noise | None = None,
    *,
    department: str = "",
    unlike: bool = False,
) -> Iterator[Invented]:
    """Projects of so many invented units, of one department or ("") of all.

    `unlike` names make most texts differ.
    """
    noise = noise or Noise()
    known = _by_department(laws(1))
    departments = [department] if department else [name for name in known if name != "通用"]
    last: dict[str, Invented] = {}
    for number in range(units):
        rng = Random(f"{seed}-{number}")  # noqa: S311 - invented figures, no secret
        whose = rng.choice(departments)
        unit = _unit(number, whose)
        for serial in range(rng.randint(1, 3)):
            if whose in last and rng.random() < noise.copied:
                yield _copy(last[whose], unit, number, serial)
                continue
            made = _project(rng, (unit, whose), (number, serial), known, noise, unlike)
            last[whose] = made
            yield made


def _law(concept: Concept, seed: int) -> Law | None:
    value = parse_value(concept.value, name=concept.name, level2=concept.level2)
    rng = Random(f"{seed}-{concept.name}")  # noqa: S311
    if value.kind is ValueKind.DEADLINE and value.deadline:
        month = int(value.deadline.split("-")[1 if len(value.deadline) > 5 else 0])
        return Law(concept, "", month, "", 0.0, per_budget=False)
    if value.kind is not ValueKind.NUMERIC or not value.canonical_number:
        return None
    sigma = rng.choice((0.2, 0.4, 0.7, 1.1))
    steps = concept.measure_class in (MeasureClass.COUNT, MeasureClass.MONEY, MeasureClass.AREA)
    return Law(
        concept,
        value.operator or _operator(concept.polarity),
        value.canonical_number,
        value.canonical_measure,
        sigma,
        per_budget=steps and rng.random() < 0.5,
    )


def _operator(polarity: Polarity) -> str:
    return {Polarity.HIGHER: "≥", Polarity.LOWER: "≤", Polarity.NONE: "="}[polarity]


def _by_department(known: Sequence[Law]) -> dict[str, list[Law]]:
    found: dict[str, list[Law]] = {}
    for law in known:
        found.setdefault(law.concept.department, []).append(law)
    return found


def _unit(number: int, department: str) -> str:
    heads, tails = len(_PLACE_HEADS), len(_PLACE_TAILS)
    place = _PLACE_HEADS[number % heads] + _PLACE_TAILS[number // heads % tails]
    return f"{number // (heads * tails):03d}{place}县{department}局"


def _project(
    rng: Random,
    whose: tuple[str, str],
    place: tuple[int, int],
    known: dict[str, list[Law]],
    noise: Noise,
    unlike: bool,
) -> Invented:
    unit, department = whose
    budget = round(MEDIAN_BUDGET * math.exp(rng.gauss(0, _BUDGET_SIGMA)), 2)
    general = known.get("通用", [])
    chosen = rng.sample(known[department], min(_ROWS - 3, len(known[department])))
    chosen += rng.sample(general, min(3, len(general)))
    rows = tuple(
        _row(rng, law, budget, noise, place, line, unlike) for line, law in enumerate(chosen, 1)
    )
    first = chosen[0].concept.name
    return Invented(_head(unit, department, f"{first}专项", rng, budget, place, rows), rows)


def _head(
    unit: str,
    department: str,
    name: str,
    rng: Random,
    budget: float,
    place: tuple[int, int],
    rows: Sequence[Row],
) -> Project:
    file = f"world_{place[0]:05d}.jsonl"
    return Project(
        unit=unit,
        name=name,
        code=f"W{place[0]:06d}{place[1]}",
        year=rng.choice(_YEARS),
        budget_wan=budget,
        kind=ProjectKind.PROJECT,
        department=department,
        indicators=tuple(row.indicator for row in rows),
        source=Source(file, "", 1),
    )


def _copy(origin: Invented, unit: str, number: int, serial: int) -> Invented:
    project = replace(origin.project, unit=unit, code=f"W{number:06d}{serial}")
    return Invented(project, tuple(replace(row, law=None) for row in origin.rows))


def _row(
    rng: Random,
    law: Law,
    budget: float,
    noise: Noise,
    place: tuple[int, int],
    line: int,
    unlike: bool,
) -> Row:
    concept = law.concept
    name = concept.name if rng.random() < 0.5 else rng.choice(concept.phrasings[:4])
    if unlike:
        name = rng.choice(_SCOPES) + name
    said, true = _printed(rng, law, budget, noise, name)
    description = f"{name}（{rng.choice(_SCOPES) or '全部'}）" if rng.random() < 0.4 else ""
    value = parse_value(said, name=name, description=description, level2=concept.level2)
    level2 = level2_of(concept.level2)
    indicator = Indicator(
        name=name,
        value=value,
        level1=_LEVEL1.get(concept.level2, level1_of("效益指标")),
        level2=Level2(concept.level2),
        level2_raw=level2 or concept.level2,
        description=description,
        source=Source(f"world_{place[0]:05d}.jsonl", f"table {place[1] + 1}", line),
    )
    return Row(indicator, law if true else None)


def _printed(rng: Random, law: Law, budget: float, noise: Noise, name: str) -> tuple[str, bool]:
    """The cell, and whether it was drawn from the law."""
    draw = rng.random()
    if draw < noise.echo:
        return name, False
    if draw < noise.echo + noise.slogan:
        return rng.choice(("进一步提升", "长期", "显著", "不断增强")), False
    if draw < noise.echo + noise.slogan + noise.wrong_class:
        return "≥95%", False
    if not law.measure and not law.operator:
        return _date(rng, int(law.centre)), True
    if law.measure == "%":
        number = _share(rng, law.centre)
    else:
        number = _round(law.typical(budget) * math.exp(rng.gauss(0, law.sigma)))
    sign = law.operator if rng.random() < 0.85 else "="
    return f"{sign}{number:g}{law.measure}", True


def _share(rng: Random, centre: float) -> float:
    if rng.random() < 0.6:
        return centre
    step = rng.choice((-10, -5, -5, -3, -2, 2, 3, 5))
    return min(100.0, max(0.5, centre + step)) if centre >= 15 else _round(centre * 1.5)


def _date(rng: Random, month: int) -> str:
    if rng.random() > 0.7:
        month = min(12, max(1, month + rng.choice((-3, -2, -1, 1, 2))))
    return f"{month}月底前"


def _round(number: float) -> float:
    """Two leading digits, as plans are written; whole from ten on."""
    if number <= 0:
        return number
    digits = 1 - math.floor(math.log10(number))
    return round(number, digits)
