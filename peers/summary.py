"""What the votes say, each class of measure in its own way; pure functions of the votes.

Shares are compared by points, deadlines by months, everything else by ratio (such values spread
over orders of magnitude). The value suggested is the one that most of the weight is near to.
"""

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.concepts import MeasureClass
from peers.records import CommonText, Distribution, Peer, PerBudget, Quantity
from peers.scales import scale_of

POINTS = 5.0
"""Shares at most so many points apart are near each other."""
MONTHS = 1.0
FACTOR = 2.0
"""Other values within this factor are near each other."""

Matrix = NDArray[np.float64]

_COMMON = 5  # most common values that are listed
_FEWEST_BUDGETS = 5
_FEWEST_AMOUNTS = 2
_CLEARLY = 0.8  # spread per 万元 against the spread as it is, to be called better


def near(measure_class: MeasureClass, one: float, other: float) -> bool:
    """Whether two numbers of one scale are near each other."""
    if measure_class is MeasureClass.SHARE:
        return abs(one - other) <= POINTS + 1e-9
    if measure_class is MeasureClass.DATE:
        return abs(one - other) <= MONTHS
    if min(one, other) <= 0:
        return one == other
    return max(one, other) <= FACTOR * min(one, other) * (1 + 1e-9)


def winning_scale(votes: Sequence[Peer]) -> tuple[MeasureClass, str, float] | None:
    """The class and scale that most of the weight is in, and its share; None without votes.

    The class is chosen first, then the scale in it. A count without a measure is of the winning
    scale of counts.
    """
    quantities = [(peer.quantity, peer.weight) for peer in votes if peer.quantity]
    if not quantities:
        return None
    classes: dict[MeasureClass, float] = defaultdict(float)
    scales: dict[tuple[MeasureClass, str], float] = defaultdict(float)
    for quantity, weight in quantities:
        classes[quantity.measure_class] += weight
        scales[quantity.measure_class, quantity.scale] += weight
    best = max(classes, key=lambda found: (classes[found], found))
    named = {scale: weight for (found, scale), weight in scales.items() if found is best and scale}
    scale = max(named, key=lambda found: (named[found], found)) if named else ""
    weight = scales[best, scale] + (scales[best, ""] if scale else 0.0)
    return best, scale, weight / sum(classes.values())


def in_scale(votes: Sequence[Peer], measure_class: MeasureClass, scale: str) -> list[Peer]:
    """The votes that can be compared in this scale."""
    return [
        peer
        for peer in votes
        if peer.quantity is not None
        and peer.quantity.measure_class is measure_class
        and peer.quantity.scale in (scale, "")
    ]


def centre(numbers: Sequence[float], weights: Sequence[float], measure_class: MeasureClass) -> int:
    """Which of the numbers has most weight near it; equal numbers weigh more than near ones.

    Of several the one nearest to the weighted median, then the first.
    """
    return int(np.argmax(_merit(numbers, weights, measure_class)[0]))


def agreement(
    numbers: Sequence[float], weights: Sequence[float], measure_class: MeasureClass
) -> float:
    """Weighted share of votes that the centre of all the others would have been near to.

    0 for a single vote.
    """
    if len(numbers) < 2:
        return 0.0
    merit, nearby, same = _merit(numbers, weights, measure_class)
    own = np.asarray(weights, np.float64)
    without = merit[None, :] - own[:, None] * (nearby + _equal_weight(measure_class) * same)
    np.fill_diagonal(without, -np.inf)
    chosen = np.argmax(without, axis=1)
    hit = nearby[np.arange(len(own)), chosen]
    return float((hit * own).sum() / own.sum())


_LAST_TIE = 1e-7


def _merit(
    numbers: Sequence[float], weights: Sequence[float], measure_class: MeasureClass
) -> tuple[Matrix, Matrix, Matrix]:
    """Merit of each number as a centre, which are near each other, which are equal."""
    values, own = np.asarray(numbers, np.float64), np.asarray(weights, np.float64)
    if measure_class in (MeasureClass.SHARE, MeasureClass.DATE):
        line, edge = values, POINTS if measure_class is MeasureClass.SHARE else MONTHS
    else:
        positive = np.where(values > 0, values, np.nan)
        line, edge = np.log(positive), math.log(FACTOR)
        line = np.where(np.isnan(line), -1e6, line)
    apart = np.abs(line[:, None] - line[None, :])
    nearby = (apart <= edge + 1e-9).astype(np.float64)
    same = (apart <= 1e-9).astype(np.float64)
    middle = line[_weighted_median(line, own)]
    far = np.abs(line - middle)
    merit = nearby @ own + _equal_weight(measure_class) * (same @ own)
    merit -= _LAST_TIE * far / (1 + far.max())
    return merit, nearby, same


