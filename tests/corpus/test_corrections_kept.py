"""Corrections stay over their rows, whatever is read again, and never over a wrong row."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.records import (
    Source,
    ValueKind,
)
from corpus.store.listing import ListedProject
from corpus.store.store import Store
from errors import UsageError
from tests.corpus.correcting import (
    PATH,
    READ,
    TABLE,
    correct,
    document,
    ids,
    only,
    project,
    rows,
    values,
)

# Reading again


def test_it_survives_reading_the_same_bytes_again(store: Store) -> None:
    store.put(READ)
    correct(store, ids(store)["编发数"], value="≥480期", name="编发量")
    expected = list(store.projects())
    store.put(READ)
    assert list(store.projects()) == expected


def test_it_survives_a_reader_that_reads_more(store: Store) -> None:
    """The same bytes, but another place, another order, and a name that is now read right."""
    store.put(READ)
    own = ids(store)
    correct(store, own["编发数"], value="≥480期")
    correct(store, own["满意度"], name="群众满意度", value="≥90%")
    better = rows("新行=1", *TABLE[:3], "群众满意度=90%")
    moved = tuple(replace(row, source=Source("a.txt", "table 1", 7)) for row in better)
    store.put(document(project(indicators=moved)))
    assert values(store)["编发数"] == "≥480期"
    assert values(store)["群众满意度"] == "≥90%"
    states = {one.field: one.reason for one in store.corrections() if one.name == "满意度"}
    assert states == {"name": "the document itself says so now", "value": ""}


def test_it_survives_new_bytes_at_the_same_path(store: Store) -> None:
    store.put(READ)
    correct(store, ids(store)["编发数"], value="≥480期")
    store.put(document(project("新行=1", *TABLE), data="two"))
    assert values(store)["编发数"] == "≥480期"
    assert only(store).in_effect
    store.put(document(project(*TABLE), data="elsewhere", path="/docs/b.txt"))
    store.put(document(project("编发数=240期"), data="three"))
    assert only(store).in_effect


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (("粉丝量=5万人",), "no longer stands"),
        (("编发数=300期",), "now says '300期'"),
        (("编发数=480期",), "itself says so now"),
        (("编发数=240期", "编发数=240期"), "2 rows"),
    ],
)
def test_a_row_that_cannot_be_told_is_left_as_it_is_and_listed(
    store: Store, table: tuple[str, ...], reason: str
) -> None:
    store.put(READ)
    correct(store, ids(store)["编发数"], value="480期")
    store.put(document(project(*table), data="two"))
    assert [row.indicator for row in store.indicators()] == list(rows(*table))
    found = only(store)
    assert not found.in_effect
    assert reason in found.reason
    assert (found.record, found.at, found.old, found.new) == ("", None, "240期", "480期")
    (stored,) = store.projects()
    assert stored.corrected == frozenset()
    store.put(document(project(*TABLE), data="three"))  # and it holds again when the row is back
    assert only(store).in_effect


def test_of_rows_alike_in_the_same_bytes_the_one_at_its_place_is_meant(store: Store) -> None:
    twice = document(project("覆盖率=100%", "覆盖率=100%"), project("覆盖率=100%", code="99"))
    store.put(twice)
    second = list(store.indicators())[1]
    correct(store, second.id, value="=90%")
    for _ in range(2):
        assert [row.indicator.value.raw for row in store.indicators()] == ["100%", "=90%", "100%"]
        store.put(twice)
    store.put(document(*twice.parsed.projects, data="two"))
    assert [row.indicator.value.raw for row in store.indicators()] == ["100%"] * 3
    assert "rows of the document" in only(store).reason


def test_of_rows_alike_in_new_bytes_that_of_its_project_is_meant(store: Store) -> None:
    tables = (project("覆盖率=100%"), project("覆盖率=100%", code="99"))
    store.put(document(*tables))
    second = list(store.indicators())[1]
    correct(store, second.id, value="=90%")
    store.put(document(*reversed(tables), data="two"))
    assert {row.head.code: row.indicator.value.raw for row in store.indicators()} == {
        "1307": "100%",
        "99": "=90%",
    }


def test_another_document_is_not_concerned(store: Store) -> None:
    store.put(READ)
    correct(store, ids(store)["编发数"], value="480期")
    other = document(project(*TABLE, code="55"), data="other", path="/docs/b.txt")
    store.put(other)
    assert [row.indicator.value.raw for row in store.indicators() if row.head.code == "55"] == [
        row.value.raw for row in rows(*TABLE)
    ]


def test_a_document_that_goes_leaves_its_corrections_listed(store: Store) -> None:
    store.put(READ)
    correct(store, ids(store)["编发数"], value="480期")
    store.drop_path(PATH)
    found = only(store)
    assert (found.in_effect, found.reason) == (False, "its document is no longer in the corpus")
    store.put(READ)
    assert only(store).in_effect
    store.remove(READ.id)
    assert not only(store).in_effect
    store.put(replace(READ, path="/elsewhere/a.txt"))  # known by its bytes
    assert values(store)["编发数"] == "480期"


def test_bytes_that_come_to_stand_at_its_path_get_its_corrections(store: Store) -> None:
    store.put(READ)
    correct(store, ids(store)["编发数"], value="480期")
    copy = document(project(*TABLE, "新行=1"), data="two", path="/docs/b.txt")
    store.put(copy)
    store.add_path(copy.id, PATH)
    assert values(store)["编发数"] == "480期"
    assert only(store).in_effect


# Several sources of one project


def test_all_sources_of_a_project_are_put_right_together(store: Store) -> None:
    pdf = document(project(*TABLE[:3]), data="pdf", path="/docs/a.pdf")
    store.put(READ)
    store.put(pdf)
    (stored,) = store.projects()
    own = ids(store)
    correct(store, own["编发数"], value="480期")
    correct(store, own["粉丝量"], row="")
    correct(store, stored.id, year="2024")
    (after,) = store.projects()
    assert len(after.sources) == 1  # both are named a.txt, line 3
    assert {row.indicator.name for row in store.indicators()} == {"编发数", "及时率", "满意度"}
    assert len(store.corrections()) == 3
    store.remove(READ.id)  # the other source takes over, as it was put right with it
    assert values(store) == {"编发数": "480期", "及时率": "95%"}
    assert next(iter(store.projects())).project.year == 2024
    assert all(one.in_effect for one in store.corrections())
    store.withdraw([one.id for one in store.corrections()])
    assert [one.project for one in store.projects()] == list(pdf.parsed.projects)


def test_a_corrected_table_is_shown_before_one_with_more_rows(store: Store) -> None:
    store.put(document(project(*TABLE[:3]), data="pdf", path="/docs/a.pdf"))
    own = ids(store)["及时率"]
    correct(store, own, basis="规划")
    store.put(READ)
    (stored,) = store.projects()
    assert len(stored.project.indicators) == 3
    assert own in stored.corrected


def test_tables_of_a_document_show_what_another_one_shows(store: Store) -> None:
    pdf = document(project(*TABLE[:3]), data="pdf", path="/docs/a.pdf")
    store.put(READ)
    store.put(pdf)
    (shown,), (hidden,) = store.tables(READ.id), store.tables(pdf.id)
    assert (shown.active, hidden.active) == (True, False)
    assert hidden.stored.project == pdf.parsed.projects[0]
    with pytest.raises(UsageError):
        store.tables("x")


# In any order

FIELDS = st.sampled_from(["value", "name", "basis", "level2", "row"])
TEXTS = {"value": "≥7期", "name": "甲", "basis": "乙", "level2": "数量", "row": ""}
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("correct"), st.integers(0, 3), FIELDS),
        st.tuples(st.just("read"), st.integers(0, 2), st.just("")),
        st.tuples(st.just("withdraw"), st.integers(0, 5), st.just("")),
    ),
    max_size=12,
)
READINGS = (READ, document(project("新行=1", *TABLE), data="two"), document(project(*TABLE[1:])))


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(steps=STEPS)
def test_what_was_read_is_never_lost(steps: list[tuple[str, int, str]], tmp_path: Path) -> None:
    (tmp_path / "walked").unlink(missing_ok=True)
    with Store.open(tmp_path / "walked", write=True) as store:
        store.put(READ)
        last = READ
        for what, number, field in steps:
            rows_now = list(store.indicators())
            if what == "correct" and number < len(rows_now):
                correct(store, rows_now[number].id, **{field: TEXTS[field]})
            elif what == "read":
                last = READINGS[number]
                store.put(last)
            elif what == "withdraw":
                store.withdraw([one.id for one in store.corrections()][number : number + 1])
            held = [one for one in store.corrections() if one.in_effect and one.field != "row"]
            for one in held:
                assert one.record
            assert store.verify() == []
            listed = {one.id: one for one in store.listed()}
            for stored in store.projects():
                of_it = ListedProject.of(stored)
                assert listed[stored.id].indicators == of_it.indicators
                assert listed[stored.id].corrected == of_it.corrected
        store.withdraw([one.id for one in store.corrections()])
        assert [one.project for one in store.projects()] == list(last.parsed.projects)
        with Store.open(tmp_path / "walked") as reader:
            assert all(row.indicator.value.kind is ValueKind.NUMERIC for row in reader.indicators())
