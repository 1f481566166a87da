"""What the command line shows of suggested values: real rows, invented ones, judged ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from eval.calibration import CurveLine, fitted_curves
from eval.peer_world import Invented, Law, world
from eval.placeholders import PlaceholderLine, judged_answers
from eval.value_report import ValueFigures, figures
from eval.value_rows import HeldOut, advisor_over, evaluation_projects, held_out
from eval.values import Guess, guesses_of_level2, guesses_of_nearest, guesses_of_peers
from peers.quantities import quantity_of
from peers.scales import scale_of

_SHARED = Path(__file__).resolve().parents[2] / "shared"
_SEED = 11


@dataclass(frozen=True, slots=True)
class ValuesReport:
    """Measured sets of rows, the judged placeholder rows, and curves where they were fitted.

    `judged` counts the judged rows and `sensible` those with an answer the judge accepts; 0 where
    they were not asked.
    """

    sets: tuple[ValueFigures, ...]
    judged: int
    sensible: int
    placeholders: tuple[PlaceholderLine, ...]
    curves: tuple[CurveLine, ...]


def real_values(folder: Path | None = None) -> ValuesReport:
    """Leave one unit out over the evaluation rows (default `../shared/eval`).

    The placeholder rows are asked of the same corpus; it has to hold the five seed documents.

    :raises UsageError: the folder does not hold the evaluation data.
    """
    projects = evaluation_projects(folder or _SHARED / "eval")
    rows = held_out(projects)
    with advisor_over(projects) as advisor:
        product = guesses_of_peers(rows, advisor)
        judged = judged_answers(advisor)
    return ValuesReport(
        sets=(figures("evaluation", rows, product, _baselines(rows)),),
        judged=len(judged),
        sensible=sum(line.sensible for line in judged),
        placeholders=judged,
        curves=(),
    )


def invented_values(units: int, count: int = 600) -> ValuesReport:
    """The same over so many invented units whose values follow known laws, on `count` rows."""
    invented = list(world(units, seed=_SEED))
    rows = [row for one in invented for row in lawful_rows(one)]
    Random(_SEED).shuffle(rows)  # noqa: S311 - a sample of rows, no secret
    rows = rows[:count]
    with advisor_over(one.project for one in invented) as advisor:
        product = guesses_of_peers(rows, advisor)
    found = figures(f"{units} invented units", rows, product, _baselines(rows))
    return ValuesReport((found,), 0, 0, (), ())


def calibrated() -> ValuesReport:
    """The curves of confidence, fitted anew."""
    return ValuesReport((), 0, 0, (), fitted_curves())


def lawful_rows(invented: Invented) -> list[HeldOut]:
    """The measurable rows of an invented project that were drawn from a law, with its middle."""
    project = invented.project
    measured = [
        row
        for row in invented.rows
        if quantity_of(row.indicator.value, row.indicator.name, row.indicator.level2) is not None
    ]
    return [
        replace(held, typical=_middle(row.law, project.budget_wan or 0.0))
        for held, row in zip(held_out((project,)), measured, strict=True)
        if row.law is not None
    ]


def _middle(law: Law, budget_wan: float) -> float:
    """The middle of a law in the base of its scale."""
    return law.typical(budget_wan) * scale_of(law.measure)[2]


def _baselines(rows: Sequence[HeldOut]) -> dict[str, Sequence[Guess | None]]:
    return {"level2": guesses_of_level2(rows), "nearest": guesses_of_nearest(rows)}
