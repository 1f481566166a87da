"""Fitting the curves of `peers.confidence` on invented units and sample documents, no real rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from corpus.records import Parsed, Project
from eval.peer_world import world
from eval.value_rows import HeldOut, advisor_over, held_out
from eval.values import guess_of, score
from peers.confidence import CURVES, logit
from peers.records import Reach
from service.parse import parse_files

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"

# Small worlds, where a concept has few units, and a large one; each with so many rows asked.
_WORLDS = ((50, 21, 500), (50, 22, 500), (50, 23, 500), (50, 24, 500), (400, 25, 700))
_TEXTS = frozenset((".txt", ".html"))  # read without other programs, the same everywhere
_SEED = 5


@dataclass(frozen=True, slots=True)
class CurveLine:
    """The curve of one reach: `slope` and `offset` of the log odds, fitted on so many answers."""

    reach: str
    answers: int
    right: float
    slope: float
    offset: float


def fitted_curves() -> tuple[CurveLine, ...]:
    """Slope and offset for each reach, by logistic regression on whether the number was right."""
    told: dict[Reach, list[tuple[float, bool]]] = {reach: [] for reach in Reach}
    for projects, rows in _sets():
        with advisor_over(projects) as advisor:
            for row in rows:
                answer = advisor.suggest(row.draft)
                if answer.suggestion is not None:
                    reach = answer.suggestion.reach
                    slope, offset = CURVES[reach]
                    raw = (logit(answer.suggestion.confidence) - offset) / slope
                    told[reach].append((raw, score(row, guess_of(answer)).number))
    return tuple(_fitted(reach, pairs) for reach, pairs in told.items())


def _sets() -> Iterator[tuple[list[Project], list[HeldOut]]]:
    samples = list(_sample_projects(parsed for _, parsed in parse_files(_sample_paths())))
    yield samples, held_out(samples)
    for units, seed, count in _WORLDS:
        projects = [invented.project for invented in world(units, seed=seed)]
        rows = held_out(projects)
        Random(_SEED).shuffle(rows)  # noqa: S311 - a sample of rows, no secret
        yield projects, rows[:count]


def _sample_paths() -> list[Path]:
    return sorted(path for path in SAMPLES.iterdir() if path.suffix in _TEXTS)


def _sample_projects(found: Iterable[object]) -> Iterator[Project]:
    for parsed in found:
        if isinstance(parsed, Parsed):
            yield from parsed.projects


def _fitted(reach: Reach, pairs: list[tuple[float, bool]]) -> CurveLine:
    from sklearn.linear_model import LogisticRegression

    raw = np.asarray([[one] for one, _ in pairs], np.float64)
    right = np.asarray([flag for _, flag in pairs], np.int64)
    curve = LogisticRegression(C=10.0).fit(raw, right)
    return CurveLine(
        reach=reach,
        answers=len(pairs),
        right=round(float(right.mean()), 4),
        slope=round(float(curve.coef_[0][0]), 3),
        offset=round(float(curve.intercept_[0]), 3),
    )