def _equal_weight(measure_class: MeasureClass) -> float:
    """What an equal value adds to a near one: shares and months are chosen, not measured."""
    return 1.0 if measure_class in (MeasureClass.SHARE, MeasureClass.DATE) else 0.3


def _weighted_median(line: Matrix, weights: Matrix) -> int:
    order = np.argsort(line, kind="stable")
    reached = np.cumsum(weights[order])
    return int(order[np.searchsorted(reached, reached[-1] / 2)])


def shown_measure(votes: Sequence[Peer]) -> str:
    """The canonical measure that most votes print; "" where none prints one."""
    printed = Counter(peer.quantity.measure for peer in votes if peer.quantity)
    del printed[""]
    return max(printed, key=lambda measure: (printed[measure], measure)) if printed else ""


def in_measure(quantity: Quantity, measure: str) -> float:
    """A comparable number in a measure of its scale; a deadline stays the month."""
    if not measure or quantity.measure_class is MeasureClass.DATE:
        return quantity.number
    return round(quantity.number / scale_of(measure)[2], 8)


def distribution(votes: Sequence[Peer], measure: str, concentration: float) -> Distribution | None:
    """What votes of one scale say, in `measure`; None without votes."""
    numbers = sorted(in_measure(peer.quantity, measure) for peer in votes if peer.quantity)
    if not numbers:
        return None
    is_date = any(p.quantity and p.quantity.measure_class is MeasureClass.DATE for p in votes)
    q1, median, q3 = (None, None, None) if is_date else _quartiles(numbers)
    texts = Counter(peer.text for peer in votes)
    common = sorted(texts.items(), key=lambda item: (-item[1], item[0]))[:_COMMON]
    return Distribution(
        n=len(votes),
        units=len({peer.unit or peer.project_id for peer in votes}),
        min=numbers[0],
        q1=q1,
        median=median,
        q3=q3,
        max=numbers[-1],
        measure=measure,
        common=tuple(CommonText(text, n) for text, n in common),
        concentration=round(concentration, 4),
    )


def _quartiles(numbers: Sequence[float]) -> tuple[float, float, float]:
    if len(numbers) == 1:
        return numbers[0], numbers[0], numbers[0]
    q1, median, q3 = statistics.quantiles(numbers, n=4, method="inclusive")
    return round(q1, 8), round(median, 8), round(q3, 8)


def per_budget(votes: Sequence[Peer], measure: str) -> PerBudget | None:
    """Counts, sizes and amounts for each 万元 of budget; None where that says nothing.

    Needs five votes with a budget and a positive value (two for amounts, which budgets bound).
    Spread is the median distance from the median, of natural logarithms.
    """
    pairs = [
        (in_measure(peer.quantity, measure), peer.budget_wan)
        for peer in votes
        if peer.quantity and peer.budget_wan and peer.budget_wan > 0 and peer.quantity.number > 0
    ]
    money = all(p.quantity and p.quantity.measure_class is MeasureClass.MONEY for p in votes)
    if len(pairs) < (_FEWEST_AMOUNTS if money else _FEWEST_BUDGETS):
        return None
    ratios = sorted(number / budget for number, budget in pairs)
    q1, median, q3 = _quartiles(ratios)
    spread, raw = _spread(ratios), _spread([number for number, _ in pairs])
    return PerBudget(
        n=len(pairs),
        q1=q1,
        median=median,
        q3=q3,
        measure=f"{measure}/万元",
        spread=round(spread, 4),
        spread_raw=round(raw, 4),
        explains_better=raw > 0 and spread < _CLEARLY * raw,
    )


def _spread(numbers: Sequence[float]) -> float:
    logs = [math.log(number) for number in numbers]
    middle = statistics.median(logs)
    return statistics.median(abs(log - middle) for log in logs)
