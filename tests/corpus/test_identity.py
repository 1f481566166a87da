"""Same disclosures are put together, and nothing depends on the order of arrival."""

import itertools
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Form, Indicator, Operator, Project, ProjectKind, Value, ValueKind
from corpus.store.identity import (
    Table,
    agree,
    goal_id,
    identity_of,
    indicator_id,
    indicator_statement,
    place,
)

PROJECT = Project(unit="怀来县融媒体中心", name="公众号运维", code="1307", year=2023)

tables = st.lists(
    st.builds(
        Table,
        row=st.just(0),
        document_id=st.sampled_from("abc"),
        position=st.just(0),
        indicators=st.lists(st.sampled_from("uvwxyz"), max_size=6).map(Counter),
        goals=st.lists(st.sampled_from("gh"), max_size=2).map(Counter),
    ),
    max_size=6,
).map(
    lambda found: [
        replace(table, row=100 + number, position=number) for number, table in enumerate(found)
    ]
)


@pytest.mark.parametrize(
    "other",
    [
        replace(PROJECT, unit="怀来县 融媒体中心"),
        replace(PROJECT, name="公众号 运维费"),  # the code says which project it is
        replace(PROJECT, code="１３０７"),
        replace(PROJECT, year=None, year_inferred=2023),
        replace(PROJECT, budget_wan=3.5, purpose="维护", unit_code="405"),
    ],
)
def test_same_key_despite_what_formats_print(other: Project) -> None:
    assert identity_of(other, "b", 4) == identity_of(PROJECT, "a", 1)


@pytest.mark.parametrize(
    "other",
    [
        replace(PROJECT, unit="乐亭县融媒体中心"),
        replace(PROJECT, code="1308"),
        replace(PROJECT, code="", name="公众号"),
        replace(PROJECT, year=2024),
        replace(PROJECT, year=None),
        replace(PROJECT, kind=ProjectKind.WHOLE_UNIT),
        replace(PROJECT, form=Form.SELF_EVALUATION),
        replace(PROJECT, unit=""),
    ],
)
def test_another_key(other: Project) -> None:
    assert identity_of(other, "a", 1) != identity_of(PROJECT, "a", 1)


@pytest.mark.parametrize("project", [Project(name="运维"), Project(unit="某中心"), Project()])
def test_without_a_full_name_a_table_is_only_itself(project: Project) -> None:
    seen = {identity_of(project, document, n) for document in "ab" for n in (1, 2)}
    assert len(seen) == 4
    assert identity_of(project, "a", 1) in seen


def test_whole_unit_needs_no_title() -> None:
    whole = Project(unit="某中心", kind=ProjectKind.WHOLE_UNIT)
    assert identity_of(whole, "a", 1) == identity_of(whole, "b", 2)


def test_ids_are_hex_and_numbered() -> None:
    identity = identity_of(PROJECT, "a", 1)
    assert len(identity) == 12
    assert set(identity) <= set("0123456789abcdef")
    assert indicator_id(identity, 7) == f"{identity}-i007"
    assert goal_id(identity, 1234) == f"{identity}-g1234"


def test_one_value_written_in_two_ways_is_one_statement() -> None:
    def value(raw: str) -> Value:
        return Value(
            raw=raw,
            kind=ValueKind.NUMERIC,
            operator=Operator.AT_LEAST,
            canonical_number=95.0,
            canonical_measure="%",
        )

    one, other = Indicator("满意度", value("≥95%")), Indicator("满意 度", value("95"))
    assert indicator_statement(one) == indicator_statement(other)
    damaged = replace(one, value=replace(one.value, unreadable=True, canonical_number=None))
    assert indicator_statement(one) != indicator_statement(damaged)
    assert indicator_statement(one) != indicator_statement(replace(one, area="东花园镇"))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("abcde", "abcdx", True),  # four of five
        ("abcd", "abcx", False),  # three of four
        ("aaaaa", "aaaab", True),
        ("aabbc", "abc", True),  # all of the smaller one
        ("abcdefgh", "ab", True),
        ("ab", "cd", False),
        ("ab", "", False),  # goals on one side only: see below
    ],
)
def test_agreement_counts_rows_of_the_smaller_table(one: str, other: str, expected: bool) -> None:
    first = Table(1, "a", 1, Counter(one), Counter("g"))
    second = Table(2, "b", 1, Counter(other), Counter("h"))
    assert agree(first, second) is expected
    assert agree(second, first) is expected


def test_agreement_by_goals_where_rows_are_missing() -> None:
    full = Table(1, "a", 1, Counter("abc"), Counter("gh"))
    assert agree(full, Table(2, "b", 1, Counter(), Counter("gh")))
    assert agree(full, Table(2, "b", 1))  # a head alone takes nothing away
    assert not agree(Table(1, "a", 1, Counter("abc")), Table(2, "b", 1, Counter(), Counter("g")))


@given(tables)
def test_placement(found: list[Table]) -> None:
    placed = {item.row: item for item in place("id", found)}
    assert placed.keys() == {table.row for table in found}
    groups: dict[str, list[Table]] = {}
    for table in found:
        groups.setdefault(placed[table.row].id, []).append(table)
    numbers = range(2, len(groups) + 1)
    assert groups.keys() == ({"id"} | {f"id-{number}" for number in numbers} if found else set())
    for group in groups.values():
        (lead,) = [table for table in group if placed[table.row].active]
        documents = [table.document_id for table in group]
        assert len(documents) == len(set(documents))
        for table in group:
            assert agree(lead, table)
            assert _size(table) <= _size(lead)
    leads = [table for table in found if placed[table.row].active]
    for one, other in itertools.combinations(leads, 2):  # none stands alone without need
        smaller, larger = sorted((one, other), key=lambda table: (_size(table), table.row))
        same_document = {table.document_id for table in groups[placed[larger.row].id]}
        if _size(smaller) < _size(larger):
            assert not agree(larger, smaller) or smaller.document_id in same_document


@given(tables, st.randoms())
def test_placement_does_not_depend_on_order(found: list[Table], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    by_row = sorted(place("id", found), key=lambda item: item.row)
    assert sorted(place("id", shuffled), key=lambda item: item.row) == by_row


def _size(table: Table) -> int:
    return table.indicators.total() + table.goals.total()
