"""Whether a value can be measured is one thing: in Python, in SQL, in an index and in a check."""

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.measurable import MEASURABLE, is_measurable, teach
from corpus.records import Indicator, Project, Source, Value, ValueKind
from corpus.store.listing import ListedIndicator, ListedProject
from index.results import Scope
from index.rows import FILTERS, rows_of
from quality.standing import standing_of

WORDS = ("", "≥5", "有所提升", "每季度一次", "优良中差", "未发生安全事故", "及时", "观众人次")
VALUES = st.builds(
    Value,
    raw=st.sampled_from(WORDS) | st.text(max_size=8),
    kind=st.sampled_from(list(ValueKind)),
    echo=st.booleans(),
    unreadable=st.booleans(),
    number=st.none() | st.floats(0, 1e6),
    deadline=st.sampled_from(("", "2026-11-30", "12")),
)
COLUMNS = ("value_raw", "value_kind", "echo", "unreadable", "number", "deadline")


def in_sql(values: list[Value]) -> list[bool]:
    connection = sqlite3.connect(":memory:")
    teach(connection)
    connection.execute(f"CREATE TABLE indicator ({', '.join(COLUMNS)})")
    rows = [
        (one.raw, one.kind.value, one.echo, one.unreadable, one.number, one.deadline)
        for one in values
    ]
    connection.executemany("INSERT INTO indicator VALUES (?, ?, ?, ?, ?, ?)", rows)
    found = connection.execute(f"SELECT {MEASURABLE} FROM indicator ORDER BY rowid")  # noqa: S608
    return [bool(one) for (one,) in found]


def in_index(values: list[Value]) -> list[bool]:
    listed = tuple(
        ListedIndicator(f"{number:03d}", "植树株数", "", "", "", value, Source())
        for number, value in enumerate(values)
    )
    project = ListedProject("p", Project(name="绿化"), (), listed, frozenset())
    place = FILTERS[Scope.INDICATOR].index("measurable")
    return [row.filters[place] == "true" for row in rows_of([project])[Scope.INDICATOR]]


def in_check(values: list[Value]) -> list[bool]:
    rows = tuple(Indicator(name="植树株数", value=value) for value in values)
    measured = standing_of(Project(name="绿化", indicators=rows), ()).measurable
    return [number in measured for number in range(len(values))]


@given(st.lists(VALUES, min_size=1, max_size=20))
def test_all_places_agree(values: list[Value]) -> None:
    told = [is_measurable(value) for value in values]
    assert in_sql(values) == in_index(values) == in_check(values) == told


@pytest.mark.parametrize(
    ("value", "measurable"),
    [
        (Value(raw="≥5个", kind=ValueKind.NUMERIC, number=5.0), True),
        (Value(raw="≥5个", kind=ValueKind.NUMERIC, number=None), False),
        (Value(raw="11月底前", kind=ValueKind.DEADLINE, deadline="11"), True),
        (Value(raw="每季度一次", kind=ValueKind.QUALITATIVE), True),
        (Value(raw="优、良、中、差", kind=ValueKind.QUALITATIVE), True),
        (Value(raw="未发生安全事故", kind=ValueKind.QUALITATIVE), True),
        (Value(raw="有所提升", kind=ValueKind.QUALITATIVE), False),
        (Value(raw="及时", kind=ValueKind.QUALITATIVE), False),
        (Value(raw="", kind=ValueKind.EMPTY), False),
    ],
)
def test_numbers_days_and_words_that_tell_either(value: Value, measurable: bool) -> None:
    assert is_measurable(value) is measurable
    assert not is_measurable(replace(value, echo=True))
    assert not is_measurable(replace(value, unreadable=True))
