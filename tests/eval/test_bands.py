"""The bands hold what the README says of them, on what a person has judged."""

import json
from pathlib import Path

import pytest

from embed import open_encoder
from eval.bands import BandFigures, BandLine
from eval.own_set import OWN, OWN2, UNANSWERED, Part, QueryType, own_queries, own_task
from eval.rankers import product_ranker
from eval.retrieval import measure
from eval.retrieval_report import PRODUCT, Refusals, refusals
from index.bands import RELATED_FROM, Band, band_of, is_far


@pytest.fixture(scope="module")
def figures(told_bands: Path) -> BandFigures:
    lines = json.loads(told_bands.read_text("utf-8"))["lines"]
    return BandFigures(tuple(BandLine(**line) for line in lines))


@pytest.fixture(scope="module")
def refused() -> dict[str, Refusals]:
    tasks = {chosen: own_task(chosen) for chosen in (OWN, OWN2)}
    rankers = {
        chosen: product_ranker(task, open_encoder(), depth=1) for chosen, task in tasks.items()
    }
    return {
        chosen: refusals(measure(task, PRODUCT, rankers[chosen])) for chosen, task in tasks.items()
    }


def line(figures: BandFigures, name: str, band: Band) -> BandLine:
    return next(one for one in figures.lines if (one.set, one.band) == (name, band))


@pytest.mark.parametrize(
    ("name", "band", "least"),
    [
        ("pairs", Band.SAME, 0.70),
        ("pairs", Band.KIND, 0.80),
        ("pairs", Band.RELATED, 0.80),
        ("pairs", Band.NONE, 0.90),
        ("own queries", Band.SAME, 0.85),
        ("own queries", Band.KIND, 0.80),
        ("own queries", Band.RELATED, 0.72),
    ],
)
def test_a_band_is_right_so_often(
    name: str, band: Band, least: float, figures: BandFigures
) -> None:
    found = line(figures, name, band)
    assert found.count >= 40
    assert found.precision >= least


def test_the_best_band_holds_nothing_unrelated(figures: BandFigures) -> None:
    for name in ("pairs", "own queries"):
        found = line(figures, name, Band.SAME)
        assert (found.same + found.alike) / found.count >= 0.95


def test_every_pair_and_hit_counts_once(figures: BandFigures) -> None:
    for one in figures.lines:
        assert one.count == one.same + one.alike + one.related + one.none
    assert sum(one.count for one in figures.lines if one.set == "pairs") == 552


@pytest.mark.parametrize(
    ("chosen", "part", "rightly", "wrongly"),
    [
        (OWN, "all", 0.45, 0.02),
        (OWN2, "all", 0.38, 0.02),
        (OWN2, Part.DEVELOPMENT, 0.36, 0.03),
        (OWN2, Part.HELD_OUT, 0.38, 0.02),
    ],
)
def test_nothing_similar_is_said_where_it_is_true(
    chosen: str, part: str, rightly: float, wrongly: float, refused: dict[str, Refusals]
) -> None:
    lines = {line.with_answer: line for line in refused[chosen].lines if line.queries == part}
    assert lines[False].share >= rightly
    assert lines[True].share <= wrongly


def test_noise_and_what_is_not_administration_is_mostly_refused(
    refused: dict[str, Refusals],
) -> None:
    lines = {line.queries: line for line in refused[OWN2].lines}
    assert lines[QueryType.NOISE].share >= 0.78
    assert lines[QueryType.FAR].share >= 0.6


def test_every_query_counts_for_its_type_and_part(refused: dict[str, Refusals]) -> None:
    for chosen, found in refused.items():
        counts = {(line.queries, line.with_answer): line.count for line in found.lines}
        unanswered = sum(query.type in UNANSWERED for query in own_queries(chosen))
        assert counts["all", False] == found.without_answer == unanswered
        kinds = [n for (name, _), n in counts.items() if name in set(QueryType)]
        parts = [n for (name, _), n in counts.items() if name in set(Part)]
        assert sum(kinds) == len(own_queries(chosen))
        assert sum(parts) == (len(own_queries(chosen)) if chosen == OWN2 else 0)


def test_bands_follow_the_score() -> None:
    order = [Band.SAME, Band.KIND, Band.RELATED, Band.NONE]
    met = [band_of(score / 100) for score in range(100, -1, -1)]
    assert [band for n, band in enumerate(met) if not n or met[n - 1] is not band] == order
    assert is_far(0.0)


def test_an_answer_by_a_farther_record_is_related() -> None:
    assert band_of(RELATED_FROM - 0.01) is Band.NONE
    assert band_of(RELATED_FROM - 0.01, RELATED_FROM - 0.02) is Band.RELATED
    assert band_of(RELATED_FROM - 0.03, RELATED_FROM - 0.02) is Band.NONE
