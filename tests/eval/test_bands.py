"""The bands hold what the README says of them, on what a person has judged."""

import pytest

from embed import open_encoder
from eval.bands import BandFigures, BandLine, bands
from eval.own_set import UNANSWERED, own_task
from eval.rankers import product_ranker
from eval.retrieval import measure
from eval.retrieval_report import PRODUCT, refusals
from index.bands import Band, band_of, is_far, is_nothing


@pytest.fixture(scope="module")
def figures() -> BandFigures:
    return bands(open_encoder())


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


def test_nothing_similar_is_said_where_it_is_true() -> None:
    task = own_task()
    found = refusals(measure(task, PRODUCT, product_ranker(task, open_encoder())))
    unanswered = sum(query.type in UNANSWERED for query in task.queries)
    assert found.without_answer == unanswered
    assert found.rightly_refused is not None
    assert found.rightly_refused >= 0.4 * unanswered
    assert found.wrongly_refused is not None
    assert found.wrongly_refused <= 0.03 * found.with_answer


def test_bands_follow_the_score() -> None:
    order = [Band.SAME, Band.KIND, Band.RELATED, Band.NONE]
    met = [band_of(score / 100) for score in range(100, -1, -1)]
    assert [band for n, band in enumerate(met) if not n or met[n - 1] is not band] == order
    assert is_nothing(0.0)
    assert not is_nothing(1.0)
    assert is_far(0.0)
