"""One vote for each unit and concept; copied tables count once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from peers.records import Peer
from peers.votes import Table, votes_of
from tests.peers.making import peer


def no_tables(ids: Sequence[str]) -> Mapping[str, Table]:
    """Every project has a table of its own."""
    return {own_id: frozenset({(own_id, str(n)) for n in range(6)}) for own_id in ids}


def test_a_unit_votes_with_its_newest_row_that_can_be_measured() -> None:
    rows = [
        peer("≥100人", "甲局", year=2023),
        peer("≥120人", "甲局", year=2025),
        peer("进一步提升", "甲局", year=2026),
        peer("≥80人", "乙局", year=None),
    ]
    found = votes_of(rows, no_tables)
    assert {(one.unit, one.value.raw, one.copies) for one in found} == {
        ("甲局", "≥120人", 3),
        ("乙局", "≥80人", 1),
    }


def test_another_concept_of_the_unit_is_another_vote() -> None:
    rows = [peer("≥95%", concept="甲满意度"), peer("≥90%", concept="乙满意度", own_id="x")]
    assert len(votes_of(rows, no_tables)) == 2


def test_of_one_year_the_nearest_in_scale_votes() -> None:
    rows = [peer("≥1人", weight=0.3), peer("≥2人", weight=0.9, own_id="z")]
    assert [one.value.raw for one in votes_of(rows, no_tables)] == ["≥2人"]


def test_rows_without_a_unit_stand_for_their_projects() -> None:
    rows = [
        peer("≥1人", "", project_id="a", own_id="1"),
        peer("≥1人", "", project_id="b", own_id="2"),
    ]
    assert len(votes_of(rows, no_tables)) == 2


def test_tables_copied_from_one_another_count_once() -> None:
    common = {(f"指标{n}", f"≥{n}") for n in range(9)}
    tables = {
        "p-甲局": frozenset(common | {("自有", "1")}),
        "p-乙局": frozenset(common),
        "p-丙局": frozenset({(f"别的{n}", "≥95%") for n in range(9)} | {("培训人数", "≥100人")}),
    }
    rows = [peer("≥100人", unit) for unit in ("甲局", "乙局", "丙局")]
    found = votes_of(rows, lambda ids: {own_id: tables[own_id] for own_id in ids})
    assert sorted((one.unit, one.copies) for one in found) == [("丙局", 1), ("乙局", 2)]


def test_a_small_table_may_be_alike_by_chance() -> None:
    small = frozenset({("满意度", "≥95%"), ("合格率", "100%")})
    rows = [peer("≥95%", unit) for unit in ("甲局", "乙局")]
    assert len(votes_of(rows, lambda ids: dict.fromkeys(ids, small))) == 2


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(2020, 2026), st.integers(1, 9)), max_size=20)
)
def test_votes_are_those_of_a_simple_count(rows: list[tuple[int, int, int]]) -> None:
    peers: list[Peer] = [
        replace(peer(f"≥{value}人", f"{unit}局", year=year), id=f"{n:03d}")
        for n, (unit, year, value) in enumerate(rows)
    ]
    found = {one.unit: one for one in votes_of(peers, no_tables)}
    assert set(found) == {one.unit for one in peers}
    for unit, vote in found.items():
        own = [one for one in peers if one.unit == unit]
        newest = max(one.year or 0 for one in own)
        assert vote.id == min(one.id for one in own if one.year == newest)
        assert vote.copies == len(own)
