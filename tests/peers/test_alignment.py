"""Rows laid one to one, held against every possible assignment; projects ranked and compared."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.layouts.levels import level1_of
from corpus.records import Indicator, Level2, Project, ProjectKind
from corpus.values import parse_value
from embed import Encoder, open_encoder
from peers.alignment import FLOOR, Similarities, assign, overlap, profile_of, similarities
from peers.compare import compare
from peers.similar import likeness

Row = tuple[str, str, str]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder()


def project(name: str, *rows: Row, budget: float | None = None, purpose: str = "") -> Project:
    return Project(
        unit=f"{name}单位",
        name=name,
        year=2026,
        budget_wan=budget,
        purpose=purpose,
        indicators=tuple(
            Indicator(
                name=named,
                level1=level1_of(Level2(level2)),
                level2=Level2(level2),
                value=parse_value(value, name=named, level2=level2),
            )
            for level2, named, value in rows
        ),
    )


ROADS = project(
    "农村公路养护",
    ("数量", "养护公路里程", "≥120公里"),
    ("质量", "路面完好率", "≥92%"),
    ("时效", "病害修复时限", "≤48小时"),
    ("成本", "养护成本", "≤60万元"),
    ("满意度", "沿线群众满意度", "≥90%"),
    budget=60.0,
)
STREETS = project(
    "城区道路养护",
    ("满意度", "居民满意度", "≥85%"),
    ("数量", "养护道路里程", "≥90公里"),
    ("质量", "道路完好率", "≥95%"),
    ("社会效益", "交通事故下降率", "≥3%"),
    ("成本", "道路养护总成本", "≤90万元"),
    budget=90.0,
)
READING = project(
    "全民阅读推广",
    ("数量", "举办讲座场次", "≥12场"),
    ("数量", "采购图书册数", "≥3000册"),
    ("满意度", "读者满意度", "≥95%"),
    budget=15.0,
)


def best_sum(found: Similarities, floor: float) -> float:
    """The greatest sum above the floor over all one-to-one assignments, tried one by one."""
    small = found if found.shape[0] <= found.shape[1] else found.T
    worth = np.maximum(small - floor, 0.0)
    choices = permutations(range(small.shape[1]), small.shape[0])
    return max(float(sum(worth[row, column] for row, column in enumerate(one))) for one in choices)


@given(
    st.integers(1, 4).flatmap(
        lambda rows: st.integers(1, 5).flatmap(
            lambda columns: st.lists(
                st.lists(st.floats(0, 1), min_size=columns, max_size=columns),
                min_size=rows,
                max_size=rows,
            )
        )
    )
)
def test_no_assignment_is_better(matrix: list[list[float]]) -> None:
    found = np.array(matrix)
    pairs = assign(found, 0.5)
    assert len({pair.left for pair in pairs}) == len({pair.right for pair in pairs}) == len(pairs)
    assert all(found[pair.left, pair.right] >= 0.5 for pair in pairs)
    own = sum(found[pair.left, pair.right] - 0.5 for pair in pairs)
    assert own == pytest.approx(best_sum(found, 0.5), abs=1e-4)


def test_an_assignment_gives_up_a_best_pair_for_a_better_whole() -> None:
    found = np.array([[0.9, 0.88], [0.89, 0.1]])
    assert [(pair.left, pair.right) for pair in assign(found, 0.5)] == [(0, 1), (1, 0)]


def test_nothing_is_aligned_with_nothing() -> None:
    assert assign(np.zeros((0, 3))) == ()
    assert assign(np.full((2, 2), FLOOR - 0.01)) == ()


def test_rows_of_like_projects(encoder: Encoder) -> None:
    left, right = profile_of(ROADS, encoder), profile_of(STREETS, encoder)
    names = {
        (ROADS.indicators[pair.left].name, STREETS.indicators[pair.right].name)
        for pair in assign(similarities(left, right))
    }
    assert names == {
        ("养护公路里程", "养护道路里程"),
        ("路面完好率", "道路完好率"),
        ("养护成本", "道路养护总成本"),
        ("沿线群众满意度", "居民满意度"),
    }


def test_a_share_is_not_laid_beside_an_amount(encoder: Encoder) -> None:
    left = profile_of(project("甲", ("数量", "培训人数", "≥30人")), encoder)
    right = profile_of(project("乙", ("质量", "培训合格率", "≥90%")), encoder)
    assert assign(similarities(left, right)) == ()


def test_similarity_is_symmetric_and_whole_with_itself(encoder: Encoder) -> None:
    left, right = profile_of(ROADS, encoder), profile_of(STREETS, encoder)
    assert np.allclose(similarities(left, right), similarities(right, left).T)
    pairs = assign(similarities(left, left))
    assert overlap(left, left, pairs) == pytest.approx(1.0)
    assert likeness(left, right).score == likeness(right, left).score
    assert likeness(left, left).score == pytest.approx(1.0)


def test_a_like_project_scores_above_an_unlike_one(encoder: Encoder) -> None:
    roads, streets, reading = (profile_of(one, encoder) for one in (ROADS, STREETS, READING))
    assert likeness(roads, streets).score > 2 * likeness(roads, reading).score


def test_budget_alone_makes_no_two_projects_alike(encoder: Encoder) -> None:
    one = profile_of(project("甲", ("数量", "举办讲座场次", "≥12场"), budget=60.0), encoder)
    other = profile_of(ROADS, encoder)
    alike = likeness(one, other)
    assert alike.budget == 1.0
    assert alike.score < 0.3


def test_side_by_side(encoder: Encoder) -> None:
    found = compare([profile_of(ROADS, encoder), profile_of(STREETS, encoder)], [STREETS, READING])
    rows = {row.concept: row for row in found.rows}
    assert sum(cell is not None for row in found.rows for cell in row.cells) == 10
    length = next(r for r in found.rows if r.cells[0] and r.cells[0].name == "养护公路里程")
    assert length.delta is not None
    assert length.delta.measure == "公里"
    assert length.delta.numbers == (120.0, 90.0)
    assert length.delta.differences == (0.0, -30.0)
    assert length.delta.per_wan == (2.0, 1.0)
    assert length.delta.counted_in == "公里"
    kept = next(r for r in found.rows if r.cells[0] and r.cells[0].name == "路面完好率")
    assert kept.delta is not None
    assert (kept.delta.differences, kept.delta.counted_in) == ((0.0, 3.0), "个百分点")
    alone = next(r for r in found.rows if r.cells[1] and r.cells[1].name == "交通事故下降率")
    assert alone.cells[0] is None
    assert alone.delta is None
    coverage = {group.group: group for group in found.coverage}
    assert coverage["社会效益"].counts == (0, 1)
    assert coverage["社会效益"].peers_share == 0.5
    assert any("社会效益" in gap and "没有" in gap for gap in found.gaps)
    assert len(rows) == len(found.rows)


def test_three_side_by_side_keep_every_row_once(encoder: Encoder) -> None:
    projects = (ROADS, STREETS, READING)
    found = compare([profile_of(one, encoder) for one in projects])
    for place, one in enumerate(projects):
        cells = [row.cells[place] for row in found.rows if row.cells[place] is not None]
        assert sorted(cell.name for cell in cells if cell) == sorted(r.name for r in one.indicators)
    satisfied = [row for row in found.rows if all(row.cells)]
    assert len(satisfied) == 1


def test_a_part_without_indicators_is_not_like_a_project(encoder: Encoder) -> None:
    asked, streets = (profile_of(one, encoder) for one in (ROADS, STREETS))
    bare = profile_of(replace(ROADS, indicators=()), encoder)
    assert likeness(asked, bare).rows == 0.0
    assert likeness(bare, asked).rows is None  # a draft without rows is compared by what it has
    narrative = replace(ROADS, name="", kind=ProjectKind.WHOLE_UNIT, indicators=())
    unit = likeness(asked, profile_of(narrative, encoder))
    assert unit.name == 0.0
    assert unit.score < likeness(asked, streets).score / 2
