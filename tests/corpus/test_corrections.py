"""Corrections stay over their rows, whatever is read again, and never over a wrong row."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.records import (
    Document,
    Indicator,
    Inferred,
    Level1,
    Level2,
    Operator,
    Parsed,
    Project,
    Source,
    ValueKind,
)
from corpus.store.store import Store
from corpus.store.stored import StoredCorrection
from corpus.values import parse_value
from errors import UsageError

PATH = "/docs/a.txt"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "corpus.sqlite", write=True) as opened:
        yield opened


def rows(*texts: str) -> tuple[Indicator, ...]:
    """Rows written name=value, as they stand in lines 11, 12, ..."""
    pairs = [text.partition("=")[::2] for text in texts]
    return tuple(
        Indicator(name, parse_value(raw), source=Source("a.txt", "", line))
        for line, (name, raw) in enumerate(pairs, start=11)
    )


def project(*texts: str, name: str = "公众号运维", **head: object) -> Project:
    found = Project(
        "某县融媒体中心", "425001", name, "1307", 2023, indicators=rows(*texts),
        source=Source("a.txt", "", 3),
    )  # fmt: skip
    return replace(found, **head)  # type: ignore[arg-type]


def document(*projects: Project, data: str = "one", path: str = PATH) -> Document:
    digest = hashlib.sha256(data.encode()).hexdigest()
    return Document(digest, "a.txt", path, 3, "2024", Parsed(projects))


TABLE = ("粉丝量=5万人", "编发数=240期", "及时率=95%", "满意度=90%")
READ = document(project(*TABLE))


def ids(store: Store) -> dict[str, str]:
    """Ids of all active indicators by name."""
    return {row.indicator.name: row.id for row in store.indicators()}


def values(store: Store) -> dict[str, str]:
    return {row.indicator.name: row.indicator.value.raw for row in store.indicators()}


def correct(store: Store, record: str, **texts: str) -> tuple[int, ...]:
    return store.correct(store.place_of(record), texts, "2024-01-01")


def only(store: Store) -> StoredCorrection:
    (found,) = store.corrections()
    return found


def test_a_corrected_value_is_read_again_and_marked(store: Store) -> None:
    store.put(READ)
    before = store.revision()
    own = ids(store)["编发数"]
    correct(store, own, value="≥480期")
    row = next(row for row in store.indicators() if row.id == own)
    assert (row.indicator.value.raw, row.indicator.value.number) == ("≥480期", 480)
    assert (row.indicator.value.operator, row.indicator.value.measure) == (Operator.AT_LEAST, "期")
    (stored,) = store.projects()
    assert stored.corrected == {own}
    assert [(one.field, one.old, one.new) for one in stored.corrections] == [
        ("value", "240期", "≥480期")
    ]
    found = only(store)
    assert (found.record, found.old, found.new, found.in_effect) == (own, "240期", "≥480期", True)
    assert (found.document, found.row, found.paths) == ("a.txt", 12, (PATH,))
    assert store.revision() != before
    assert store.verify() == []


def test_every_field_can_be_put_right(store: Store) -> None:
    store.put(READ)
    own = ids(store)["编发数"]
    texts = {
        "name": "新闻编发数量", "description": "全年编发", "level2": "社会效益", "value": "≤3天",
        "basis": "规划", "weight": "7.5", "actual": "300期", "area": "枫桥镇",
    }  # fmt: skip
    correct(store, own, **texts)
    (stored,) = store.projects()
    row = stored.project.indicators[1]
    assert (row.name, row.description, row.basis, row.weight) == (
        "新闻编发数量", "全年编发", "规划", 7.5,
    )  # fmt: skip
    assert (row.level1, row.level2, row.actual, row.area) == (
        Level1.BENEFIT, Level2.SOCIAL, "300期", "枫桥镇",
    )  # fmt: skip
    assert row.value.number == 3
    head = {
        "unit": "某县新闻中心", "unit_code": "425002", "name": "新闻运维", "code": "1308",
        "year": "2024", "budget_wan": "80.5万元", "purpose": "采编", "province": "河北省",
        "city": "唐山市", "county": "乐亭县", "department": "宣传",
    }  # fmt: skip
    numbers = correct(store, stored.id, **head)
    (after,) = store.projects()
    assert after.id != stored.id  # the key of a project is made of unit, year and code
    said = {name: getattr(after.project, name) for name in head}
    assert said == head | {"year": 2024, "budget_wan": 80.5}
    assert after.project.indicators == stored.project.indicators
    assert after.corrected == {after.id, own.replace(stored.id, after.id)}
    store.withdraw(numbers)
    assert [one.project for one in store.projects()] == [stored.project]


def test_the_text_shown_has_the_sign_and_unit_of_other_columns(store: Store) -> None:
    row = replace(rows("粉丝量=40000")[0], value=parse_value("40000", sign="≥", measure="人"))
    store.put(document(project(indicators=(row,))))
    correct(store, ids(store)["粉丝量"], value="≥50000人")
    assert only(store).old == "≥40000人"
    store.put(document(project(indicators=(row,)), data="two"))
    assert only(store).in_effect


def test_what_is_inferred_follows_a_corrected_unit(store: Store) -> None:
    wrong = project(*TABLE, inferred=Inferred(province="湖南省", county="攸县"))
    store.put(document(wrong, project(*TABLE, code="99"), path="/docs/教育/a.txt"))
    first, other = store.projects()
    numbers = correct(store, first.id, unit="乐亭县教育局")
    after = next(one for one in store.projects() if one.project.unit == "乐亭县教育局")
    assert after.project.inferred == Inferred("河北省", "唐山市", "乐亭县", "教育")
    assert other in store.projects()
    store.withdraw(numbers)
    assert next(iter(store.projects())).project == wrong


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"colour": "red"}, "colour"),
        ({"unit": "x"}, "unit"),
        ({"name": " "}, "--delete"),
        ({"level1": "杂项"}, "level1"),
        ({"level2": "杂项"}, "level2"),
        ({"weight": "many"}, "weight"),
        ({"value": "≥1", "area": "x" * 20_001}, "20000"),
    ],
)
def test_what_a_field_cannot_hold_is_said_and_nothing_done(
    store: Store, texts: dict[str, str], said: str
) -> None:
    store.put(READ)
    revision = store.revision()
    with pytest.raises(UsageError, match=said):
        correct(store, ids(store)["编发数"], **texts)
    assert store.corrections() == ()
    assert store.revision() == revision


@pytest.mark.parametrize("record", ["", "x", "0" * 12, "0" * 12 + "-i001", "-i001"])
def test_unknown_records_are_said(store: Store, record: str) -> None:
    store.put(READ)
    with pytest.raises(UsageError, match="search"):
        store.place_of(record)
    with pytest.raises(UsageError):
        store.place_of(f"{next(iter(store.projects())).id}-i009")


def test_heads_hold_what_they_can(store: Store) -> None:
    store.put(READ)
    (stored,) = store.projects()
    for texts in ({"year": "23"}, {"budget_wan": "很多"}, {"value": "1"}):
        with pytest.raises(UsageError):
            correct(store, stored.id, **texts)
    correct(store, stored.id, year="")
    assert next(iter(store.projects())).project.year is None


def test_personal_data_do_not_come_in_by_a_correction(store: Store) -> None:
    store.put(READ)
    correct(store, ids(store)["编发数"], basis="联系人：李明 13812345678")
    assert only(store).new == "联系人：〔姓名〕 〔电话〕"


def test_a_row_that_is_none_is_taken_out_and_the_others_keep_their_ids(store: Store) -> None:
    store.put(READ)
    before = ids(store)
    correct(store, before["编发数"], row="")
    assert ids(store) == {name: own for name, own in before.items() if name != "编发数"}
    (stored,) = store.projects()
    assert stored.indicator_ids == tuple(ids(store).values())
    assert len(stored.project.indicators) == 3
    assert only(store).record == before["编发数"]
    correct(store, before["满意度"], row="")
    store.put(READ)
    assert list(ids(store)) == ["粉丝量", "及时率"]
    store.withdraw([store.corrections()[0].id])
    assert list(ids(store)) == ["粉丝量", "编发数", "及时率"]
    correct(store, before["满意度"], value="≥99%")  # out of sight, but not out of reach
    store.withdraw([one.id for one in store.corrections() if one.field == "row"])
    assert values(store)["满意度"] == "≥99%"


def test_a_project_that_is_none_is_taken_out(store: Store) -> None:
    store.put(document(project(*TABLE), project(*TABLE[:2], name="别的", code="99")))
    first, second = store.projects()
    correct(store, first.id, row="")
    assert [one.id for one in store.projects()] == [second.id]
    store.put(document(project(*TABLE), project(*TABLE[:2], name="别的", code="99")))
    assert [one.id for one in store.projects()] == [second.id]
    found = only(store)
    assert (found.in_effect, found.record) == (True, "")
    store.withdraw([found.id])
    assert list(store.projects()) == [first, second]


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


# Taking back


def test_taking_back_gives_what_was_read(store: Store) -> None:
    store.put(READ)
    expected, revision = list(store.projects()), store.revision()
    numbers = correct(store, ids(store)["编发数"], value="480期", name="甲")
    correct(store, expected[0].id, unit="乙", year="2020")
    store.withdraw(numbers)
    assert store.revision() != revision
    store.withdraw([one.id for one in store.corrections()])
    assert (list(store.projects()), store.revision()) == (expected, revision)
    assert store.corrections() == ()
    assert store.verify() == []


def test_the_text_that_was_read_takes_a_correction_back(store: Store) -> None:
    store.put(READ)
    expected, revision = list(store.projects()), store.revision()
    own = ids(store)["编发数"]
    assert len(correct(store, own, value="480期", basis="规划")) == 2
    assert correct(store, own, value="240期", basis="") == ()
    assert (list(store.projects()), store.revision()) == (expected, revision)
    assert store.corrections() == ()


def test_a_second_correction_of_a_field_takes_the_place_of_the_first(store: Store) -> None:
    store.put(READ)
    own = ids(store)["编发数"]
    assert correct(store, own, value="480期") == correct(store, own, value="500期")
    assert (only(store).old, only(store).new) == ("240期", "500期")
    assert values(store)["编发数"] == "500期"


def test_an_unreadable_value_can_be_confirmed(store: Store) -> None:
    damaged = replace(rows("完成率=290%")[0], value=parse_value("290%", scanned=True))
    store.put(document(project(indicators=(damaged,))))
    (row,) = store.indicators()
    assert row.indicator.value.unreadable
    correct(store, row.id, value="290%")
    (row,) = store.indicators()
    assert (row.indicator.value.number, row.indicator.value.unreadable) == (290, False)


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
        store.withdraw([one.id for one in store.corrections()])
        assert [one.project for one in store.projects()] == list(last.parsed.projects)
        with Store.open(tmp_path / "walked") as reader:
            assert all(row.indicator.value.kind is ValueKind.NUMERIC for row in reader.indicators())
