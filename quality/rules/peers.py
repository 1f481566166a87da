"""P09–P11: what peers tell of a project; without peers they answer that they cannot tell."""

from collections.abc import Callable

import numpy as np

from quality.context import PeerAnswers, PeerValues, RowContext, TableContext
from quality.findings import NOT_APPLICABLE, NOT_ENOUGH_DATA, PASS, Verdict, finding
from quality.rules.tables import RowVerdicts

# So many units make a range; fewer make an anecdote.
FEWEST_UNITS = 5

_FENCE = 3.0  # quartile distances: far outside, not merely outside
_POINTS = 15.0
_TIMES = 2.0
_COMMON = 0.5
_COPIED = 0.8
_FEWEST_ROWS = 4
_MOST_SHOWN = 5


def missing_habit(table: TableContext, _: RowVerdicts) -> tuple[Verdict, ...]:
    """P09: most similar projects measure it, this one does not."""
    if not table.rows:
        return (NOT_APPLICABLE,)
    habits = table.peers.habits(table.project) if table.peers else None
    if habits is None:
        return (NOT_ENOUGH_DATA,)
    common = [habit for habit in habits if habit.having >= _COMMON * habit.projects]
    found = tuple(
        finding(
            f"{habit.projects} 个同类项目中有 {habit.having} 个设有“{habit.name}”"
            f"（{habit.level2}），本项目没有",
            "indicators",
        )
        for habit in common[:_MOST_SHOWN]
    )
    return found or (PASS,)


def outlier(table: TableContext, _: RowVerdicts) -> tuple[Verdict, ...]:
    """P10: a value far outside what peers set, by the distance of quartiles (Tukey's far fence)."""
    if table.peers is None:
        return (NOT_ENOUGH_DATA,)
    peers = table.peers
    found = [_far(one, peers) for one in table.rows if one.is_number and not one.is_standard]
    told = [verdict for verdict in found if verdict is not NOT_ENOUGH_DATA]
    if not told:
        return (NOT_ENOUGH_DATA,)
    return tuple(verdict for verdict in told if verdict is not PASS) or (PASS,)


def _far(context: RowContext, peers: PeerAnswers) -> Verdict:
    known = peers.values(context.row, context.table.project)
    if known is None or known.units < FEWEST_UNITS:
        return NOT_ENOUGH_DATA
    low, high = (round(float(edge), 4) for edge in np.percentile(known.values, (25, 75)))
    reach = _FENCE * (high - low)
    if low - reach <= known.own <= high + reach or not _is_clear(known, low, high):
        return PASS
    scale = "（按预算折算）" if known.scaled else ""
    text = (
        f"“{context.name}”为 {known.own:.4g}{known.measure}{scale}，"
        f"{known.units} 个单位多在 {low:.4g} 至 {high:.4g}{known.measure}之间"
    )
    return finding(text, "value", others=(context.position,))


def _is_clear(known: PeerValues, low: float, high: float) -> bool:
    """Whether a value is also clearly another: fifteen points of a share, twice an amount.

    Where peers nearly agree, any other value would be outside the fence.
    """
    if known.measure.startswith("%"):
        return known.own < low - _POINTS or known.own > high + _POINTS
    return known.own * _TIMES < low or known.own > _TIMES * high


def copied(table: TableContext, _: RowVerdicts) -> tuple[Verdict, ...]:
    """P11: nearly the same table as another unit's, fixed sets left out."""
    own = sum(not one.is_standard for one in table.rows)
    if own < _FEWEST_ROWS:
        return (NOT_APPLICABLE,)
    if table.peers is None:
        return (NOT_ENOUGH_DATA,)
    twin = table.peers.twin(table.project)
    if twin is None or twin.same < max(_FEWEST_ROWS, _COPIED * twin.rows):
        return (PASS,)
    text = f"{twin.rows} 条指标中有 {twin.same} 条与{twin.unit}“{twin.project}”完全相同"
    return (finding(text, "indicators"),)


RULES: dict[str, Callable[[TableContext, RowVerdicts], tuple[Verdict, ...]]] = {
    "P09": missing_habit,
    "P10": outlier,
    "P11": copied,
}
