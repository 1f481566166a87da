"""What a person puts right: fields, rows and projects, and taking it back."""

from dataclasses import replace

import pytest

from corpus.records import (
    Inferred,
    Level1,
    Level2,
    Operator,
)
from corpus.store.store import Store
from corpus.values import parse_value
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
