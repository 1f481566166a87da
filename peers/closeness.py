"""How near a peer is in scale: budget, department, county or not. Near ones weigh more."""

import math
from dataclasses import dataclass

LIKE_FACTOR = 4.0
"""Budgets within this factor of each other are of like scale."""

_UNKNOWN = 0.7
_OTHER_DEPARTMENT = 0.7
_OTHER_LEVEL = 0.8


@dataclass(frozen=True, slots=True)
class Scale:
    """What tells how near two projects are: budget (万元), department, county ("" for none)."""

    budget_wan: float | None
    department: str
    county: str


def closeness(mine: Scale, theirs: Scale) -> float:
    """Weight of a peer's vote, above 0 and at most 1 (1: like the draft in all that is known)."""
    weight = _of_budgets(mine.budget_wan, theirs.budget_wan)
    if mine.department and theirs.department != mine.department:
        weight *= _OTHER_DEPARTMENT if theirs.department else math.sqrt(_OTHER_DEPARTMENT)
    if mine.county and not theirs.county:
        weight *= _OTHER_LEVEL
    return round(weight, 6)


def is_like(mine: Scale, theirs: Scale) -> bool:
    """Whether a peer is of like scale, as far as that is known of both."""
    if mine.budget_wan and theirs.budget_wan:
        ratio = theirs.budget_wan / mine.budget_wan
        if not 1 / LIKE_FACTOR <= ratio <= LIKE_FACTOR:
            return False
    same = not mine.department or not theirs.department or mine.department == theirs.department
    return same and (not mine.county or bool(theirs.county))


def _of_budgets(mine: float | None, theirs: float | None) -> float:
    if not mine:
        return 1.0
    if not theirs:
        return _UNKNOWN
    return 1 / (1 + abs(math.log10(theirs / mine)))
