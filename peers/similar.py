"""Projects like another one: by name, by aim, by what they measure; and why."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.store.stored import StoredProject
from corpus.where import settled
from peers.alignment import Pair, Profile, assign, overlap, similarities

# What each kind of evidence is worth; what a project lacks (an empty goal) is left out and the
# rest weighs more. Budget and department are weak evidence: they never make two projects alike.
_WEIGHTS = {"name": 0.35, "aim": 0.2, "rows": 0.35, "budget": 0.06, "department": 0.04}
_CLEAR = 0.5
_MOST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two projects are, by each kind of evidence (0 to 1, None where one lacks it).

    `score` weighs them; `pairs` are the indicators that belong together.
    """

    score: float
    name: float | None
    aim: float | None
    rows: float | None
    budget: float | None
    department: float | None
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class SimilarProject:
    """A project like the one asked for, and the reasons in Chinese, the strongest first."""

    id: str
    project: str
    unit: str
    year: int | None
    budget_wan: float | None
    score: float
    reasons: tuple[str, ...]


def likeness(asked: Profile, other: Profile) -> Likeness:
    """Compare a project with another one.

    One that lacks the indicators which the first has is not like it in them: there is nothing to
    compare. Nor is the table of a whole unit like a project in its name.
    """
    pairs = assign(similarities(asked, other))
    evidence = {
        "name": _names(asked, other),
        "aim": _cosine(asked.aim, other.aim),
        "rows": overlap(asked, other, pairs) if len(asked.weights) else None,
        "budget": _budgets(asked.project.budget_wan, other.project.budget_wan),
        "department": _departments(asked, other),
    }
    known = {kind: found for kind, found in evidence.items() if found is not None}
    whole = sum(_WEIGHTS[kind] for kind in known)
    score = sum(_WEIGHTS[kind] * found for kind, found in known.items()) / whole if whole else 0.0
    return Likeness(round(score, 4), **evidence, pairs=pairs)


def _names(asked: Profile, other: Profile) -> float | None:
    if asked.project.kind is not other.project.kind:
        return 0.0
    both = asked.project.name and other.project.name
    return _cosine(asked.head, other.head) if both else None


def _cosine(left: NDArray[np.float32], right: NDArray[np.float32]) -> float | None:
    if not left.any() or not right.any():
        return None
    return max(0.0, float(left @ right))


def _budgets(mine: float | None, theirs: float | None) -> float | None:
    """1 for equal budgets, 0 from ten times as much."""
    if not mine or not theirs or mine < 0 or theirs < 0:
        return None
    return max(0.0, 1.0 - abs(math.log10(mine / theirs)))


def _departments(left: Profile, right: Profile) -> float | None:
    mine, theirs = settled(left.project).department, settled(right.project).department
    return float(mine == theirs) if mine and theirs else None


def most_similar(
    asked: Profile, others: Iterable[tuple[StoredProject, Profile]], top: int
) -> tuple[SimilarProject, ...]:
    """The best of some projects, best first, ties by id."""
    found = [(stored, profile, likeness(asked, profile)) for stored, profile in others]
    found.sort(key=lambda one: (-one[2].score, one[0].id))
    return tuple(
        SimilarProject(
            id=stored.id,
            project=stored.project.name,
            unit=stored.project.unit,
            year=settled(stored.project).year,
            budget_wan=stored.project.budget_wan,
            score=alike.score,
            reasons=reasons(asked, profile, alike),
        )
        for stored, profile, alike in found[:top]
    )


def reasons(asked: Profile, other: Profile, alike: Likeness) -> tuple[str, ...]:
    """Why two projects are alike, in words, with what can be checked."""
    said = []
    if alike.name is not None and alike.name >= _CLEAR:
        said.append(f"项目名称相近（{alike.name:.2f}）")
    if alike.pairs:
        said.append(_rows(asked, other, alike.pairs))
    if alike.aim is not None and alike.aim >= _CLEAR:
        said.append(f"用途和目标相近（{alike.aim:.2f}）")
    if alike.budget is not None and alike.budget >= _CLEAR:
        mine, theirs = asked.project.budget_wan, other.project.budget_wan
        said.append(f"预算同一量级（{mine:g} 与 {theirs:g} 万元）")
    if alike.department:
        said.append(f"同属{settled(other.project).department}")
    return tuple(said)


def _rows(asked: Profile, other: Profile, pairs: tuple[Pair, ...]) -> str:
    """How many indicators belong together, the most telling named."""
    told = sorted(pairs, key=lambda pair: (-asked.weights[pair.left], -pair.similarity, pair.left))
    names = []
    for pair in told[:_MOST_ROWS]:
        mine = asked.project.indicators[pair.left].name
        theirs = other.project.indicators[pair.right].name
        names.append(mine if mine == theirs else f"{mine}—{theirs}")
    return f"{len(pairs)} 条指标对得上：{'、'.join(names)}"
