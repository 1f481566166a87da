"""Tables of the measured values: accuracy against coverage, against baselines, calibration."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.value_rows import HeldOut
from eval.values import Guess, Score, score
from peers.summary import near

COVERAGES = (0.1, 0.2, 0.3, 0.4, 0.5)
RESAMPLES = 2_000
_SEED = 20_261_121
_BINS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)

Flags = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ValueLine:
    """Accuracy of one system on the rows that the product answers first.

    `coverage` is their share of all rows, in the order of the product's confidence; `operator`
    is over the `signs` rows that print one.
    """

    system: str
    coverage: float
    rows: int
    measure_class: float
    operator: float
    signs: int
    number: float


@dataclass(frozen=True, slots=True)
class AheadLine:
    """How much the product is ahead of a baseline on the rows it answers, with 95 % bounds.

    Paired bootstrap over units.
    """

    baseline: str
    measure: str
    rows: int
    ahead: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CalibrationLine:
    """Answers of a span of confidence: what was promised, and what share of numbers was right."""

    low: float
    high: float
    rows: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class ClassLine:
    """Answers by the class of the row's own value."""

    measure_class: str
    rows: int
    answered: int
    class_right: float
    number_right: float


@dataclass(frozen=True, slots=True)
class ValueFigures:
    """One set of rows, measured. `gap` is the mean distance of confidence from what is right.

    `near_law` is the share of numbers near the middle of the law that the row was drawn from; None
    for real rows, whose laws nobody knows.
    """

    set: str
    rows: int
    units: int
    answered: int
    coverage: float
    brier: float
    gap: float
    near_law: float | None
    lines: tuple[ValueLine, ...]
    ahead: tuple[AheadLine, ...]
    calibration: tuple[CalibrationLine, ...]
    classes: tuple[ClassLine, ...]


def figures(
    name: str,
    rows: Sequence[HeldOut],
    product: Sequence[Guess | None],
    baselines: Mapping[str, Sequence[Guess | None]],
) -> ValueFigures:
    """Measure the product and the baselines on the same rows."""
    answered = [number for number, guess in enumerate(product) if guess is not None]
    answered.sort(key=lambda number: (-_confidence(product[number]), number))
    systems = {"product": product, **baselines}
    scores = {
        system: [score(row, guess) for row, guess in zip(rows, guesses, strict=True)]
        for system, guesses in systems.items()
    }
    wanted = sorted(
        {round(len(rows) * c) for c in COVERAGES if round(len(rows) * c) < len(answered)}
    )
    lines = [
        _line(system, scores[system], answered[:count], len(rows))
        for count in (*wanted, len(answered))
        for system in systems
        if count
    ]
    calibration, gap, brier = _calibration(product, scores["product"], answered)
    return ValueFigures(
        set=name,
        rows=len(rows),
        units=len({row.unit for row in rows}),
        answered=len(answered),
        coverage=round(len(answered) / len(rows), 4) if rows else 0.0,
        brier=brier,
        gap=gap,
        near_law=_near_law(rows, product, answered),
        lines=tuple(lines),
        ahead=tuple(_ahead(rows, scores, answered, list(baselines))),
        calibration=calibration,
        classes=tuple(_classes(rows, scores["product"], set(answered))),
    )


def _confidence(guess: Guess | None) -> float:
    return guess.confidence if guess else 0.0


def _line(system: str, scores: Sequence[Score], chosen: Sequence[int], total: int) -> ValueLine:
    picked = [scores[number] for number in chosen]
    signs = [one.operator for one in picked if one.operator is not None]
    return ValueLine(
        system=system,
        coverage=round(len(chosen) / total, 4),
        rows=len(chosen),
        measure_class=_share([one.measure_class for one in picked]),
        operator=_share(signs),
        signs=len(signs),
        number=_share([one.number for one in picked]),
    )


_MEASURES: tuple[tuple[str, Callable[[Score], bool | None]], ...] = (
    ("measure_class", lambda one: one.measure_class),
    ("operator", lambda one: one.operator),
    ("number", lambda one: one.number),
)


def _ahead(
    rows: Sequence[HeldOut],
    scores: dict[str, list[Score]],
    answered: Sequence[int],
    baselines: Sequence[str],
) -> list[AheadLine]:
    found = []
    for baseline in baselines:
        for measure, told in _MEASURES:
            pairs = [
                (rows[n].unit, float(mine) - float(theirs))
                for n in answered
                if (mine := told(scores["product"][n])) is not None
                and (theirs := told(scores[baseline][n])) is not None
            ]
            mean, low, high = _bounds(pairs)
            found.append(AheadLine(baseline, measure, len(pairs), mean, low, high))
    return found


def _bounds(pairs: Sequence[tuple[str, float]]) -> tuple[float, float, float]:
    """Mean difference and its 95 % bounds, whole units drawn anew."""
    units = sorted({unit for unit, _ in pairs})
    if not units:
        return 0.0, 0.0, 0.0
    at = {unit: number for number, unit in enumerate(units)}
    sums, counts = np.zeros(len(units)), np.zeros(len(units))
    for unit, difference in pairs:
        sums[at[unit]] += difference
        counts[at[unit]] += 1
    draw = np.random.default_rng(_SEED)
    times = draw.multinomial(len(units), np.full(len(units), 1 / len(units)), size=RESAMPLES)
    means = (times @ sums) / np.maximum(times @ counts, 1)
    low, high = np.quantile(means, (0.025, 0.975))
    return round(float(sums.sum() / counts.sum()), 4), round(float(low), 4), round(float(high), 4)


def _calibration(
    product: Sequence[Guess | None], scores: Sequence[Score], answered: Sequence[int]
) -> tuple[tuple[CalibrationLine, ...], float, float]:
    """Bins, the mean gap between promise and truth over them, and the Brier score."""
    if not answered:
        return (), 0.0, 0.0
    promised = np.asarray([_confidence(product[n]) for n in answered])
    right = np.asarray([float(scores[n].number) for n in answered])
    lines, gap = [], 0.0
    for low, high in zip((0.0, *_BINS), _BINS, strict=False):
        inside = (promised >= low) & ((promised < high) | (high == 1.0))
        if not inside.any():
            continue
        mean, share = float(promised[inside].mean()), float(right[inside].mean())
        gap += abs(mean - share) * float(inside.mean())
        lines.append(CalibrationLine(low, high, int(inside.sum()), round(mean, 4), round(share, 4)))
    return tuple(lines), round(gap, 4), round(float(((promised - right) ** 2).mean()), 4)


def _near_law(
    rows: Sequence[HeldOut], product: Sequence[Guess | None], answered: Sequence[int]
) -> float | None:
    flags = [
        guess.measure_class is row.quantity.measure_class
        and near(guess.measure_class, guess.number, row.typical)
        for row, guess in ((rows[number], product[number]) for number in answered)
        if guess is not None and row.typical is not None
    ]
    return _share(flags) if flags else None


def _classes(
    rows: Sequence[HeldOut], scores: Sequence[Score], answered: set[int]
) -> list[ClassLine]:
    found = []
    for measure_class in sorted({row.quantity.measure_class for row in rows}):
        inside = [n for n, row in enumerate(rows) if row.quantity.measure_class is measure_class]
        told = [scores[n] for n in inside if n in answered]
        found.append(
            ClassLine(
                measure_class,
                len(inside),
                len(told),
                _share([one.measure_class for one in told]),
                _share([one.number for one in told]),
            )
        )
    return found


def _share(flags: Sequence[bool]) -> float:
    return round(sum(flags) / len(flags), 4) if flags else 0.0
